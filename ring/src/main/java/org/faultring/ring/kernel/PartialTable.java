/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * Requests of groups whose last request has not come yet: {@code iommu_fault_param.partial}
 * (drivers/iommu/io-pgfault.c).
 *
 * <p>Linux keeps one list per device and searches it for the group index when the last request comes. Here each
 * (device, group index) has its own list, in order of arrival: the same result, at a cost that does not grow with open
 * groups. The pool is bounded; what does not fit is Linux's "no memory for a partial". Used by the kernel world alone.
 */
final class PartialTable {

    /** No entry: the end of a list. */
    static final int NIL = -1;

    /** Group indexes of a PCIe page request have 9 bits; a longer one (a stall tag) never waits for more. */
    static final int INDEXES = 512;
    private static final int WORDS = INDEXES / Long.SIZE;

    private final int[] next;
    private final int[] pasid;
    private final int[] permissions;
    private final int[] flags;
    private final long[] address;
    private int free;
    private int used;

    private int[][] first = new int[0][];
    private int[][] last = new int[0][];
    private int[][] length = new int[0][];
    /** A bit for each group index that has a list. */
    private long[][] occupied = new long[0][];

    PartialTable(final int capacity) {
        Checks.range("partialCapacity", capacity, 1, 1 << 24);
        next = new int[capacity];
        pasid = new int[capacity];
        permissions = new int[capacity];
        flags = new int[capacity];
        address = new long[capacity];
        for (int i = 0; i < capacity; i++) {
            next[i] = i + 1;
        }
        next[capacity - 1] = NIL;
    }

    void addDevice() {
        final int device = first.length;
        first = java.util.Arrays.copyOf(first, device + 1);
        last = java.util.Arrays.copyOf(last, device + 1);
        length = java.util.Arrays.copyOf(length, device + 1);
        occupied = java.util.Arrays.copyOf(occupied, device + 1);
        first[device] = new int[INDEXES];
        java.util.Arrays.fill(first[device], NIL);
        last[device] = new int[INDEXES];
        length[device] = new int[INDEXES];
        occupied[device] = new long[WORDS];
    }

    /** Append a request; false if there is no memory for it. */
    boolean add(final int device, final int groupIndex, final int newFlags, final int newPasid,
            final int newPermissions, final long newAddress) {
        final int entry = free;
        if (entry == NIL) {
            return false;
        }
        free = next[entry];
        used++;
        next[entry] = NIL;
        flags[entry] = newFlags;
        pasid[entry] = newPasid;
        permissions[entry] = newPermissions;
        address[entry] = newAddress;
        if (length[device][groupIndex]++ == 0) {
            first[device][groupIndex] = entry;
            occupied[device][groupIndex >>> 6] |= 1L << groupIndex;
        } else {
            next[last[device][groupIndex]] = entry;
        }
        last[device][groupIndex] = entry;
        return true;
    }

    /** Requests waiting under a group index. */
    int length(final int device, final int groupIndex) {
        return used == 0 || groupIndex >= INDEXES ? 0 : length[device][groupIndex];
    }

    /** Oldest request waiting under a group index, or {@link #NIL}. */
    int first(final int device, final int groupIndex) {
        return groupIndex < INDEXES ? first[device][groupIndex] : NIL;
    }

    int next(final int entry) {
        return next[entry];
    }

    int pasid(final int entry) {
        return pasid[entry];
    }

    int permissions(final int entry) {
        return permissions[entry];
    }

    int flags(final int entry) {
        return flags[entry];
    }

    long address(final int entry) {
        return address[entry];
    }

    /** Forget what waits under a group index. */
    void remove(final int device, final int groupIndex) {
        final int count = length(device, groupIndex);
        if (count == 0) {
            return;
        }
        next[last[device][groupIndex]] = free;
        free = first[device][groupIndex];
        used -= count;
        first[device][groupIndex] = NIL;
        length[device][groupIndex] = 0;
        occupied[device][groupIndex >>> 6] &= ~(1L << groupIndex);
    }

    /** Forget everything of every device; returns how many requests that were. */
    int removeAll() {
        final int removed = used;
        for (int device = 0; device < first.length && used > 0; device++) {
            for (int word = 0; word < WORDS; word++) {
                while (occupied[device][word] != 0) {
                    remove(device, word * Long.SIZE + Long.numberOfTrailingZeros(occupied[device][word]));
                }
            }
        }
        return removed;
    }

    /** Requests waiting, of all devices. */
    int size() {
        return used;
    }
}
