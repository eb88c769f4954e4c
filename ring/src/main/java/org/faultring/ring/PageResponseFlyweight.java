/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * A view of one answer as user space writes it to Linux: {@code struct iommu_hwpt_page_response},
 * include/uapi/linux/iommufd.h.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             cookie                            |  0
 *  +---------------------------------------------------------------+
 *  |                              code                             |  4
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Both fields are little-endian. Accesses are plain. Not thread-safe.
 */
public final class PageResponseFlyweight {

    /** Length of the record in bytes. */
    public static final int LENGTH_BYTES = 8;
    /** Offset of {@link #cookie()}. */
    public static final int COOKIE_OFFSET = 0;
    /** Offset of {@link #code()}. */
    public static final int CODE_OFFSET = COOKIE_OFFSET + Integer.BYTES;

    /**
     * The pages are there, try again ({@code IOMMU_PAGE_RESP_SUCCESS}, include/linux/iommu.h;
     * {@code IOMMUFD_PAGE_RESP_SUCCESS}).
     */
    public static final int SUCCESS = 0;
    /** Cannot be handled, do not try again ({@code IOMMU_PAGE_RESP_INVALID}; {@code IOMMUFD_PAGE_RESP_INVALID}). */
    public static final int INVALID = 1;
    /**
     * General error, the device stops asking ({@code IOMMU_PAGE_RESP_FAILURE}). The kernel's own: user space that sends
     * it is refused.
     */
    public static final int FAILURE = 2;

    private ByteBuffer buffer;
    private int offset;

    /** A view of nothing; wrap it before use. */
    public PageResponseFlyweight() {}

    /**
     * Look at a record.
     *
     * @param newBuffer that holds the record
     * @param newOffset byte index of its first byte
     * @return this
     */
    public PageResponseFlyweight wrap(final ByteBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        return this;
    }

    /**
     * Group that is answered.
     *
     * @return the cookie of the group
     */
    public int cookie() {
        return LittleEndian.getInt(buffer, offset + COOKIE_OFFSET);
    }

    /**
     * The answer.
     *
     * @return {@link #SUCCESS}, {@link #INVALID}, or whatever was written
     */
    public int code() {
        return LittleEndian.getInt(buffer, offset + CODE_OFFSET);
    }

    /**
     * Write the answer.
     *
     * @param cookie of the group
     * @param code   {@link #SUCCESS} or {@link #INVALID}
     * @return this
     */
    public PageResponseFlyweight set(final int cookie, final int code) {
        // One word, as whoever takes the answer reads it: two stores would not be forwarded to one load.
        LittleEndian.putLong(buffer, offset + COOKIE_OFFSET, cookie & 0xFFFFFFFFL | (long) code << Integer.SIZE);
        return this;
    }

    /**
     * Whether user space may send this code.
     *
     * @param code to judge
     * @return true for {@link #SUCCESS} and {@link #INVALID} (drivers/iommu/iommufd/eventq.c)
     */
    public static boolean isUserCode(final int code) {
        return code == SUCCESS || code == INVALID;
    }
}
