/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Invalidation of translations in a device (ATS): without a PASID (type 3), of a PASID (type 8)
 * (drivers/iommu/intel/iommu.h).
 *
 * <pre>
 *  63          52 51   48 47       32 31     21 20     16 15         12 11        4 3  0
 *  +-------------+-------+-----------+---------+---------+-------------+-----------+----+
 *  | PFSID 15:4  |   0   |    SID    |    0    |  QDEP   | PFSID 3:0   |     0     | 3  | device
 *  +-------------+-------+-----------+---------+---------+-------------+-----------+----+
 *  63                                                   12 11                    1   0
 *  +------------------------------------------------------+-----------------------+---+
 *  |                      address                         |           0           | S | range
 *  +------------------------------------------------------+-----------------------+---+
 * </pre>
 *
 * <pre>
 *  63          52 51          32 31          16 15         12 11       9 8       4 3  0
 *  +-------------+--------------+--------------+-------------+----------+---------+----+
 *  | PFSID 15:4  |    PASID     |     SID      | PFSID 3:0   |    0     |  QDEP   | 8  | pasid
 *  +-------------+--------------+--------------+-------------+----------+---------+----+
 *  63                                                   12  11 10                1   0
 *  +------------------------------------------------------+---+-------------------+---+
 *  |                      address                         | S |         0         | G | range
 *  +------------------------------------------------------+---+-------------------+---+
 * </pre>
 *
 * <p>SID: the function; PFSID: its physical function; QDEP: invalidations it takes at once, 0 for 32; S: the range is
 * more than a page, and the lowest address bit that is 0 marks its size; G: all PASIDs. The other words are 0. The
 * second word of type 8 is the body of the ATS message. Static functions over the words; any thread.
 */
public final class DeviceTlbDescriptor {

    /** Second word of type 3: more than a page. */
    public static final long SIZE = 1;
    /** Second word of type 8: more than a page. */
    public static final long PASID_SIZE = 1 << 11;
    /** Second word of type 8: all PASIDs. */
    public static final long GLOBAL = 1;
    /** Largest range, as a power of two of pages: everything ({@code MAX_AGAW_PFN_WIDTH}). */
    public static final int EVERYTHING = 52;

    private static final int PFSID_LOW_SHIFT = 12;
    private static final int PFSID_HIGH_SHIFT = 52;
    private static final int QUEUE_DEPTH_SHIFT = 16;
    private static final int PASID_QUEUE_DEPTH_SHIFT = 4;
    private static final int SOURCE_ID_SHIFT = 32;
    private static final int PASID_SOURCE_ID_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final int PAGE_SHIFT = 12;

    private DeviceTlbDescriptor() {}

    /**
     * First word of type 3.
     *
     * @param sourceId           16 bits
     * @param physicalFunctionId 16 bits
     * @param queueDepth         5 bits
     * @return qw0
     */
    public static long qw0(final int sourceId, final int physicalFunctionId, final int queueDepth) {
        return InvalidationDescriptor.DEVICE_TLB | (queueDepth & 0x1FL) << QUEUE_DEPTH_SHIFT
                | (sourceId & 0xFFFFL) << SOURCE_ID_SHIFT | physicalFunction(physicalFunctionId);
    }

    /**
     * First word of type 8.
     *
     * @param sourceId           16 bits
     * @param physicalFunctionId 16 bits
     * @param pasid              20 bits
     * @param queueDepth         5 bits
     * @return qw0
     */
    public static long pasidQw0(final int sourceId, final int physicalFunctionId, final int pasid,
            final int queueDepth) {
        return InvalidationDescriptor.PASID_DEVICE_TLB | (queueDepth & 0x1FL) << PASID_QUEUE_DEPTH_SHIFT
                | (sourceId & 0xFFFFL) << PASID_SOURCE_ID_SHIFT | (pasid & 0xF_FFFFL) << PASID_SHIFT
                | physicalFunction(physicalFunctionId);
    }

    private static long physicalFunction(final int id) {
        return (id & 0xFL) << PFSID_LOW_SHIFT | (id >>> 4 & 0xFFFL) << PFSID_HIGH_SHIFT;
    }

    /**
     * Second word of type 3: a range.
     *
     * @param address first page; the range is aligned to its size
     * @param order   2^order pages, 0..{@link #EVERYTHING}
     * @return qw1
     */
    public static long qw1(final long address, final int order) {
        return range(address, order) | (order == 0 ? 0 : SIZE);
    }

    /**
     * Second word of type 8: a range, as ATS has it.
     *
     * @param address first page; the range is aligned to its size
     * @param order   2^order pages, 0..{@link #EVERYTHING}
     * @return qw1
     */
    public static long pasidQw1(final long address, final int order) {
        return range(address, order) | (order == 0 ? 0 : PASID_SIZE);
    }

    /** Ones below the bit that marks the size, and a 0 in it. */
    private static long range(final long address, final int order) {
        if (order == 0) {
            return address & -1L << PAGE_SHIFT;
        }
        final long mark = 1L << PAGE_SHIFT + order - 1;
        return address & ~(2 * mark - 1) | mark - 1 & -1L << PAGE_SHIFT;
    }

    /**
     * The body of the ATS message for a second word of type 3.
     *
     * @param qw1 second word
     * @return a second word of type 8
     */
    public static long body(final long qw1) {
        return qw1 & -1L << PAGE_SHIFT | (qw1 & SIZE) * PASID_SIZE;
    }

    /**
     * Size of the range of a second word of type 8.
     *
     * @param qw1 second word
     * @return power of two of pages, 0..53
     */
    public static int order(final long qw1) {
        return (qw1 & PASID_SIZE) == 0 ? 0 : Long.numberOfTrailingZeros(~(qw1 >>> PAGE_SHIFT)) + 1;
    }

    /**
     * Function of a type 3.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int sourceId(final long qw0) {
        return (int) (qw0 >>> SOURCE_ID_SHIFT) & 0xFFFF;
    }

    /**
     * Function of a type 8.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int pasidSourceId(final long qw0) {
        return (int) (qw0 >>> PASID_SOURCE_ID_SHIFT) & 0xFFFF;
    }

    /**
     * Physical function of both types.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int physicalFunctionId(final long qw0) {
        return (int) (qw0 >>> PFSID_LOW_SHIFT) & 0xF | (int) (qw0 >>> PFSID_HIGH_SHIFT) << 4;
    }

    /**
     * Queue depth of a type 3.
     *
     * @param qw0 first word
     * @return 5 bits
     */
    public static int queueDepth(final long qw0) {
        return (int) (qw0 >>> QUEUE_DEPTH_SHIFT) & 0x1F;
    }

    /**
     * Queue depth of a type 8.
     *
     * @param qw0 first word
     * @return 5 bits
     */
    public static int pasidQueueDepth(final long qw0) {
        return (int) (qw0 >>> PASID_QUEUE_DEPTH_SHIFT) & 0x1F;
    }

    /**
     * PASID of a type 8.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & 0xF_FFFF;
    }
}
