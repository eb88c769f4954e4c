/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/**
 * The translations of all PASIDs, as far as faults need them: for each page how often it was mapped. The handler maps,
 * the device looks whether a page was mapped since it missed.
 *
 * <p>In a replay every fault of the trace did miss when it was recorded, so a page counts as missing when its fault is
 * raised, whatever was mapped before; only a mapping made after that resolves the fault.
 *
 * <p>An open hash table. All pages are made known before the path runs, so the table's keys never change under its
 * readers. One thread maps, one looks. Allocates nothing.
 *
 * <pre>
 *  +---------------------------------------------------------------+
 *  |            page address 63:12, bit 0 = entry in use           |  0
 *  +-------------------------------+-------------------------------+
 *  |             PASID             |      times mapped             |  8
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
public final class SharedPageTable {

    private static final int ENTRY_BYTES = 16;
    private static final int PASID_OFFSET = 8;
    private static final int COUNT_OFFSET = 12;
    private static final long IN_USE = 1;
    private static final long ADDRESS_MASK = -1L << 12;
    /** Neighbouring pages that share a cache line of the table: 4. More would let whole runs of pages collide. */
    private static final int CLUSTER_BITS = 2;

    private final ByteBuffer entries;
    private final int mask;
    private final int maxPages;
    private int pages;

    /**
     * An empty table.
     *
     * @param maxPages distinct pages that can be known, 1 .. 2^24
     */
    public SharedPageTable(final int maxPages) {
        this.maxPages = Checks.range("maxPages", maxPages, 1, 1 << 24);
        // At most half full, so that a search soon ends.
        final int size = Integer.highestOneBit(maxPages) << 2;
        entries = RingMemory.allocate(size * ENTRY_BYTES);
        mask = size - 1;
    }

    /**
     * Set-up, before any thread works on the table: know a page.
     *
     * @param pasid   address space
     * @param address within the page
     * @return the page's entry, for {@link #timesMapped}
     * @throws IllegalStateException if the table is full
     */
    public int know(final int pasid, final long address) {
        final long key = address & ADDRESS_MASK | IN_USE;
        int offset = find(pasid, key);
        if (offset < 0) {
            if (pages == maxPages) {
                throw new IllegalStateException("maxPages=" + maxPages + " (expected: more pages than that)");
            }
            pages++;
            offset = ~offset;
            LittleEndian.putInt(entries, offset + PASID_OFFSET, pasid);
            LittleEndian.putLong(entries, offset, key);
        }
        return offset;
    }

    /**
     * Called by the handler: map a page, or map it anew.
     *
     * @param pasid   address space
     * @param address within the page
     * @return false if the page is not known
     */
    public boolean map(final int pasid, final long address) {
        final int offset = find(pasid, address & ADDRESS_MASK | IN_USE);
        if (offset < 0) {
            return false;
        }
        // Release, paired with the acquire in timesMapped(): what is behind the mapping is there before it.
        LittleEndian.putIntRelease(entries, offset + COUNT_OFFSET,
                LittleEndian.getInt(entries, offset + COUNT_OFFSET) + 1);
        return true;
    }

    /**
     * Called by the hardware: how often a page was mapped.
     *
     * @param entry of the page, from {@link #know}
     * @return the count, which wraps at 32 bits
     */
    public int timesMapped(final int entry) {
        // Acquire, paired with the release in map().
        return LittleEndian.getIntAcquire(entries, entry + COUNT_OFFSET);
    }

    /** Entry of a page, or, inverted, the free entry where it would be. */
    private int find(final int pasid, final long key) {
        int offset = home(pasid, key);
        while (true) {
            final long found = LittleEndian.getLong(entries, offset);
            if (found == key && LittleEndian.getInt(entries, offset + PASID_OFFSET) == pasid) {
                return offset;
            }
            if (found == 0) {
                return ~offset;
            }
            offset = next(offset);
        }
    }

    private int home(final int pasid, final long key) {
        final long page = key >>> 12;
        final long cluster = (page >>> CLUSTER_BITS ^ (long) pasid << 40) * 0x9E3779B97F4A7C15L;
        final int index = (int) (cluster >>> 32) << CLUSTER_BITS | (int) page & (1 << CLUSTER_BITS) - 1;
        return (index & mask) * ENTRY_BYTES;
    }

    private int next(final int offset) {
        return offset + ENTRY_BYTES & mask * ENTRY_BYTES;
    }
}
