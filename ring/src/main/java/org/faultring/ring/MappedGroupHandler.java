/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Called with each group of faults that a {@link MappedHandler} finds. */
@FunctionalInterface
public interface MappedGroupHandler {

    /**
     * Look at a group. The other process can write to the slots at any time: copy a value first, then check the copy.
     *
     * @param first    the group's first slot, valid during the call
     * @param position of the group, to be given to {@link MappedHandler#answer}
     * @param slots    of the group, 1..capacity, all of them there until the group is answered
     */
    void onGroup(FaultSlotFlyweight first, long position, int slots);
}
