/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Wait, type 5 of the invalidation queue: says that everything before it is done (drivers/iommu/intel/iommu.h).
 *
 * <pre>
 *  63                      32 31                    8  7  6  5  4  3  0
 *  +-------------------------+-----------------------+--+--+--+--+----+
 *  |      status data        |           0           |PD|FN|SW|IF| 5  | qw0
 *  +-------------------------+-----------------------+--+--+--+--+----+
 *  63                                                          2 1   0
 *  +------------------------------------------------------------+-----+
 *  |                      status address                        |  0  | qw1
 *  +------------------------------------------------------------+-----+
 * </pre>
 *
 * <p>IF: set ICS.IWC and interrupt; SW: write the status data to the status address; FN: what follows starts only once
 * this is done; PD: wait for page requests under way too. Static functions over the words; any thread.
 */
public final class WaitDescriptor {

    /** Set ICS.IWC and interrupt ({@code QI_IWD_INTR}). */
    public static final long INTERRUPT = 1 << 4;
    /** Write the status data to the status address ({@code QI_IWD_STATUS_WRITE}). */
    public static final long STATUS_WRITE = 1 << 5;
    /** Nothing behind it starts before it is done ({@code QI_IWD_FENCE}). */
    public static final long FENCE = 1 << 6;
    /** Wait for the page requests under way as well ({@code QI_IWD_PRQ_DRAIN}). */
    public static final long PAGE_REQUEST_DRAIN = 1 << 7;

    /** Bits of the first word that tell a good descriptor, by {@link #isGood}: type, and what is reserved. */
    private static final long CHECKED_QW0 = 0xFFFF_FF0FL;
    private static final long RESERVED_QW1 = 3;

    private static final int STATUS_DATA_SHIFT = 32;

    private WaitDescriptor() {}

    /**
     * First word.
     *
     * @param flags      {@link #INTERRUPT}, {@link #STATUS_WRITE}, {@link #FENCE}, {@link #PAGE_REQUEST_DRAIN}
     * @param statusData to write
     * @return qw0
     */
    public static long qw0(final long flags, final int statusData) {
        return InvalidationDescriptor.WAIT | flags | (long) statusData << STATUS_DATA_SHIFT;
    }

    /**
     * Whether words are a wait without a reserved bit.
     *
     * @param qw0 first word
     * @param qw1 second word
     * @return true if so
     */
    static boolean isGood(final long qw0, final long qw1) {
        return (qw0 & CHECKED_QW0 ^ InvalidationDescriptor.WAIT | qw1 & RESERVED_QW1) == 0;
    }

    /**
     * Status data.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int statusData(final long qw0) {
        return (int) (qw0 >>> STATUS_DATA_SHIFT);
    }

    /**
     * Status address.
     *
     * @param qw1 second word
     * @return physical address, a multiple of 4
     */
    public static long statusAddress(final long qw1) {
        return qw1 & -4L;
    }
}
