/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Invalidation of the caches for what stands before the page tables: context entries (type 1), interrupt entries (type
 * 4), PASID entries (type 7) (drivers/iommu/intel/iommu.h).
 *
 * <pre>
 *  63             50 49 48 47          32 31         16 15       6 5 4 3  0
 *  +----------------+-----+--------------+-------------+----------+---+----+
 *  |       0        | FM  |     SID      |     DID     |    0     | G | 1  | context
 *  +----------------+-----+--------------+-------------+----------+---+----+
 * </pre>
 *
 * <pre>
 *  63                   48 47          32 31   27 26             5  4 3  0
 *  +----------------------+--------------+-------+----------------+--+----+
 *  |           0          |     IIDX     |  IM   |       0        |G | 4  | interrupt
 *  +----------------------+--------------+-------+----------------+--+----+
 * </pre>
 *
 * <pre>
 *  63             52 51                32 31         16 15       6 5 4 3  0
 *  +----------------+--------------------+-------------+----------+---+----+
 *  |       0        |       PASID        |     DID     |    0     | G | 7  | pasid
 *  +----------------+--------------------+-------------+----------+---+----+
 * </pre>
 *
 * <p>DID: domain; SID: source ID; FM: function mask; IIDX and IM: interrupt index and index mask; G: granularity. The
 * other words are 0. Static functions over the first word; any thread.
 */
public final class CacheDescriptor {

    /** Granularity of context entries: all. */
    public static final int CONTEXT_GLOBAL = 1;
    /** Granularity of context entries: those of a domain. */
    public static final int CONTEXT_DOMAIN = 2;
    /** Granularity of context entries: those of a device. */
    public static final int CONTEXT_DEVICE = 3;
    /** Granularity of interrupt entries: all. */
    public static final int INTERRUPT_GLOBAL = 0;
    /** Granularity of interrupt entries: those of an index. */
    public static final int INTERRUPT_INDEX = 1;
    /** Granularity of PASID entries: those of a domain. */
    public static final int PASID_DOMAIN = 0;
    /** Granularity of PASID entries: one PASID. */
    public static final int PASID_SELECTIVE = 1;
    /** Granularity of PASID entries: all. */
    public static final int PASID_GLOBAL = 3;

    private static final int GRANULARITY_SHIFT = 4;
    private static final int DOMAIN_SHIFT = 16;
    private static final int INDEX_MASK_SHIFT = 27;
    private static final int HIGH_SHIFT = 32;
    private static final int FUNCTION_MASK_SHIFT = 48;

    private CacheDescriptor() {}

    /**
     * Context cache.
     *
     * @param granularity  2 bits
     * @param domain       16 bits
     * @param sourceId     16 bits
     * @param functionMask 2 bits
     * @return qw0
     */
    public static long contextQw0(final int granularity, final int domain, final int sourceId,
            final int functionMask) {
        return InvalidationDescriptor.CONTEXT_CACHE | (granularity & 3) << GRANULARITY_SHIFT
                | (domain & 0xFFFFL) << DOMAIN_SHIFT | (sourceId & 0xFFFFL) << HIGH_SHIFT
                | (functionMask & 3L) << FUNCTION_MASK_SHIFT;
    }

    /**
     * Interrupt entry cache.
     *
     * @param granularity 1 bit
     * @param indexMask   5 bits: 2^indexMask entries
     * @param index       16 bits
     * @return qw0
     */
    public static long interruptQw0(final int granularity, final int indexMask, final int index) {
        return InvalidationDescriptor.INTERRUPT_ENTRY_CACHE | (granularity & 1) << GRANULARITY_SHIFT
                | (indexMask & 0x1FL) << INDEX_MASK_SHIFT | (index & 0xFFFFL) << HIGH_SHIFT;
    }

    /**
     * PASID cache.
     *
     * @param granularity 2 bits
     * @param domain      16 bits
     * @param pasid       20 bits
     * @return qw0
     */
    public static long pasidQw0(final int granularity, final int domain, final int pasid) {
        return InvalidationDescriptor.PASID_CACHE | (granularity & 3) << GRANULARITY_SHIFT
                | (domain & 0xFFFFL) << DOMAIN_SHIFT | (pasid & 0xF_FFFFL) << HIGH_SHIFT;
    }

    /**
     * Granularity of context and PASID entries.
     *
     * @param qw0 first word
     * @return 2 bits
     */
    public static int granularity(final long qw0) {
        return (int) (qw0 >>> GRANULARITY_SHIFT) & 3;
    }

    /**
     * Granularity of interrupt entries.
     *
     * @param qw0 first word
     * @return 1 bit
     */
    public static int interruptGranularity(final long qw0) {
        return (int) (qw0 >>> GRANULARITY_SHIFT) & 1;
    }

    /**
     * Domain of context and PASID entries.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int domain(final long qw0) {
        return (int) (qw0 >>> DOMAIN_SHIFT) & 0xFFFF;
    }

    /**
     * Source ID of a context entry.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int sourceId(final long qw0) {
        return (int) (qw0 >>> HIGH_SHIFT) & 0xFFFF;
    }

    /**
     * Function mask of a context entry.
     *
     * @param qw0 first word
     * @return 2 bits
     */
    public static int functionMask(final long qw0) {
        return (int) (qw0 >>> FUNCTION_MASK_SHIFT) & 3;
    }

    /**
     * Index of an interrupt entry.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int interruptIndex(final long qw0) {
        return (int) (qw0 >>> HIGH_SHIFT) & 0xFFFF;
    }

    /**
     * Index mask of interrupt entries.
     *
     * @param qw0 first word
     * @return 5 bits
     */
    public static int indexMask(final long qw0) {
        return (int) (qw0 >>> INDEX_MASK_SHIFT) & 0x1F;
    }

    /**
     * PASID of a PASID entry.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> HIGH_SHIFT) & 0xF_FFFF;
    }
}
