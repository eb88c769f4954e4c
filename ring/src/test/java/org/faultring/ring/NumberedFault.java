/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Faults whose every field follows from a number, so that a consumer knows what it has to see. */
final class NumberedFault {

    private NumberedFault() {}

    /** Scatters a number over 64 bits (SplitMix64). */
    static long mix(final long number) {
        long z = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    private static int flags(final long mixed, final boolean last) {
        return (int) mixed & ~PageFaultFlyweight.LAST_PAGE | (last ? PageFaultFlyweight.LAST_PAGE : 0);
    }

    static void write(final FaultSlotFlyweight slot, final long number, final boolean last, final int groupLength) {
        final long a = mix(number);
        final long b = mix(~number);
        slot.set(flags(a, last), (int) (a >>> 32), (int) b, (int) (b >>> 32), (int) (a ^ b), a + b, (int) number);
        slot.route(a - b, (int) (a + b), groupLength);
    }

    /** Fails unless all that travels in the slot is what {@link #write} wrote for the number. */
    static void check(final FaultSlotFlyweight slot, final long number, final boolean last, final int groupLength) {
        final long a = mix(number);
        final long b = mix(~number);
        assertEquals((int) number, slot.cookie(), "cookie");
        assertEquals(flags(a, last), slot.flags(), "flags");
        assertEquals((int) (a >>> 32), slot.deviceId(), "device ID");
        assertEquals((int) b, slot.pasid(), "PASID");
        assertEquals((int) (b >>> 32), slot.groupIndex(), "group index");
        assertEquals((int) (a ^ b), slot.permissions(), "permissions");
        assertEquals(a + b, slot.address(), "address");
        assertEquals(0, slot.length(), "length");
        assertEquals(a - b, slot.raiseNanos(), "raise time");
        assertEquals((int) (a + b), slot.attachment(), "attachment");
        assertEquals(groupLength, slot.groupLength(), "group length");
    }

    /** Claims, writes and commits a group of faults numbered from {@code first}; fails if it does not fit. */
    static long commitGroup(final FaultRing ring, final FaultSlotFlyweight slot, final long first, final int length) {
        final long position = claim(ring, length);
        writeGroup(ring, slot, position, first, length);
        ring.commit(position, length);
        return position;
    }

    static long claim(final FaultRing ring, final int length) {
        final long expected = ring.producerPosition();
        final long position = ring.tryClaim(length);
        assertEquals(expected, position, "position of the claim");
        assertEquals(expected + length, ring.producerPosition(), "producer's position");
        return position;
    }

    static void writeGroup(final FaultRing ring, final FaultSlotFlyweight slot, final long position,
            final long first, final int length) {
        for (int i = 0; i < length; i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(position + i));
            write(slot, first + i, i == length - 1, i == 0 ? length : 0);
        }
    }
}
