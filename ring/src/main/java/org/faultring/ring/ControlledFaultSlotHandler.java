/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Called by a {@link FaultRing} with each fault; its result steers the poll. */
@FunctionalInterface
public interface ControlledFaultSlotHandler {

    /** What a controlled poll does next. */
    enum Action {
        /** Take this fault and go on. */
        CONTINUE,
        /** Take this fault, give the slots taken so far back to the producer at once, and go on. */
        COMMIT,
        /** Take this fault and end the poll. */
        BREAK,
        /** Leave this fault where it is and end the poll: the next poll begins with it. */
        ABORT
    }

    /**
     * One fault.
     *
     * @param slot view of the fault, valid until the method returns
     * @return what to do next
     */
    Action onSlot(FaultSlotFlyweight slot);
}
