/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Page group response, type 9 of the invalidation queue: the answer to a group of page requests
 * (drivers/iommu/intel/iommu.h).
 *
 * <pre>
 *  63      52 51          32 31           16 15  12 11      6 5  4  3  0
 *  +---------+--------------+---------------+------+---------+--+--+----+
 *  |    0    |    PASID     | requester ID  | code |    0    |PD|PP| 9  | qw0
 *  +---------+--------------+---------------+------+---------+--+--+----+
 *  63                                              12 11      3 2      0
 *  +-------------------------------------------------+---------+-------+
 *  |                        0                        |  PRGI   |   0   | qw1
 *  +-------------------------------------------------+---------+-------+
 *  |                           private data                            | qw2
 *  +-------------------------------------------------------------------+
 *  |                           private data                            | qw3
 *  +-------------------------------------------------------------------+
 * </pre>
 *
 * <p>PP: the answer carries the PASID; PD: the private data of the request comes back, in older versions of the
 * specification, reserved since. Static functions over the words; any thread.
 */
public final class PageGroupResponseDescriptor {

    /** The answer carries the PASID. */
    public static final long PASID_PRESENT = 1 << 4;
    /** Private data present, in older versions of the specification. */
    public static final long PRIVATE_DATA = 1 << 5;

    /** Bits of the first word that tell a good descriptor, by {@link #isGood}: type, and what is reserved. */
    private static final long CHECKED_QW0 = 0xFFF0_0000_0000_0FEFL;
    private static final long RESERVED_QW1 = ~0xFF8L;

    private static final int CODE_SHIFT = 12;
    private static final int REQUESTER_ID_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final int PASID_MASK = 0xF_FFFF;
    private static final int GROUP_INDEX_SHIFT = 3;

    private PageGroupResponseDescriptor() {}

    /**
     * First word.
     *
     * @param requesterId of the function
     * @param hasPasid    whether the answer carries the PASID
     * @param pasid       20 bits, 0 where there is none
     * @param code        4 bits; Linux passes its own numbers through, so its FAILURE is 2
     * @return qw0
     */
    public static long qw0(final int requesterId, final boolean hasPasid, final int pasid, final int code) {
        return InvalidationDescriptor.PAGE_GROUP_RESPONSE | (hasPasid ? PASID_PRESENT : 0)
                | (long) (code & 0xF) << CODE_SHIFT | (long) (requesterId & 0xFFFF) << REQUESTER_ID_SHIFT
                | (long) (pasid & PASID_MASK) << PASID_SHIFT;
    }

    /**
     * Second word.
     *
     * @param groupIndex 0..511
     * @return qw1
     */
    public static long qw1(final int groupIndex) {
        return (long) groupIndex << GROUP_INDEX_SHIFT;
    }

    /**
     * Whether words are a page group response without a reserved bit.
     *
     * @param qw0 first word
     * @param qw1 second word
     * @return true if so
     */
    static boolean isGood(final long qw0, final long qw1) {
        return (qw0 & CHECKED_QW0 ^ InvalidationDescriptor.PAGE_GROUP_RESPONSE | qw1 & RESERVED_QW1) == 0;
    }

    /**
     * Requester ID.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int requesterId(final long qw0) {
        return (int) (qw0 >>> REQUESTER_ID_SHIFT) & 0xFFFF;
    }

    /**
     * Response code.
     *
     * @param qw0 first word
     * @return 4 bits
     */
    public static int code(final long qw0) {
        return (int) (qw0 >>> CODE_SHIFT) & 0xF;
    }

    /**
     * PASID.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & PASID_MASK;
    }

    /**
     * Group that is answered.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) (qw1 >>> GROUP_INDEX_SHIFT) & 0x1FF;
    }
}
