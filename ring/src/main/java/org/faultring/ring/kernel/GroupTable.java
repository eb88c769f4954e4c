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
public final class GroupTable {

    /** The table is full. */
    public static final int NONE = 0;
    /** Most devices whose groups it can hold. */
    public static final int MAX_DEVICES = 1 << 24;
    /** Most groups a table may hold, so that at least 12 bits are left for the generation. */
    public static final int MAX_CAPACITY = 1 << 20;

    private static final int LENGTH_SHIFT = 16;
    private static final int DEVICE_SHIFT = 32;
    private static final int FLAGS_SHIFT = 56;
    private static final int FLAGS_MASK = 0x3F;
    private static final long PENDING = 1L << 62;

    private final int placeMask;
    /**
     * Two words for a place. First group index 15:0, length 31:16, device 55:32, flags 61:56, pending 62, sampled 63 of
     * the open group, 0 where none is open. Then the handle of the open group, or of the next one, 31:0, and the PASID
     * of the open group 63:32.
     */
    private final long[] entries;
    private final int[] free;
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
        entries = new long[2 * capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            entries[2 * i + 1] = capacity + i;
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
     * @param groupIndex of the group, 16 bits
     * @param length     faults in the group, 1..65535
     * @return its handle, or {@link #NONE}
     */
    int open(final int device, final int flags, final int newPasid, final int groupIndex, final int length) {
        if (freeCount == 0) {
            return NONE;
        }
        final int at = 2 * free[--freeCount];
        final int handle = (int) entries[at + 1];
        entries[at] = groupIndex | (long) length << LENGTH_SHIFT | (long) device << DEVICE_SHIFT
                | (long) flags << FLAGS_SHIFT;
        entries[at + 1] = handle & 0xFFFFFFFFL | (long) newPasid << Integer.SIZE;
        openRequests += length;
        return handle;
    }

    /**
     * Close a group; its handle will not come again soon.
     *
     * @param groupHandle of an open group
     */
    void close(final int groupHandle) {
        final int place = groupHandle & placeMask;
        final long closed = entries[2 * place];
        openRequests -= length(closed);
        if ((closed & PENDING) != 0) {
            pending.remove(device(closed), place);
        }
        entries[2 * place] = 0;
        final int next = groupHandle + placeMask + 1;
        // The generation wraps at 32 bits and leaves 0 out, so that no handle is 0.
        entries[2 * place + 1] = (next == place ? next + placeMask + 1 : next) & 0xFFFFFFFFL;
        free[freeCount++] = place;
    }

    /**
     * What is known of a group, in one word for the accessors below.
     *
     * @param groupHandle anything
     * @return the group, or 0 if the handle names no open one
     */
    long find(final int groupHandle) {
        final int at = 2 * (groupHandle & placeMask);
        return (int) entries[at + 1] == groupHandle ? entries[at] : 0;
    }

    static int groupIndex(final long group) {
        return (int) group & 0xFFFF;
    }

    static int length(final long group) {
        return (int) group >>> LENGTH_SHIFT;
    }

    static int device(final long group) {
        return (int) (group >>> DEVICE_SHIFT) & 0xFF_FFFF;
    }

    static int flags(final long group) {
        return (int) (group >>> FLAGS_SHIFT) & FLAGS_MASK;
    }

    /** Note that the stages of an open group are stamped. */
    void sample(final int groupHandle) {
        entries[2 * (groupHandle & placeMask)] |= Long.MIN_VALUE;
    }

    static boolean isSampled(final long group) {
        return group < 0;
    }

    /** Note that an open group has been left with the core ({@code iommu_fault_param.faults}). */
    void pend(final int groupHandle) {
        final int place = groupHandle & placeMask;
        entries[2 * place] |= PENDING;
        pending.add(device(entries[2 * place]), place);
    }

    /**
     * Newest of a device's groups that are left with the core.
     *
     * @param device number of the device
     * @return its handle, or {@link #NONE}
     */
    int newestPending(final int device) {
        final int place = pending.newest(device);
        return place == PendingGroups.NIL ? NONE : (int) entries[2 * place + 1];
    }

    int pasid(final int groupHandle) {
        return (int) (entries[2 * (groupHandle & placeMask) + 1] >>> Integer.SIZE);
    }

    /**
     * Whether a handle names an open group.
     *
     * @param groupHandle anything
     * @return true if so
     */
    public boolean isOpen(final int groupHandle) {
        return find(groupHandle) != 0;
    }

    /**
     * Open groups.
     *
     * @return the count
     */
    public int openGroups() {
        return free.length - freeCount;
    }

    /**
     * Requests in open groups.
     *
     * @return the count
     */
    public long openRequests() {
        return openRequests;
    }
}
