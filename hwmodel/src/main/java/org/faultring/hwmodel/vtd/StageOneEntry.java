/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.UserArray;

/**
 * Entry of an invalidation of a first-level page table, 24 bytes: {@code struct iommu_hwpt_vtd_s1_invalidate}
 * (include/uapi/linux/iommufd.h).
 *
 * <pre>
 *  63                                                             0
 *  +----------------------------------------------------------------+
 *  |                            address                             | 0
 *  +----------------------------------------------------------------+
 *  63                                                             0
 *  +----------------------------------------------------------------+
 *  |                             pages                              | 8
 *  +----------------------------------------------------------------+
 *  63                           32 31                             0
 *  +------------------------------+---------------------------------+
 *  |            error             |             flags               | 16
 *  +------------------------------+---------------------------------+
 * </pre>
 *
 * <p>Linux 7.2 has no error: the word is reserved and must be 0. See {@link ProposedInvalidation}. Address 0 with 2^64
 * - 1 pages is everything. Static functions; any thread.
 */
public final class StageOneEntry {

    /** Layout of the entries in the call ({@code IOMMU_HWPT_INVALIDATE_DATA_VTD_S1}). */
    public static final int TYPE = 0;
    /** Length of an entry. */
    public static final int LENGTH_BYTES = 24;
    /** Offset of the address. */
    public static final int ADDRESS_OFFSET = 0;
    /** Offset of the number of pages of 4 KiB. */
    public static final int PAGES_OFFSET = 8;
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 16;
    /** Offset of the error, or of the reserved word. */
    public static final int ERROR_OFFSET = 20;
    /** Flag: only leaves have changed ({@code IOMMU_VTD_INV_FLAGS_LEAF}). */
    public static final int LEAF = 1;
    /** Number of pages: all. */
    public static final long ALL_PAGES = -1;

    private static final int PAGE_SHIFT = 12;
    private static final long PAGE_MASK = (1L << PAGE_SHIFT) - 1;
    /** Pages of a 64-bit address space; Linux counts bytes, so more pages wrap. */
    private static final long PAGES_MASK = -1L >>> PAGE_SHIFT;

    private StageOneEntry() {}

    /**
     * Whether an entry makes sense ({@code intel_nested_cache_invalidate_user}, drivers/iommu/intel/nested.c).
     *
     * @param array of the call
     * @param index of the entry
     * @return 0 or a negated error number; nothing of a bad entry reaches the hardware
     */
    static int check(final UserArray array, final int index) {
        final long address = array.getLong(index, ADDRESS_OFFSET);
        if ((array.getInt(index, FLAGS_OFFSET) & ~LEAF) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        if ((address & PAGE_MASK) != 0 || array.getLong(index, PAGES_OFFSET) == ALL_PAGES && address != 0) {
            return -Errno.EINVAL;
        }
        return 0;
    }

    /**
     * Size of the smallest power of two of pages, at a multiple of itself, in which a range lies
     * ({@code calculate_psi_aligned_address}, drivers/iommu/intel/cache.c).
     *
     * @param address first page
     * @param pages   of 4 KiB; 0 is 1, as on x86 the rounding of 0 gives it
     * @return 0..{@link DeviceTlbDescriptor#EVERYTHING}
     */
    static int order(final long address, final long pages) {
        final long first = address >>> PAGE_SHIFT;
        final long count = Math.max(1, pages & PAGES_MASK);
        final int size = Long.SIZE - Long.numberOfLeadingZeros(first ^ first + count - 1);
        return Math.min(size, DeviceTlbDescriptor.EVERYTHING);
    }

    /**
     * First page of that range.
     *
     * @param address of any page in it
     * @param order   its size
     * @return address
     */
    static long start(final long address, final int order) {
        return order >= DeviceTlbDescriptor.EVERYTHING ? 0 : address & -1L << order + PAGE_SHIFT;
    }
}
