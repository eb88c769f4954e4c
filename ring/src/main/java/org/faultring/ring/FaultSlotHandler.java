/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/** Called by a {@link FaultRing} with each fault it hands over. */
@FunctionalInterface
public interface FaultSlotHandler {

    /**
     * One fault.
     *
     * @param slot view of the fault, valid until the method returns
     */
    void onSlot(FaultSlotFlyweight slot);
}
