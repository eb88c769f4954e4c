/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * An address and the size of the naturally aligned block around it in one word, as translation completions and
 * invalidate requests of ATS have it.
 *
 * <pre>
 *  63                                            12  11 10          0
 *  +-----------------------------------------------+---+-------------+
 *  |                address 63:12                  | S |    other    |
 *  +-----------------------------------------------+---+-------------+
 * </pre>
 *
 * <p>S clear: one page of 4 KiB. S set: the lowest address bit that is 0, from bit 12 up, is the highest bit of the
 * offset within the block; so bit 12 clear is 8 KiB, bit 13 the lowest clear one 16 KiB, and so on. Bit 63 clear under
 * ones in 62:12 is the whole address space. Static functions over the word; any thread.
 */
public final class SizedAddress {

    /** S: the address bits carry a size. */
    public static final long SIZE = 1L << 11;
    /** Size of the whole address space, in pages, as a power of two. */
    public static final int ALL_PAGES_LOG2 = 52;

    private static final int PAGE_SHIFT = 12;

    private SizedAddress() {}

    /**
     * A block.
     *
     * @param address   within the block
     * @param log2Pages size in pages of 4 KiB, as a power of two, 0..{@link #ALL_PAGES_LOG2}
     * @return the word, bits 10:0 clear
     */
    public static long of(final long address, final int log2Pages) {
        if (log2Pages == 0) {
            return address & PageRequestMessage.ADDRESS_MASK;
        }
        final long ones = (1L << log2Pages - 1) - 1 << PAGE_SHIFT;
        return address & ~offsetMask(log2Pages) | ones | SIZE;
    }

    /**
     * Size of the block.
     *
     * @param word any bits
     * @return pages of 4 KiB as a power of two, 0..{@link #ALL_PAGES_LOG2}; all address bits set, which is no size, is
     *         taken for the whole address space
     */
    public static int log2Pages(final long word) {
        if ((word & SIZE) == 0) {
            return 0;
        }
        return Math.min(Long.numberOfTrailingZeros(~(word >>> PAGE_SHIFT)) + 1, ALL_PAGES_LOG2);
    }

    /**
     * Where the block begins.
     *
     * @param word any bits
     * @return its first address
     */
    public static long address(final long word) {
        return word & ~offsetMask(log2Pages(word));
    }

    /**
     * Whether an address lies in the block.
     *
     * @param word    any bits
     * @param address to look for
     * @return true if so
     */
    public static boolean contains(final long word, final long address) {
        return ((word ^ address) & ~offsetMask(log2Pages(word))) == 0;
    }

    private static long offsetMask(final int log2Pages) {
        // In two steps: a shift by 64 would be a shift by 0.
        return (1L << PAGE_SHIFT << log2Pages) - 1;
    }
}
