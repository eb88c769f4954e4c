/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.PageResponsePort;

/**
 * Lets answers to the kernel only when the time of their handler is over, whatever the way on which they got there.
 * Counts what a reader handles in a duty cycle; the answers to these groups are behind those of earlier ones, and wait
 * until the reader says that it is done. While the reader holds nothing back, everything passes.
 *
 * <p>Answers of one fault object are in the order in which its one reader gave them, so counting them is enough.
 */
public final class AnswerGate {

    private int faults;
    /** Groups handled whose time is not over. */
    private int held;
    /** Groups whose time is over, and those answered. */
    private long released;
    private long responded;

    /** Nothing is held back. */
    public AnswerGate() {}

    /**
     * Watches a handler.
     *
     * @param handler of the fault object
     * @return what its reader calls
     */
    public PageFaultHandler watch(final PageFaultHandler handler) {
        return fault -> {
            faults++;
            held += fault.isLast() ? 1 : 0;
            return handler.onPageFault(fault);
        };
    }

    /**
     * Stands before the driver.
     *
     * @param driver answers devices
     * @return what the kernel side of the fault object answers through
     */
    public PageResponsePort before(final PageResponsePort driver) {
        return new ForwardingPageResponsePort(driver) {
            @Override
            public int room() {
                final int room = super.room();
                return held == 0 ? room : (int) Math.min(room, Math.max(0, released - responded));
            }

            @Override
            public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                    final int code) {
                responded++;
                super.respond(device, flags, pasid, groupIndex, code);
            }
        };
    }

    /** Faults handled since the last call. */
    int takeFaults() {
        final int taken = faults;
        faults = 0;
        return taken;
    }

    boolean isHolding() {
        return held > 0;
    }

    /** The time of all that was handled is over. */
    void release() {
        // What the kernel answered itself went through here too.
        released = Math.max(released, responded) + held;
        held = 0;
    }
}
