/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.faultring.ring.PageFaultFlyweight;

/**
 * The fault of a given number, as fields and as the five words of its 40 bytes. Each word is linear in the number, so
 * that the sum over any stretch of numbers is known without adding it up.
 */
public final class FaultWords {

    /** Fields that are the same in every fault. */
    static final int FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;
    static final int DEVICE_ID = 7;
    static final int PASID = 21;
    static final int PERMISSIONS = PageFaultFlyweight.READ | PageFaultFlyweight.WRITE;
    static final int ATTACHMENT = 3;

    static final long WORD_0 = FLAGS | (long) DEVICE_ID << Integer.SIZE;
    static final long WORD_2 = PERMISSIONS;

    private static final int PAGE_BITS = 12;

    private FaultWords() {}

    /** PASID and group index. */
    static long word1(final long number) {
        return PASID | number << Integer.SIZE;
    }

    /** The address. */
    static long address(final long number) {
        return number << PAGE_BITS;
    }

    /** Length, which is 0, and cookie. */
    static long word4(final long number) {
        return number << Integer.SIZE;
    }

    /** The number of the fault with an address. */
    static long number(final long address) {
        return address >>> PAGE_BITS;
    }

    /**
     * Sum of all words of some faults, modulo 2^64.
     *
     * @param first number of the first fault
     * @param count of faults, numbered on from there
     * @return the sum
     */
    public static long sum(final long first, final long count) {
        final long numbers = count * first + count * (count - 1) / 2;
        final long constant = WORD_0 + PASID + WORD_2;
        return count * constant + 2 * (numbers << Integer.SIZE) + (numbers << PAGE_BITS);
    }
}
