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
 * <p>An open hash table with entries that are never removed. One thread maps, one looks up. Allocates nothing.
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
    /** Pages that keep their order in the table, so that neighbouring pages share cache lines: 64. */
    private static final int CLUSTER_BITS = 6;

    private final ByteBuffer entries;
    private final int mask;
    private final int maxPages;
    private int pages;

    /**
     * An empty table.
     *
     * @param maxPages distinct pages that can be mapped, 1 .. 2^24
     */
    public SharedPageTable(final int maxPages) {
        this.maxPages = Checks.range("maxPages", maxPages, 1, 1 << 24);
        // At most half full, so that a search soon ends.
        final int size = Math.max(1 << CLUSTER_BITS, Integer.highestOneBit(maxPages) << 2);
        entries = RingMemory.allocate(size * ENTRY_BYTES);
        mask = size - 1;
    }

    /**
     * Called by the handler: map a page, or map it anew.
     *
     * @param pasid   address space
     * @param address within the page
     * @return false if the table is full
     */
    public boolean map(final int pasid, final long address) {
        final long key = address & ADDRESS_MASK | IN_USE;
        int offset = home(pasid, key);
        while (true) {
            final long found = LittleEndian.getLong(entries, offset);
            if (found == key && LittleEndian.getInt(entries, offset + PASID_OFFSET) == pasid) {
                break;
            }
            if (found == 0) {
                if (pages == maxPages) {
                    return false;
                }
                pages++;
                LittleEndian.putInt(entries, offset + PASID_OFFSET, pasid);
                // Release, paired with the acquire in timesMapped(): the PASID is there before the entry is in use.
                LittleEndian.putLongRelease(entries, offset, key);
                break;
            }
            offset = next(offset);
        }
        // Release, paired with the acquire in timesMapped(): what is behind the mapping is there before it.
        LittleEndian.putIntRelease(entries, offset + COUNT_OFFSET,
                LittleEndian.getInt(entries, offset + COUNT_OFFSET) + 1);
        return true;
    }

    /**
     * Called by the hardware: how often a page was mapped.
     *
     * @param pasid   address space
     * @param address within the page
     * @return the count, which wraps at 32 bits; 0 for a page never mapped
     */
    public int timesMapped(final int pasid, final long address) {
        final long key = address & ADDRESS_MASK | IN_USE;
        int offset = home(pasid, key);
        while (true) {
            // Acquire, paired with the release in map().
            final long found = LittleEndian.getLongAcquire(entries, offset);
            if (found == key && LittleEndian.getInt(entries, offset + PASID_OFFSET) == pasid) {
                return LittleEndian.getIntAcquire(entries, offset + COUNT_OFFSET);
            }
            if (found == 0) {
                return 0;
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
