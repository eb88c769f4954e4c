/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.Checks;
import org.faultring.ring.kernel.ForwardingReportPort;
import org.faultring.ring.kernel.ReportPort;

/**
 * A fault layer that takes only some requests at a time, so that a pass over a hardware queue takes time while others
 * go on: a driver's thread drains on one processor, readers answer on others, and devices ask again before the pass has
 * given its slots back ({@code prq_event_thread}, drivers/iommu/intel/prq.c, writes the head once, at its end). Without
 * this a pass is one duty cycle, in which nobody else acts.
 */
public final class PacedReports extends ForwardingReportPort {

    private final int atOnce;
    private final NanoClock clock;
    private int taken;
    private long reported;
    private long takenNanos;

    /**
     * In front of a fault layer.
     *
     * @param reporter takes requests
     * @param atOnce   requests that are taken at one moment, from 1
     * @param clock    of the path; a driver that comes again comes later
     */
    public PacedReports(final ReportPort reporter, final int atOnce, final NanoClock clock) {
        super(reporter);
        this.atOnce = Checks.range("atOnce", atOnce, 1, Integer.MAX_VALUE);
        this.clock = clock;
    }

    @Override
    public int report(final int device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        if (takenNanos != clock.nanoTime()) {
            takenNanos = clock.nanoTime();
            taken = 0;
        }
        taken++;
        reported++;
        return super.report(device, flags, pasid, groupIndex, permissions, address);
    }

    /**
     * Requests that the driver has reported.
     *
     * @return the count
     */
    public long reported() {
        return reported;
    }

    @Override
    public boolean isHoldingBack() {
        return taken >= atOnce && takenNanos == clock.nanoTime() || super.isHoldingBack();
    }
}
