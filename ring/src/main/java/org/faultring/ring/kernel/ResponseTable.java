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

    private final CookieTable cookies;
    /** For each cookie: attachment, next and previous cookie of its list. One line for a group, not three. */
    private final int[] links;
    /** Newest cookie by attachment. */
    private int[] newest = new int[64];

    /**
     * An empty table.
     *
     * @param capacity groups it can hold
     */
    ResponseTable(final int capacity) {
        cookies = new CookieTable(capacity);
        links = new int[4 * (capacity + 1)];
    }

    boolean isFull() {
        return cookies.isFull();
    }

    /**
     * Take a group in that has been read; the table is not full.
     *
     * @param handle     of the group
     * @param attachment it came through
     * @return its cookie
     */
    int add(final int handle, final int attachment) {
        final int cookie = cookies.allocate(handle);
        if (attachment >= newest.length) {
            growTo(attachment);
        }
        final int next = newest[attachment];
        newest[attachment] = cookie;
        final int at = 4 * cookie;
        links[at] = attachment;
        links[at + 1] = next;
        links[at + 2] = NONE;
        // Of no cookie, too: the words of cookie 0 are never looked at.
        links[4 * next + 2] = cookie;
        return cookie;
    }

    private void growTo(final int attachment) {
        newest = Arrays.copyOf(newest, 2 * Integer.highestOneBit(attachment));
    }

    /**
     * Group of a cookie.
     *
     * @param cookie anything
     * @return its handle, or {@link CookieTable#NONE}
     */
    int handle(final int cookie) {
        return cookies.handle(cookie);
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
        final int at = 4 * cookie;
        final int next = links[at + 1];
        final int previous = links[at + 2];
        links[4 * next + 2] = previous;
        if (previous == NONE) {
            newest[links[at]] = next;
        } else {
            links[4 * previous + 1] = next;
        }
    }
}
