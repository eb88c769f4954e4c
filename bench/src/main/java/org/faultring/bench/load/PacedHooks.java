/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;

/** Gives each device of a path a schedule of its own at one pace. */
public final class PacedHooks extends ForwardingHooks {

    private static final long SEED_STRIDE = 0x9E37_79B9_7F4A_7C15L;

    private final PathHooks behind;
    private final Pace pace;
    private final Workload workload;
    private final long seed;

    /**
     * In front of other hooks, which may change a schedule once more.
     *
     * @param pace     of each device
     * @param workload that each raises
     * @param seed     of what is drawn
     * @param behind   nearer to the parts
     */
    public PacedHooks(final Pace pace, final Workload workload, final long seed, final PathHooks behind) {
        super(behind);
        this.behind = behind;
        this.pace = pace;
        this.workload = workload;
        this.seed = seed;
    }

    @Override
    public RaiseSchedule schedule(final int device, final RaiseSchedule ofAll) {
        return behind.schedule(device, pace.schedule(workload, seedOf(seed, device)));
    }

    /**
     * What a device draws with.
     *
     * @param seed   of all that is drawn
     * @param device number of the device
     * @return a seed of its own
     */
    public static long seedOf(final long seed, final int device) {
        return seed * SEED_STRIDE + device;
    }
}
