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
 *
 * <p>Cookies count from 1, until 0 is answered while groups are open: that is refused, but on Linux 7.2 the look-up
 * ({@code xa_erase} of an index below the first of an {@code XA_FLAGS_ALLOC1} array, lib/xarray.c) leaves 0 free, and
 * from then on 0 is a cookie like any other. Seen on a running kernel; kept.
 */
final class ResponseTable {

    /** No cookie. */
    static final int NONE = -1;

    /** End of a list. */
    private static final int NOWHERE = 0;

    private final CookieTable cookies;
    /** Place of the group with cookie 0; the others have their cookie's. */
    private final int placeOfZero;
    /** Group with cookie 0, or {@link CookieTable#NONE}. */
    private int handleOfZero = CookieTable.NONE;
    private boolean isZeroFree;
    /** For each place: attachment, next and previous place of its list. One line for a group, not three. */
    private final int[] links;
    /** Newest place by attachment. */
    private int[] newest = new int[64];

    /**
     * An empty table.
     *
     * @param capacity groups it can hold
     */
    ResponseTable(final int capacity) {
        cookies = new CookieTable(capacity);
        placeOfZero = capacity + 1;
        links = new int[4 * (placeOfZero + 1)];
    }

    boolean isFull() {
        return cookies.isFull() && !isZeroFree;
    }

    /**
     * Take a group in that has been read; the table is not full.
     *
     * @param handle     of the group
     * @param attachment it came through
     * @return its cookie
     */
    int add(final int handle, final int attachment) {
        final int place = isZeroFree ? takeZero(handle) : cookies.allocate(handle);
        if (attachment >= newest.length) {
            growTo(attachment);
        }
        final int next = newest[attachment];
        newest[attachment] = place;
        final int at = 4 * place;
        links[at] = attachment;
        links[at + 1] = next;
        links[at + 2] = NOWHERE;
        // Of no place, too: the words of place 0 are never looked at.
        links[4 * next + 2] = place;
        return place == placeOfZero ? 0 : place;
    }

    private int takeZero(final int handle) {
        handleOfZero = handle;
        isZeroFree = false;
        return placeOfZero;
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
        return cookie == 0 ? handleOfZero : cookies.handle(cookie);
    }

    /**
     * User space answered a cookie that is not in use.
     *
     * @param cookie answered
     */
    void missed(final int cookie) {
        isZeroFree |= cookie == 0 && cookies.used() > 0;
    }

    /**
     * Newest group of an attachment.
     *
     * @param attachment number of the attachment
     * @return its cookie, or {@link #NONE}
     */
    int newest(final int attachment) {
        final int place = attachment < newest.length ? newest[attachment] : NOWHERE;
        return place == NOWHERE ? NONE : place == placeOfZero ? 0 : place;
    }

    /**
     * Take a group out; its cookie is free again.
     *
     * @param cookie in use
     */
    void remove(final int cookie) {
        if (cookie == 0) {
            handleOfZero = CookieTable.NONE;
            isZeroFree = true;
        } else {
            cookies.release(cookie);
        }
        final int at = 4 * (cookie == 0 ? placeOfZero : cookie);
        final int next = links[at + 1];
        final int previous = links[at + 2];
        links[4 * next + 2] = previous;
        if (previous == NOWHERE) {
            newest[links[at]] = next;
        } else {
            links[4 * previous + 1] = next;
        }
    }
}
