/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * The open groups of one {@link BoundedFaultObject}: in order of arrival, with the attachment and time of each, and the
 * faults of each device.
 *
 * <p>Places are used again in the order in which they were freed, so that a handle comes again as late as can be: while
 * few groups are open, after about 2^32 of them.
 */
final class BoundedGroups extends GroupTable {

    /** No place: the end of the list. */
    static final int NIL = -1;

    private final int[] next;
    private final int[] previous;
    /** Attachment of the group at a place; meaningless unless it is listed. */
    private final int[] attachment;
    private final long[] arrivalNanos;
    private final boolean[] listed;
    private int oldest = NIL;
    private int newest = NIL;
    private int takeIndex;
    private int giveIndex;
    private int[] faultsOf = new int[8];

    BoundedGroups(final int capacity) {
        super(capacity);
        next = new int[capacity];
        previous = new int[capacity];
        attachment = new int[capacity];
        arrivalNanos = new long[capacity];
        listed = new boolean[capacity];
    }

    @Override
    int takePlace() {
        return free[takeIndex++ & placeMask];
    }

    @Override
    void givePlace(final int place) {
        free[giveIndex++ & placeMask] = place;
    }

    @Override
    int open(final int device, final int flags, final int newPasid, final int groupIndex, final int length) {
        final int handle = super.open(device, flags, newPasid, groupIndex, length);
        if (handle != NONE) {
            if (device >= faultsOf.length) {
                faultsOf = Arrays.copyOf(faultsOf, Math.max(device + 1, 2 * faultsOf.length));
            }
            faultsOf[device] += length;
        }
        return handle;
    }

    /** An open group is in the ring. */
    void arrived(final int handle, final int newAttachment, final long nanos) {
        final int place = handle & placeMask;
        attachment[place] = newAttachment;
        arrivalNanos[place] = nanos;
        listed[place] = true;
        next[place] = NIL;
        previous[place] = newest;
        if (newest == NIL) {
            oldest = place;
        } else {
            next[newest] = place;
        }
        newest = place;
    }

    @Override
    void close(final int groupHandle) {
        final int place = groupHandle & placeMask;
        final long group = find(groupHandle);
        faultsOf[device(group)] -= length(group);
        if (listed[place]) {
            unlink(place);
        }
        super.close(groupHandle);
    }

    private void unlink(final int place) {
        listed[place] = false;
        if (previous[place] == NIL) {
            oldest = next[place];
        } else {
            next[previous[place]] = next[place];
        }
        if (next[place] == NIL) {
            newest = previous[place];
        } else {
            previous[next[place]] = previous[place];
        }
    }

    /** Faults of a device in open groups. */
    int faultsOf(final int device) {
        return device < faultsOf.length ? faultsOf[device] : 0;
    }

    /** Place of the group that arrived first, or {@link #NIL}. */
    int oldest() {
        return oldest;
    }

    /** Place of the group that arrived next, or {@link #NIL}. */
    int next(final int place) {
        return next[place];
    }

    int attachment(final int place) {
        return attachment[place];
    }

    long arrivalNanos(final int place) {
        return arrivalNanos[place];
    }
}
