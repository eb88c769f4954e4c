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

    /**
     * Table in which the sink's open groups stand. One of its own keeps the handler of one fault object from naming the
     * groups of another, where the handler sees handles.
     *
     * @param shared by all sinks that have none of their own
     * @return the same at every call
     */
    default GroupTable groups(final GroupTable shared) {
        return shared;
    }

    /**
     * Whether one more group of a device may come in, if there is room.
     *
     * @param device number of the device
     * @param length faults in the group
     * @return true, unless the device has its share
     */
    default boolean admits(final int device, final int length) {
        return true;
    }

    /**
     * What becomes of a group that found no room, or was not admitted. Linux has no limit; without memory it answers
     * Failure.
     *
     * @param device number of the device
     * @param length faults in the group
     * @return the rule
     */
    default Overload overload(final int device, final int length) {
        return Overload.ANSWER_FAILURE;
    }

    /** A group has been committed to the ring. */
    void groupArrived();

    /**
     * A group has been committed to the ring; for sinks that keep books of their groups.
     *
     * @param handle     of the group
     * @param attachment that it came through
     */
    default void groupArrived(final int handle, final int attachment) {
        groupArrived();
    }

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
