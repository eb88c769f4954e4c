/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultRing;

/** The kernel's side of a fault object: where a domain's faults go. Called by the kernel world alone. */
public interface FaultSink {

    /**
     * Ring that carries the groups to user space.
     *
     * @return the same ring at every call; its producer is the caller
     */
    FaultRing ring();

    /** A group has been committed to the ring. */
    void groupArrived();

    /**
     * Whether groups are the sink's own once they are in its ring ({@code iopf_group_dequeue}), as those of a fault
     * object are. Groups of a sink that leaves them with the core are answered Invalid when their device is removed.
     *
     * @return the same at every call
     */
    default boolean takesOver() {
        return true;
    }

    /** The kernel world ends its duty cycle. */
    void cycleEnded();
}
