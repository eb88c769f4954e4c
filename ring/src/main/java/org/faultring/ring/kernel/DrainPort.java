/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * The driver's way of emptying its queues of one PASID's requests before the attachment goes away. That nothing is
 * reported for an attachment after it is gone rests on this alone. Called by the kernel world.
 */
public interface DrainPort {

    /** A driver whose hardware queues nothing. */
    DrainPort NOTHING_QUEUED = new DrainPort() {

        @Override
        public boolean beginDrain(final int device, final int pasid) {
            return true;
        }

        @Override
        public boolean isDraining() {
            return false;
        }
    };

    /**
     * Begin: all requests that the hardware has queued for the PASID are to be reported.
     *
     * @param device number of the device in the {@link FaultReporter}
     * @param pasid  or {@link AttachTable#NO_PASID}
     * @return false if another drain is under way: ask again in a later duty cycle
     */
    boolean beginDrain(int device, int pasid);

    /**
     * Whether the drain that was begun goes on.
     *
     * @return false once all has been reported
     */
    boolean isDraining();
}
