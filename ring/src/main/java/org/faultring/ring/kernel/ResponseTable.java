/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * Groups that user space has read and not answered: {@code iommufd_fault.response}
 * (drivers/iommu/iommufd/iommufd_private.h), found by cookie, and by the attachment they came through.
 *
 * <p>Linux walks all of them when an attachment goes away. Here the groups of each attachment are a list, so that this
 * costs what it finds. Used by one thread at a time; allocates only when the number of an attachment is higher than any
 * before.
 */
final class ResponseTable {

    /** No cookie. */
    static final int NONE = CookieTable.NONE;
    /** Handle of a group that is not there. */
    static final int NO_GROUP = GroupTable.NONE;

    /** Words of an entry, so that a group is one line: handle, attachment, next and previous cookie of its list. */
    private static final int HANDLE = 0;
    private static final int ATTACHMENT = 1;
    private static final int NEXT = 2;
    private static final int PREVIOUS = 3;
    private static final int ENTRY_WORDS = 4;

    private final CookieTable cookies;
    private final int capacity;
    /** By cookie; the last one is that of cookie 0, whose own place is written to and never looked at. */
    private final int[] entries;
    private int count;
    /** Whether cookie 0 can be given, see {@link #unreserveZero()}. */
    private boolean isZeroFree;
    /** Newest cookie by attachment. */
    private int[] newest = new int[64];

    /**
     * An empty table.
     *
     * @param capacity groups it can hold
     */
    ResponseTable(final int capacity) {
        this.capacity = capacity;
        cookies = new CookieTable(capacity);
        entries = new int[ENTRY_WORDS * (capacity + 2)];
    }

    boolean isFull() {
        return cookies.isFull() && !isZeroFree;
    }

    /**
     * Take a group in that has been read; the table is not full.
     *
     * @param handle     of the group
     * @param attachment it came through
     * @return its cookie, the lowest free one
     */
    int add(final int handle, final int attachment) {
        if (attachment >= newest.length) {
            growTo(attachment);
        }
        if (isZeroFree) {
            isZeroFree = false;
            addAt(zeroPlace(), handle, attachment);
            return 0;
        }
        final int cookie = cookies.allocate();
        addAt(cookie, handle, attachment);
        return cookie;
    }

    private int zeroPlace() {
        return capacity + 1;
    }

    private void addAt(final int place, final int handle, final int attachment) {
        count++;
        final int next = newest[attachment];
        newest[attachment] = place;
        final int[] table = entries;
        final int entry = ENTRY_WORDS * place;
        table[entry + HANDLE] = handle;
        table[entry + ATTACHMENT] = attachment;
        table[entry + NEXT] = next;
        table[entry + PREVIOUS] = NONE;
        table[ENTRY_WORDS * next + PREVIOUS] = place;
    }

    private void growTo(final int attachment) {
        newest = Arrays.copyOf(newest, 2 * Integer.highestOneBit(attachment));
    }

    /**
     * Group of a cookie.
     *
     * @param cookie anything
     * @return its handle, or {@link #NO_GROUP}
     */
    int handle(final int cookie) {
        // One compare for both ends: 0 and "negative" cookies become large.
        if (Integer.compareUnsigned(cookie - 1, capacity) < 0) {
            return entries[ENTRY_WORDS * cookie + HANDLE];
        }
        return cookie == 0 ? entries[ENTRY_WORDS * zeroPlace() + HANDLE] : NO_GROUP;
    }

    /**
     * Newest group of an attachment.
     *
     * @param attachment number of the attachment
     * @return its handle, or {@link #NO_GROUP}
     */
    int newest(final int attachment) {
        final int place = attachment < newest.length ? newest[attachment] : NONE;
        return place == NONE ? NO_GROUP : entries[ENTRY_WORDS * place + HANDLE];
    }

    /**
     * Take the newest group of an attachment out, of which there is one.
     *
     * @param attachment number of the attachment
     */
    void removeNewest(final int attachment) {
        removeAt(newest[attachment]);
    }

    /**
     * An answer named cookie 0, which is not in use. Linux keeps a placeholder under 0 in its table, so that 0 is never
     * given, but has one only while there are groups; and erasing what is under 0 takes it out ({@code xa_erase},
     * lib/xarray.c). From then on 0 is given like any other cookie.
     */
    void unreserveZero() {
        isZeroFree |= count > 0;
    }

    /**
     * Take a group out; its cookie is free again.
     *
     * @param cookie in use
     */
    void remove(final int cookie) {
        removeAt(cookie == 0 ? zeroPlace() : cookie);
    }

    private void removeAt(final int place) {
        if (place > capacity) {
            isZeroFree = true;
        } else {
            cookies.release(place);
        }
        count--;
        final int[] table = entries;
        final int entry = ENTRY_WORDS * place;
        final int next = table[entry + NEXT];
        final int previous = table[entry + PREVIOUS];
        table[entry + HANDLE] = NO_GROUP;
        table[ENTRY_WORDS * next + PREVIOUS] = previous;
        if (previous == NONE) {
            newest[table[entry + ATTACHMENT]] = next;
        } else {
            table[ENTRY_WORDS * previous + NEXT] = next;
        }
    }
}
