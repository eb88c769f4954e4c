/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Invalidation of translations in the IOMMU: all or a domain's (type 2), a PASID's (type 6)
 * (drivers/iommu/intel/iommu.h).
 *
 * <pre>
 *  63                            32 31         16 15    8  7  6  5 4 3  0
 *  +-------------------------------+-------------+-------+--+--+---+----+
 *  |               0               |     DID     |   0   |DR|DW| G | 2  | iotlb
 *  +-------------------------------+-------------+-------+--+--+---+----+
 * </pre>
 *
 * <pre>
 *  63        52 51              32 31         16 15          6 5 4 3  0
 *  +-----------+------------------+-------------+-------------+---+----+
 *  |     0     |      PASID       |     DID     |      0      | G | 6  | pasid
 *  +-----------+------------------+-------------+-------------+---+----+
 * </pre>
 *
 * <pre>
 *  63                                         12 11       7  6 5      0
 *  +--------------------------------------------+----------+--+--------+
 *  |                  address                   |    0     |IH|   AM   | qw1
 *  +--------------------------------------------+----------+--+--------+
 * </pre>
 *
 * <p>G: granularity; DID: domain; DW, DR: drain writes, reads; AM: address mask, 2^AM pages; IH: hint that only leaf
 * entries changed. The other words are 0. Static functions over the words; any thread.
 */
public final class IotlbDescriptor {

    /** Granularity of type 2: everything. */
    public static final int GLOBAL = 1;
    /** Granularity of type 2: a domain. */
    public static final int DOMAIN = 2;
    /** Granularity of type 2: pages of a domain. */
    public static final int PAGES = 3;
    /** Granularity of type 6: everything of a PASID ({@code QI_GRAN_NONG_PASID}). */
    public static final int WHOLE_PASID = 2;
    /** Granularity of type 6: pages of a PASID ({@code QI_GRAN_PSI_PASID}). */
    public static final int PASID_PAGES = 3;

    /** Type 2: drain writes. */
    public static final long DRAIN_WRITES = 1 << 6;
    /** Type 2: drain reads. */
    public static final long DRAIN_READS = 1 << 7;
    /** Second word: only leaf entries changed. */
    public static final long LEAF = 1 << 6;

    private static final int GRANULARITY_SHIFT = 4;
    private static final int DOMAIN_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final long ADDRESS_MASK = -1L << 12;

    private IotlbDescriptor() {}

    /**
     * First word of type 2.
     *
     * @param granularity 2 bits
     * @param domain      16 bits
     * @param drains      {@link #DRAIN_WRITES}, {@link #DRAIN_READS}
     * @return qw0
     */
    public static long qw0(final int granularity, final int domain, final long drains) {
        return InvalidationDescriptor.IOTLB | (granularity & 3) << GRANULARITY_SHIFT
                | (domain & 0xFFFFL) << DOMAIN_SHIFT | drains & (DRAIN_WRITES | DRAIN_READS);
    }

    /**
     * First word of type 6.
     *
     * @param granularity 2 bits
     * @param domain      16 bits
     * @param pasid       20 bits
     * @return qw0
     */
    public static long pasidQw0(final int granularity, final int domain, final int pasid) {
        return InvalidationDescriptor.PASID_IOTLB | (granularity & 3) << GRANULARITY_SHIFT
                | (domain & 0xFFFFL) << DOMAIN_SHIFT | (pasid & 0xF_FFFFL) << PASID_SHIFT;
    }

    /**
     * Second word of both.
     *
     * @param address     bits 11:0 are ignored
     * @param addressMask 6 bits: 2^addressMask pages
     * @param hint        {@link #LEAF} or 0
     * @return qw1
     */
    public static long qw1(final long address, final int addressMask, final long hint) {
        return address & ADDRESS_MASK | hint & LEAF | addressMask & 0x3F;
    }

    /**
     * Granularity of both types.
     *
     * @param qw0 first word
     * @return 2 bits
     */
    public static int granularity(final long qw0) {
        return (int) (qw0 >>> GRANULARITY_SHIFT) & 3;
    }

    /**
     * Domain of both types.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int domain(final long qw0) {
        return (int) (qw0 >>> DOMAIN_SHIFT) & 0xFFFF;
    }

    /**
     * PASID of type 6.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & 0xF_FFFF;
    }

    /**
     * Address mask.
     *
     * @param qw1 second word
     * @return 6 bits
     */
    public static int addressMask(final long qw1) {
        return (int) qw1 & 0x3F;
    }

    /**
     * First page.
     *
     * @param qw1 second word
     * @return its address
     */
    public static long address(final long qw1) {
        return qw1 & ADDRESS_MASK;
    }
}
