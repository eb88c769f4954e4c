/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * Layout of the header of a {@link RingFile}, which begins at {@link FaultRingDescriptor#HEADER_OFFSET} of the file.
 * The words of the ring follow behind it as {@link FaultRingDescriptor} draws them.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             magic                             |  0
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            version                            |  8
 *  +---------------------------------------------------------------+
 *  |                             type                              | 12
 *  +---------------------------------------------------------------+
 *  |                           capacity                            | 16
 *  +---------------------------------------------------------------+
 *  |                          slot length                          | 20
 *  +---------------------------------------------------------------+
 *  |                          file length                          | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           checksum                            | 32
 *  +---------------------------------------------------------------+
 *  |                             state                             | 36
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All words are little-endian on every machine. The magic is the text {@code FAULTRNG}. Type: 1 for
 * {@link RingType#ONE_TO_ONE}, 2 for {@link RingType#MANY_TO_ONE}. Capacity is in slots, lengths are in bytes. The
 * checksum is the CRC-32C of all that stands before it. Only the state changes while the file lives; it is stored last,
 * with release. What follows up to the ring's first word is zero and not looked at: a version that needs it has another
 * number.
 */
public final class RingFileDescriptor {

    /** Offset of the magic, the same in every version. */
    public static final int MAGIC_OFFSET = FaultRingDescriptor.HEADER_OFFSET;
    /** Offset of the version, the same in every version. */
    public static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    /** Offset of the type. */
    public static final int TYPE_OFFSET = VERSION_OFFSET + Integer.BYTES;
    /** Offset of the capacity. */
    public static final int CAPACITY_OFFSET = TYPE_OFFSET + Integer.BYTES;
    /** Offset of the length of a slot. */
    public static final int SLOT_LENGTH_OFFSET = CAPACITY_OFFSET + Integer.BYTES;
    /** Offset of the length of the whole file. */
    public static final int FILE_LENGTH_OFFSET = SLOT_LENGTH_OFFSET + Integer.BYTES;
    /** Offset of the checksum. */
    public static final int CHECKSUM_OFFSET = FILE_LENGTH_OFFSET + Long.BYTES;
    /** Offset of the state. */
    public static final int STATE_OFFSET = CHECKSUM_OFFSET + Integer.BYTES;
    /** Length of what the header says. */
    public static final int LENGTH_BYTES = STATE_OFFSET + Integer.BYTES;

    /** What a ring file begins with: {@code FAULTRNG}. */
    public static final long MAGIC = 0x474E_5254_4C55_4146L;
    /** Version of the layout of header and ring. */
    public static final int VERSION = 1;

    /** State of a file whose maker is still at work, or has died at it. */
    public static final int BEING_MADE = 0x4D41_4B45;
    /** State of a file that can be attached to. */
    public static final int OPEN = 0x4F50_454E;
    /** State of a file that somebody closed. */
    public static final int CLOSED = 0x434C_4F53;

    private RingFileDescriptor() {}

    /** Write the header of a file that is being made. */
    static void write(final ByteBuffer header, final RingType type, final int capacity) {
        LittleEndian.putLong(header, MAGIC_OFFSET, MAGIC);
        LittleEndian.putInt(header, VERSION_OFFSET, VERSION);
        LittleEndian.putInt(header, TYPE_OFFSET, type.code());
        LittleEndian.putInt(header, CAPACITY_OFFSET, capacity);
        LittleEndian.putInt(header, SLOT_LENGTH_OFFSET, FaultRingDescriptor.SLOT_LENGTH_BYTES);
        LittleEndian.putLong(header, FILE_LENGTH_OFFSET, FaultRingDescriptor.lengthBytes(capacity));
        LittleEndian.putInt(header, CHECKSUM_OFFSET, checksum(header));
        LittleEndian.putInt(header, STATE_OFFSET, BEING_MADE);
    }

    /** The checksum that the words of a header ask for. */
    static int checksum(final ByteBuffer header) {
        return HeaderChecksum.of(header, MAGIC_OFFSET, CHECKSUM_OFFSET);
    }
}
