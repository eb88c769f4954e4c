/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * The invalidation queue descriptors that answer page requests, 32 bytes each (drivers/iommu/intel/iommu.h).
 *
 * <p>Page group response, type 9:
 *
 * <pre>
 *  63      52 51          32 31           16 15  12 11       5  4  3  0
 *  +---------+--------------+---------------+------+-----------+--+----+
 *  |    0    |    PASID     | requester ID  | code |     0     |PP| 9  | qw0
 *  +---------+--------------+---------------+------+-----------+--+----+
 *  63                                              12 11      3 2      0
 *  +-------------------------------------------------+---------+-------+
 *  |                        0                        |  PRGI   |   0   | qw1
 *  +-------------------------------------------------+---------+-------+
 * </pre>
 *
 * <p>Wait, type 5:
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
 * <p>The type's upper three bits are qw0 11:9. qw2 and qw3 are 0. Static functions over the words; any thread.
 */
public final class InvalidationDescriptor {

    /** Type: context cache invalidation, the lowest type there is. */
    public static final int CONTEXT_CACHE = 1;
    /** Type: wait. */
    public static final int WAIT = 5;
    /** Type: PASID-based device TLB invalidation. */
    public static final int PASID_DEVICE_TLB = 8;
    /** Type: page group response, the highest type the model knows. */
    public static final int PAGE_GROUP_RESPONSE = 9;

    /** Page group response: the answer carries the PASID. */
    public static final long PASID_PRESENT = 1 << 4;
    /** Wait: write the status data to the status address. */
    public static final long STATUS_WRITE = 1 << 5;

    private static final int CODE_SHIFT = 12;
    private static final int REQUESTER_ID_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final int PASID_MASK = 0xF_FFFF;
    private static final int GROUP_INDEX_SHIFT = 3;
    private static final int STATUS_DATA_SHIFT = 32;

    private InvalidationDescriptor() {}

    /**
     * Type of any descriptor.
     *
     * @param qw0 first word
     * @return 7 bits
     */
    public static int type(final long qw0) {
        return (int) qw0 & 0xF | (int) (qw0 >>> 9 & 7) << 4;
    }

    /**
     * First word of a page group response.
     *
     * @param requesterId of the function
     * @param hasPasid    whether the answer carries the PASID
     * @param pasid       20 bits, 0 where there is none
     * @param code        4 bits; Linux passes its own numbers through, so its FAILURE is 2
     * @return qw0
     */
    public static long responseQw0(final int requesterId, final boolean hasPasid, final int pasid, final int code) {
        return PAGE_GROUP_RESPONSE | (hasPasid ? PASID_PRESENT : 0) | (long) (code & 0xF) << CODE_SHIFT
                | (long) (requesterId & 0xFFFF) << REQUESTER_ID_SHIFT | (long) (pasid & PASID_MASK) << PASID_SHIFT;
    }

    /**
     * Second word of a page group response.
     *
     * @param groupIndex 0..511
     * @return qw1
     */
    public static long responseQw1(final int groupIndex) {
        return (long) groupIndex << GROUP_INDEX_SHIFT;
    }

    /**
     * Requester ID of a page group response.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int requesterId(final long qw0) {
        return (int) (qw0 >>> REQUESTER_ID_SHIFT) & 0xFFFF;
    }

    /**
     * Code of a page group response.
     *
     * @param qw0 first word
     * @return 4 bits
     */
    public static int code(final long qw0) {
        return (int) (qw0 >>> CODE_SHIFT) & 0xF;
    }

    /**
     * PASID of a page group response.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & PASID_MASK;
    }

    /**
     * Group of a page group response.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) (qw1 >>> GROUP_INDEX_SHIFT) & 0x1FF;
    }

    /**
     * First word of a wait that writes its status.
     *
     * @param statusData to write
     * @return qw0
     */
    public static long waitQw0(final int statusData) {
        return WAIT | STATUS_WRITE | (long) statusData << STATUS_DATA_SHIFT;
    }

    /**
     * Status data of a wait.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int statusData(final long qw0) {
        return (int) (qw0 >>> STATUS_DATA_SHIFT);
    }

    /**
     * Status address of a wait.
     *
     * @param qw1 second word
     * @return physical address, a multiple of 4
     */
    public static long statusAddress(final long qw1) {
        return qw1 & -4L;
    }
}
