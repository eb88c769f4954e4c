/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * The groups that have been reported and not yet answered: {@code struct iopf_group} (include/linux/iommu.h),
 * preallocated.
 *
 * <p>A group is named by a handle: its place in the table, and above that a generation that changes each time the place
 * is used again, so that a late answer never hits another group. A handle is never 0. Used by the kernel world alone.
 *
 * <pre>
 *  31                                                             0
 *  +-------------------------------+-------------------------------+
 *  |    generation, never 0        |    place (log2 capacity bits) |
 *  +-------------------------------+-------------------------------+
 * </pre>
 */
public class GroupTable {

    /** The table is full. */
    public static final int NONE = 0;
    /** Most devices whose groups it can hold. */
    public static final int MAX_DEVICES = 1 << 24;
    /** Most groups a table may hold, so that at least 12 bits are left for the generation. */
    public static final int MAX_CAPACITY = 1 << 20;

    private static final int WORDS_SHIFT = 2;
    /** Words of a place, beside the first. */
    private static final int HANDLE = 1;
    private static final int NAME = 2;
    private static final int LENGTH_MASK = 0xFFFF;
    private static final int DEVICE_SHIFT = 32;
    private static final int FLAGS_SHIFT = 56;
    private static final int FLAGS_MASK = 0x3F;
    private static final long PENDING = 1L << 62;

    final int placeMask;
    /**
     * Four words for a place, so that a group is on one cache line or two. First length 15:0, device 55:32, flags
     * 61:56, pending 62, sampled 63 of the open group, 0 where none is open. Then the handle of the open group, or of
     * the next one. Then PASID 31:0 and group index 63:32 of the open group: a PASID has 20 bits and an index 16, but
     * mocks know no bounds. The last is not used.
     */
    private final long[] entries;
    final int[] free;
    private int freeCount;
    private long openRequests;
    private final PendingGroups pending;

    /**
     * An empty table.
     *
     * @param capacity groups it can hold, a power of two, 2..{@link #MAX_CAPACITY}
     */
    public GroupTable(final int capacity) {
        Checks.powerOfTwo("capacity", capacity, 2, MAX_CAPACITY);
        placeMask = capacity - 1;
        entries = new long[capacity << WORDS_SHIFT];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            entries[(i << WORDS_SHIFT) + HANDLE] = capacity + i;
            free[i] = placeMask - i;
        }
        freeCount = capacity;
        pending = new PendingGroups(capacity);
    }

    /**
     * Open a group.
     *
     * @param device     number of the device, below 2^24
     * @param flags      flags of the group's last fault, 6 bits
     * @param newPasid   of the group's last fault
     * @param groupIndex of the group
     * @param length     faults in the group, 1..65535
     * @return its handle, or {@link #NONE}
     */
    int open(final int device, final int flags, final int newPasid, final int groupIndex, final int length) {
        if (freeCount == 0) {
            return NONE;
        }
        freeCount--;
        final int place = takePlace();
        final int at = place << WORDS_SHIFT;
        entries[at] = length | (long) device << DEVICE_SHIFT | (long) flags << FLAGS_SHIFT;
        entries[at + NAME] = newPasid & 0xFFFF_FFFFL | (long) groupIndex << Integer.SIZE;
        openRequests += length;
        return (int) entries[at + HANDLE];
    }

    /**
     * Close a group; its handle will not come again soon.
     *
     * @param groupHandle of an open group
     */
    void close(final int groupHandle) {
        final int place = groupHandle & placeMask;
        final long closed = entries[place << WORDS_SHIFT];
        openRequests -= length(closed);
        if ((closed & PENDING) != 0) {
            pending.remove(device(closed), place);
        }
        entries[place << WORDS_SHIFT] = 0;
        final int next = groupHandle + placeMask + 1;
        // The generation wraps at 32 bits and leaves 0 out, so that no handle is 0.
        entries[(place << WORDS_SHIFT) + HANDLE] = next == place ? next + placeMask + 1 : next;
        givePlace(place);
        freeCount++;
    }

    /** A free place: the one freed last, which is still in the cache. */
    int takePlace() {
        return free[freeCount];
    }

    void givePlace(final int place) {
        free[freeCount] = place;
    }

    /**
     * What is known of a group, in one word for the accessors below.
     *
     * @param groupHandle anything
     * @return the group, or 0 if the handle names no open one
     */
    final long find(final int groupHandle) {
        final int at = (groupHandle & placeMask) << WORDS_SHIFT;
        return (int) entries[at + HANDLE] == groupHandle ? entries[at] : 0;
    }

    /** Handle of the open group at a place. */
    final int handle(final int place) {
        return (int) entries[(place << WORDS_SHIFT) + HANDLE];
    }

    static int length(final long group) {
        return (int) group & LENGTH_MASK;
    }

    static int device(final long group) {
        return (int) (group >>> DEVICE_SHIFT) & 0xFF_FFFF;
    }

    static int flags(final long group) {
        return (int) (group >>> FLAGS_SHIFT) & FLAGS_MASK;
    }

    /** Note that the stages of an open group are stamped. */
    final void sample(final int groupHandle) {
        entries[(groupHandle & placeMask) << WORDS_SHIFT] |= Long.MIN_VALUE;
    }

    static boolean isSampled(final long group) {
        return group < 0;
    }

    /** Note that an open group has been left with the core ({@code iommu_fault_param.faults}). */
    final void pend(final int groupHandle) {
        final int place = groupHandle & placeMask;
        final int at = place << WORDS_SHIFT;
        entries[at] |= PENDING;
        pending.add(device(entries[at]), place);
    }

    /**
     * Newest of a device's groups that are left with the core.
     *
     * @param device number of the device
     * @return its handle, or {@link #NONE}
     */
    final int newestPending(final int device) {
        final int place = pending.newest(device);
        return place == PendingGroups.NIL ? NONE : handle(place);
    }

    final int pasid(final int groupHandle) {
        return (int) entries[((groupHandle & placeMask) << WORDS_SHIFT) + NAME];
    }

    final int groupIndex(final int groupHandle) {
        return (int) (entries[((groupHandle & placeMask) << WORDS_SHIFT) + NAME] >>> Integer.SIZE);
    }

    /**
     * Whether a handle names an open group.
     *
     * @param groupHandle anything
     * @return true if so
     */
    public final boolean isOpen(final int groupHandle) {
        return find(groupHandle) != 0;
    }

    /**
     * Open groups.
     *
     * @return the count
     */
    public final int openGroups() {
        return free.length - freeCount;
    }

    /**
     * Requests in open groups.
     *
     * @return the count
     */
    public final long openRequests() {
        return openRequests;
    }
}
