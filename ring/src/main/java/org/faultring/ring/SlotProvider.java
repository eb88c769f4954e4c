/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

import com.lmax.disruptor.DataProvider;

/** One reader's way to the slots of a {@link DisruptorFaultRing}: a flyweight of its own, wrapped for each slot. */
final class SlotProvider implements DataProvider<FaultSlotFlyweight> {

    private final DisruptorFaultRing ring;
    private final ByteBuffer buffer;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    SlotProvider(final DisruptorFaultRing ring) {
        this.ring = ring;
        this.buffer = ring.buffer();
    }

    @Override
    public FaultSlotFlyweight get(final long sequence) {
        slot.wrap(buffer, ring.slotOffset(sequence));
        return slot;
    }
}
