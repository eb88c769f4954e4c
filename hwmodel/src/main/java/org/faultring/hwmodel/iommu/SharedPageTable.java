/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.ring.Checks;

/**
 * The translations of all PASIDs, as far as faults need them: for each page how often it was mapped, and whether it
 * still is. The handler maps and unmaps; the device looks whether a page was mapped since it missed, or the IOMMU
 * whether it is mapped now, for its translation requests.
 *
 * <p>In a replay every fault of the trace did miss when it was recorded, so a page counts as missing when its fault is
 * raised, whatever was mapped before; only a mapping made after that resolves the fault. A device that translates finds
 * it there instead.
 *
 * <p>All pages are made known before the path runs. Entries are counts in the order in which pages became known, so
 * that a replay walks through them; an index for the handler finds the entry of an address. One thread maps and unmaps,
 * one looks. Allocates nothing.
 */
public final class SharedPageTable implements TranslationSource {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNKNOWN = -1;
    private static final int PAGE_SHIFT = 12;
    /** Neighbouring pages that share a cache line of the index: 16. */
    private static final int CLUSTER_BITS = 4;

    private final int maxPages;
    /** Page number of each entry. */
    private final long[] page;
    private final int[] pasid;
    /** Open hash table of entry + 1, 0 where free; at most half full. */
    private final int[] index;
    /** How often each entry was mapped. */
    private final int[] timesMapped;
    /** How often each entry had been mapped when it was unmapped last; it is mapped if that is not how often now. */
    private final int[] mappedWhenUnmapped;
    private int pages;

    /**
     * An empty table.
     *
     * @param maxPages distinct pages that can be known, 1 .. 2^24
     */
    public SharedPageTable(final int maxPages) {
        this.maxPages = Checks.range("maxPages", maxPages, 1, 1 << 24);
        page = new long[maxPages];
        pasid = new int[maxPages];
        index = new int[Math.max(1 << CLUSTER_BITS, Integer.highestOneBit(maxPages) << 2)];
        timesMapped = new int[maxPages];
        mappedWhenUnmapped = new int[maxPages];
    }

    /**
     * Set-up, before any thread works on the table: know a page.
     *
     * @param newPasid address space
     * @param address  within the page
     * @return the page's entry, for {@link #timesMapped}
     * @throws IllegalStateException if the table is full
     */
    public int know(final int newPasid, final long address) {
        final int known = entry(newPasid, address);
        if (known != UNKNOWN) {
            return known;
        }
        if (pages == maxPages) {
            throw new IllegalStateException("maxPages=" + maxPages + " (expected: more pages than that)");
        }
        int at = home(newPasid, address >>> PAGE_SHIFT);
        while (index[at] != 0) {
            at = at + 1 & index.length - 1;
        }
        page[pages] = address >>> PAGE_SHIFT;
        pasid[pages] = newPasid;
        index[at] = ++pages;
        return pages - 1;
    }

    /**
     * Called by the handler: map a page, or map it anew.
     *
     * @param ofPasid address space
     * @param address within the page
     * @return false if the page is not known
     */
    public boolean map(final int ofPasid, final long address) {
        final int entry = entry(ofPasid, address);
        if (entry == UNKNOWN) {
            return false;
        }
        // Release, paired with the acquire in timesMapped(): what is behind the mapping is there before it.
        COUNT.setRelease(timesMapped, entry, timesMapped[entry] + 1);
        return true;
    }

    /**
     * Called by the handler: take a page away. What caches still hold of it is for invalidations to take away.
     *
     * @param ofPasid address space
     * @param address within the page
     * @return false if the page is not known
     */
    public boolean unmap(final int ofPasid, final long address) {
        final int entry = entry(ofPasid, address);
        if (entry == UNKNOWN) {
            return false;
        }
        // Release, paired with the acquire in find(): what the handler did before comes before.
        COUNT.setRelease(mappedWhenUnmapped, entry, timesMapped[entry]);
        return true;
    }

    /**
     * Called by the hardware: a page that is mapped may be read, written and executed, where it lies in the address
     * space; whichever function asks. Only pages of a PASID are known.
     */
    @Override
    public long find(final int requesterId, final int ofPasid, final long address) {
        final int entry = entry(ofPasid, address);
        if (entry == UNKNOWN) {
            return 0;
        }
        // Acquires, paired with the releases in unmap() and map(). The other way round, a page that is unmapped and
        // mapped again in between would seem to be gone.
        final int whenUnmapped = (int) COUNT.getAcquire(mappedWhenUnmapped, entry);
        return whenUnmapped == (int) COUNT.getAcquire(timesMapped, entry) ? 0
                : page[entry] << PAGE_SHIFT | TranslationCompletionEntry.READ | TranslationCompletionEntry.WRITE
                        | EXECUTE;
    }

    /**
     * Called by the hardware: how often a page was mapped.
     *
     * @param entry of the page, from {@link #know}
     * @return the count, which wraps at 32 bits
     */
    public int timesMapped(final int entry) {
        // Acquire, paired with the release in map().
        return (int) COUNT.getAcquire(timesMapped, entry);
    }

    private int entry(final int ofPasid, final long address) {
        final long number = address >>> PAGE_SHIFT;
        final int[] table = index;
        int at = home(ofPasid, number);
        while (true) {
            final int entry = table[at & table.length - 1] - 1;
            if (entry < 0) {
                return UNKNOWN;
            }
            if (page[entry] == number && pasid[entry] == ofPasid) {
                return entry;
            }
            at++;
        }
    }

    private int home(final int ofPasid, final long number) {
        final long cluster = (number >>> CLUSTER_BITS ^ (long) ofPasid << 40) * 0x9E3779B97F4A7C15L;
        return ((int) (cluster >>> 32) << CLUSTER_BITS | (int) number & (1 << CLUSTER_BITS) - 1) & index.length - 1;
    }
}
