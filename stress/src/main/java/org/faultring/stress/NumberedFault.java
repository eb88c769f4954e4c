/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import org.faultring.ring.FaultSlotFlyweight;

/** Faults whose every field follows from a number, so that a reader notices a field that is not the writer's. */
final class NumberedFault {

    private NumberedFault() {}

    /** Scatters a number over 64 bits (SplitMix64). */
    private static long mix(final long number) {
        long z = number * 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    static void write(final FaultSlotFlyweight slot, final long number, final int groupLength) {
        final long a = mix(number);
        final long b = mix(a + groupLength);
        slot.set((int) a, (int) (a >>> 32), (int) b, (int) (b >>> 32), (int) (a ^ b), number, (int) (a + b));
        slot.route(a - b, (int) (a - 3 * b), groupLength);
    }

    /**
     * Look at all that travels in a slot.
     *
     * @return its number, or -1 if some field is not what {@link #write} wrote with it
     */
    static long read(final FaultSlotFlyweight slot) {
        final long number = slot.address();
        final long a = mix(number);
        final long b = mix(a + slot.groupLength());
        final boolean whole = slot.flags() == (int) a && slot.deviceId() == (int) (a >>> 32) && slot.pasid() == (int) b
                && slot.groupIndex() == (int) (b >>> 32) && slot.permissions() == (int) (a ^ b) && slot.length() == 0
                && slot.cookie() == (int) (a + b) && slot.raiseNanos() == a - b
                && slot.attachment() == (int) (a - 3 * b);
        return whole ? number : -1;
    }
}
