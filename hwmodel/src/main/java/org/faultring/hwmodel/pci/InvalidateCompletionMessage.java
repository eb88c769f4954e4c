/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Invalidate completion of ATS (message code 0x02): header bytes 8..15 as one 64-bit value.
 *
 * <pre>
 *  63              48 47                  35 34  32 31               0
 *  +-----------------+----------------------+------+-----------------+
 *  | destination ID  |          0           |  CC  |   ITag vector   |
 *  +-----------------+----------------------+------+-----------------+
 * </pre>
 *
 * <p>CC: completions that the function sends for each of these requests, 0 for 8; ITag vector: a bit for each tag that
 * this message completes. Static functions over the value; any thread.
 */
public final class InvalidateCompletionMessage {

    /** Message code of an invalidate completion. */
    public static final int MESSAGE_CODE = 0x02;
    /** Most completions for one request. */
    public static final int MAX_COUNT = 8;

    private static final int DESTINATION_SHIFT = 48;
    private static final int COUNT_SHIFT = 32;

    private InvalidateCompletionMessage() {}

    /**
     * Make a message.
     *
     * @param destination ID of the requester, which is the IOMMU's
     * @param count       completions for each request, 1..8
     * @param tags        a bit for each tag
     * @return the value
     */
    public static long of(final int destination, final int count, final int tags) {
        return (long) destination << DESTINATION_SHIFT | (long) (count & MAX_COUNT - 1) << COUNT_SHIFT
                | tags & 0xFFFF_FFFFL;
    }

    /**
     * Whom the message is for.
     *
     * @param message the value
     * @return 16 bits
     */
    public static int destination(final long message) {
        return (int) (message >>> DESTINATION_SHIFT);
    }

    /**
     * Completions that the function sends for each of these requests.
     *
     * @param message the value
     * @return 1..8
     */
    public static int count(final long message) {
        final int bits = (int) (message >>> COUNT_SHIFT) & MAX_COUNT - 1;
        return bits == 0 ? MAX_COUNT : bits;
    }

    /**
     * Requests that are completed.
     *
     * @param message the value
     * @return a bit for each tag
     */
    public static int tags(final long message) {
        return (int) message;
    }
}
