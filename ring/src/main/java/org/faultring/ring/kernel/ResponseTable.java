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
    /** By cookie; that of cookie 0 is written to and never looked at. */
    private final int[] entries;
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
        entries = new int[ENTRY_WORDS * (capacity + 1)];
    }

    boolean isFull() {
        return cookies.isFull();
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
        final int cookie = cookies.allocate();
        final int next = newest[attachment];
        newest[attachment] = cookie;
        final int[] table = entries;
        final int entry = ENTRY_WORDS * cookie;
        table[entry + HANDLE] = handle;
        table[entry + ATTACHMENT] = attachment;
        table[entry + NEXT] = next;
        table[entry + PREVIOUS] = NONE;
        table[ENTRY_WORDS * next + PREVIOUS] = cookie;
        return cookie;
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
        return Integer.compareUnsigned(cookie - 1, capacity) < 0 ? entries[ENTRY_WORDS * cookie + HANDLE] : NO_GROUP;
    }

    /**
     * Newest group of an attachment.
     *
     * @param attachment number of the attachment
     * @return its cookie, or {@link #NONE}
     */
    int newest(final int attachment) {
        return attachment < newest.length ? newest[attachment] : NONE;
    }

    /**
     * Take a group out; its cookie is free again.
     *
     * @param cookie in use
     */
    void remove(final int cookie) {
        cookies.release(cookie);
        final int[] table = entries;
        final int entry = ENTRY_WORDS * cookie;
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
