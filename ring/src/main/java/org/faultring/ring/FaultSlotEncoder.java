/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * Writes the fields of a slot, without an object in between: what a producer uses between claim and commit.
 *
 * <p>A flyweight would keep the slot's offset in a field. That is a store to another cache line for every fault, and
 * stores leave a core in order: while the slot's line is on its way from the consumer's core, that store waits behind
 * it and holds up the request for the next slot's line. See docs/rings.md for what it costs.
 *
 * <p>Static functions; accesses are plain, the ring orders them. Any thread, each on slots of its own claims.
 */
public final class FaultSlotEncoder {

    private FaultSlotEncoder() {}

    /**
     * Write the 40 bytes of a fault, as {@link PageFaultFlyweight} draws them; reserved word and length become 0.
     *
     * @param buffer      that holds the record
     * @param offset      byte index of its first byte
     * @param flags       see {@link PageFaultFlyweight#flags()}
     * @param deviceId    see {@link PageFaultFlyweight#deviceId()}
     * @param pasid       see {@link PageFaultFlyweight#pasid()}
     * @param groupIndex  see {@link PageFaultFlyweight#groupIndex()}
     * @param permissions see {@link PageFaultFlyweight#permissions()}
     * @param address     see {@link PageFaultFlyweight#address()}
     * @param cookie      see {@link PageFaultFlyweight#cookie()}
     */
    public static void fault(final ByteBuffer buffer, final int offset, final int flags, final int deviceId,
            final int pasid, final int groupIndex, final int permissions, final long address, final int cookie) {
        // Two fields at a time: a record is five words.
        LittleEndian.putLong(buffer, offset + PageFaultFlyweight.FLAGS_OFFSET, pair(flags, deviceId));
        LittleEndian.putLong(buffer, offset + PageFaultFlyweight.PASID_OFFSET, pair(pasid, groupIndex));
        LittleEndian.putLong(buffer, offset + PageFaultFlyweight.PERM_OFFSET, pair(permissions, 0));
        LittleEndian.putLong(buffer, offset + PageFaultFlyweight.ADDR_OFFSET, address);
        LittleEndian.putLong(buffer, offset + PageFaultFlyweight.LENGTH_OFFSET, pair(0, cookie));
    }

    /**
     * Write what travels with the fault.
     *
     * @param buffer      that holds the slot
     * @param offset      byte index of its first byte
     * @param raiseNanos  see {@link FaultSlotFlyweight#raiseNanos()}
     * @param attachment  see {@link FaultSlotFlyweight#attachment()}
     * @param groupLength see {@link FaultSlotFlyweight#groupLength()}
     */
    public static void route(final ByteBuffer buffer, final int offset, final long raiseNanos, final int attachment,
            final int groupLength) {
        LittleEndian.putLong(buffer, offset + FaultRingDescriptor.RAISE_NANOS_OFFSET, raiseNanos);
        // Attachment, group length and the two zero bytes are one word.
        LittleEndian.putLong(buffer, offset + FaultRingDescriptor.ATTACHMENT_OFFSET, pair(attachment, groupLength));
    }

    private static long pair(final int low, final int high) {
        return low & 0xFFFFFFFFL | (long) high << Integer.SIZE;
    }
}
