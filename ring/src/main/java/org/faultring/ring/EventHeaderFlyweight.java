/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * A view of what stands before each event that a virtual IOMMU gives to user space:
 * {@code struct iommufd_vevent_header}, include/uapi/linux/iommufd.h. The payload follows; its length is that of the
 * queue's type. A header with {@link #LOST_EVENTS} has none.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             flags                             |  0
 *  +---------------------------------------------------------------+
 *  |                            sequence                           |  4
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Both fields are little-endian. Accesses are plain. Not thread-safe.
 */
public final class EventHeaderFlyweight {

    /** Length of the header in bytes. */
    public static final int LENGTH_BYTES = 8;
    /** Offset of {@link #flags()}. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of {@link #sequence()}. */
    public static final int SEQUENCE_OFFSET = FLAGS_OFFSET + Integer.BYTES;

    /** Flag: events up to this sequence were lost, and no payload follows ({@code IOMMU_VEVENTQ_FLAG_LOST_EVENTS}). */
    public static final int LOST_EVENTS = 1;
    /** Bits of a sequence number: from 2^31 - 1 on it goes to 0 (drivers/iommu/iommufd/driver.c). */
    public static final int SEQUENCE_MASK = Integer.MAX_VALUE;

    private ByteBuffer buffer;
    private int offset;

    /** A view of nothing; wrap it before use. */
    public EventHeaderFlyweight() {}

    /**
     * Look at a header.
     *
     * @param newBuffer that holds the header
     * @param newOffset byte index of its first byte
     * @return this
     */
    public EventHeaderFlyweight wrap(final ByteBuffer newBuffer, final int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        return this;
    }

    /**
     * What the header says of itself.
     *
     * @return 0 or {@link #LOST_EVENTS}
     */
    public int flags() {
        return LittleEndian.getInt(buffer, offset + FLAGS_OFFSET);
    }

    /**
     * Whether this says that events were lost.
     *
     * @return true if no payload follows
     */
    public boolean isLostEvents() {
        return (flags() & LOST_EVENTS) != 0;
    }

    /**
     * Number of the event; lost events have numbers too.
     *
     * @return 0..2^31 - 1
     */
    public int sequence() {
        return LittleEndian.getInt(buffer, offset + SEQUENCE_OFFSET);
    }

    /**
     * Write the header.
     *
     * @param flags    0 or {@link #LOST_EVENTS}
     * @param sequence 0..2^31 - 1
     * @return this
     */
    public EventHeaderFlyweight set(final int flags, final int sequence) {
        LittleEndian.putInt(buffer, offset + FLAGS_OFFSET, flags);
        LittleEndian.putInt(buffer, offset + SEQUENCE_OFFSET, sequence);
        return this;
    }

    /**
     * Events lost between two headers that were read one after the other.
     *
     * @param before   sequence of the first
     * @param sequence of the second, which is lost itself if it has {@link #LOST_EVENTS}
     * @param isLost   whether the second has {@link #LOST_EVENTS}
     * @return events lost after the first, up to the second and, if that is lost, with it
     */
    public static int lostBetween(final int before, final int sequence, final boolean isLost) {
        return (sequence - before & SEQUENCE_MASK) - (isLost ? 0 : 1);
    }
}
