/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * Requests of groups whose last request has not come yet: {@code iommu_fault_param.partial}
 * (drivers/iommu/io-pgfault.c).
 *
 * <p>Linux keeps one list per device and searches it for the group index when the last request comes. Here each
 * (device, group index) has its own list, in order of arrival: the same result, at a cost that does not grow with open
 * groups. The pool is bounded, and each device's part of it; what does not fit is Linux's "no memory for a partial".
 * Used by the kernel world alone.
 */
final class PartialTable {

    /** No entry: the end of a list. */
    static final int NIL = -1;

    /** Group indexes of a PCIe page request have 9 bits; a longer one (a stall tag) never waits for more. */
    static final int INDEXES = 512;

    private static final int WORDS = INDEXES / Long.SIZE;

    /** Words of an entry: address; PASID and flags; permissions and next entry; length of the list it begins. */
    private static final int ENTRY_WORDS = 4;

    private final PartialLimits limits;
    private final long[] entries;
    private int free;
    private int used;

    private int devices;
    /** Requests waiting, by device. */
    private int[] waiting = new int[8];
    /** By device, a bit for each group index that has a list. */
    private long[] occupied = new long[8 * WORDS];
    /** By device and group index: first entry of the list in the low half, last one in the high half. */
    private long[][] lists = new long[8][];

    PartialTable(final PartialLimits limits) {
        this.limits = limits;
        final int capacity = limits.total();
        entries = new long[capacity * ENTRY_WORDS];
        for (int i = 0; i < capacity; i++) {
            link(i, i + 1 == capacity ? NIL : i + 1, 0);
        }
    }

    void addDevice() {
        if (devices == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * devices);
            occupied = Arrays.copyOf(occupied, 2 * devices * WORDS);
            lists = Arrays.copyOf(lists, 2 * devices);
        }
        lists[devices++] = new long[INDEXES];
    }

    private void link(final int entry, final int next, final int permissions) {
        entries[entry * ENTRY_WORDS + 2] = permissions & 0xFFFFFFFFL | (long) next << Integer.SIZE;
    }

    /** Append a request; false if there is no memory for it. */
    boolean add(final int device, final int groupIndex, final int flags, final int pasid, final int permissions,
            final long address) {
        final int entry = free;
        if (entry == NIL || waiting[device] == limits.perDevice()) {
            return false;
        }
        free = next(entry);
        used++;
        waiting[device]++;
        final int at = entry * ENTRY_WORDS;
        entries[at] = address;
        entries[at + 1] = pasid & 0xFFFFFFFFL | (long) flags << Integer.SIZE;
        link(entry, NIL, permissions);
        final long[] ofDevice = lists[device];
        if (isOccupied(device, groupIndex)) {
            final int last = (int) (ofDevice[groupIndex] >>> Integer.SIZE);
            link(last, entry, permissions(last));
            final int first = (int) ofDevice[groupIndex];
            entries[first * ENTRY_WORDS + 3]++;
            ofDevice[groupIndex] = first | (long) entry << Integer.SIZE;
        } else {
            occupied[device * WORDS + (groupIndex >>> 6)] |= 1L << groupIndex;
            entries[at + 3] = 1;
            ofDevice[groupIndex] = entry | (long) entry << Integer.SIZE;
        }
        return true;
    }

    private boolean isOccupied(final int device, final int groupIndex) {
        return (occupied[device * WORDS + (groupIndex >>> 6)] & 1L << groupIndex) != 0;
    }

    /** Requests waiting under a group index. */
    int length(final int device, final int groupIndex) {
        if (waiting[device] == 0 || groupIndex >= INDEXES || !isOccupied(device, groupIndex)) {
            return 0;
        }
        return (int) entries[first(device, groupIndex) * ENTRY_WORDS + 3];
    }

    /** Oldest request waiting under a group index; there is one. */
    int first(final int device, final int groupIndex) {
        return (int) lists[device][groupIndex];
    }

    int next(final int entry) {
        return (int) (entries[entry * ENTRY_WORDS + 2] >>> Integer.SIZE);
    }

    int pasid(final int entry) {
        return (int) entries[entry * ENTRY_WORDS + 1];
    }

    int permissions(final int entry) {
        return (int) entries[entry * ENTRY_WORDS + 2];
    }

    int flags(final int entry) {
        return (int) (entries[entry * ENTRY_WORDS + 1] >>> Integer.SIZE);
    }

    long address(final int entry) {
        return entries[entry * ENTRY_WORDS];
    }

    /** Forget what waits under a group index. */
    void remove(final int device, final int groupIndex) {
        final int count = length(device, groupIndex);
        if (count == 0) {
            return;
        }
        final long list = lists[device][groupIndex];
        final int last = (int) (list >>> Integer.SIZE);
        link(last, free, 0);
        free = (int) list;
        used -= count;
        waiting[device] -= count;
        occupied[device * WORDS + (groupIndex >>> 6)] &= ~(1L << groupIndex);
    }

    /** Forget everything of a device; returns how many requests that were. */
    int removeDevice(final int device) {
        final int removed = waiting[device];
        for (int word = device * WORDS; waiting[device] > 0; word++) {
            while (occupied[word] != 0) {
                remove(device, word % WORDS * Long.SIZE + Long.numberOfTrailingZeros(occupied[word]));
            }
        }
        return removed;
    }

    /** Forget everything of every device; returns how many requests that were. */
    int removeAll() {
        final int removed = used;
        for (int device = 0; used > 0; device++) {
            removeDevice(device);
        }
        return removed;
    }

    /** Requests waiting, of all devices. */
    int size() {
        return used;
    }
}
