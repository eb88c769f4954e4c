/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.util.Arrays;

/**
 * Finds, for a fault, the first fault on the same page of the same space. What a space is the caller decides, by giving
 * every thread one.
 *
 * <p>An open hash table of fault indexes into the trace's own arrays: 6 to 12 bytes per fault, no objects. Not thread
 * safe.
 */
final class PageTable {
    private static final int FREE = -1;

    private final long[] pages;
    private final int[] threadIndexes;
    private final int[] spaceOfThread;
    private final int[] firstFaults;
    private final int mask;
    private int size;

    PageTable(long[] pages, int[] threadIndexes, int[] spaceOfThread) {
        this.pages = pages;
        this.threadIndexes = threadIndexes;
        this.spaceOfThread = spaceOfThread;
        // At most two thirds full, so that a probe stays short.
        final int capacity = Integer.highestOneBit(Math.max(1, pages.length + pages.length / 2)) << 1;
        firstFaults = new int[capacity];
        Arrays.fill(firstFaults, FREE);
        mask = capacity - 1;
    }

    /**
     * Looks the page of a fault up and enters it if it is new. Faults have to be asked for in the order of the trace.
     *
     * @return index of the first fault on that page in that space; {@code fault} itself if there was none before.
     */
    int firstFault(int fault) {
        final long page = pages[fault];
        final int space = spaceOfThread[threadIndexes[fault]];
        int slot = hash(page, space) & mask;
        while (firstFaults[slot] != FREE) {
            final int other = firstFaults[slot];
            if (pages[other] == page && spaceOfThread[threadIndexes[other]] == space) {
                return other;
            }
            slot = slot + 1 & mask;
        }
        firstFaults[slot] = fault;
        size++;
        return fault;
    }

    /** Number of pages entered. */
    int size() {
        return size;
    }

    private static int hash(long page, int space) {
        long h = (page >>> FaultTrace.PAGE_SHIFT) + space * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        return (int) (h ^ h >>> 32);
    }
}
