/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * Layout of a {@link MappedRing}: one file that carries faults one way and answers the other, between any two of Java
 * and C. The same constants stand in {@code faultring.h}; a test compares them.
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
 *  |                           capacity                            | 12
 *  +---------------------------------------------------------------+
 *  |                         answer lines                          | 16
 *  +---------------------------------------------------------------+
 *  |                          slot length                          | 20
 *  +---------------------------------------------------------------+
 *  |                          fault ring                           | 24
 *  +---------------------------------------------------------------+
 *  |                         response ring                         | 28
 *  +---------------------------------------------------------------+
 *  |                          file length                          | 32
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                           checksum                            | 40
 *  +---------------------------------------------------------------+
 *  |                             state                             | 44
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>All words are little-endian. The magic is the text {@code FAULTMAP}. Capacity is in slots, answer lines are of the
 * response ring, fault ring and response ring are offsets in the file, lengths are in bytes. The checksum is the
 * CRC-32C of all that stands before it. The state is stored last, with release: before, nobody attaches. What follows
 * up to the block of the device is zero.
 *
 * <p>Each side has a block of words of its own, written by it alone:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |              owner: generation × 2 + 1 while held             |  0
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                      heartbeat, ns                            |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                      refused (count)                          | 16
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                      repaired (count)                         | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                      stale (count)                            | 32
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |          answering: position + 1 of a group                   | 40
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |          answer at: position in the response ring             | 48
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The last two are the handler's, and 0 in the device's block. In a slot of this file the two bytes that
 * {@link FaultRingDescriptor} draws as 0 are 1 once the group that begins there is answered; the answer's handle is the
 * low half of the group's position.
 */
public final class MappedRingDescriptor {

    /** Offset of the magic, the same in every version. */
    public static final int MAGIC_OFFSET = 0;
    /** Offset of the version, the same in every version. */
    public static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    /** Offset of the fault ring's capacity. */
    public static final int CAPACITY_OFFSET = VERSION_OFFSET + Integer.BYTES;
    /** Offset of the number of the response ring's lines. */
    public static final int ANSWER_LINES_OFFSET = CAPACITY_OFFSET + Integer.BYTES;
    /** Offset of the length of a slot. */
    public static final int SLOT_LENGTH_OFFSET = ANSWER_LINES_OFFSET + Integer.BYTES;
    /** Offset of the place of the fault ring. */
    public static final int FAULT_RING_OFFSET = SLOT_LENGTH_OFFSET + Integer.BYTES;
    /** Offset of the place of the response ring. */
    public static final int RESPONSE_RING_OFFSET = FAULT_RING_OFFSET + Integer.BYTES;
    /** Offset of the length of the file. */
    public static final int FILE_LENGTH_OFFSET = RESPONSE_RING_OFFSET + Integer.BYTES;
    /** Offset of the checksum. */
    public static final int CHECKSUM_OFFSET = FILE_LENGTH_OFFSET + Long.BYTES;
    /** Offset of the state. */
    public static final int STATE_OFFSET = CHECKSUM_OFFSET + Integer.BYTES;
    /** Length of what the header says. */
    public static final int LENGTH_BYTES = STATE_OFFSET + Integer.BYTES;

    /** Where the device's block begins. */
    public static final int DEVICE_BLOCK = RingMemory.PADDED_BYTES;
    /** Where the handler's block begins. */
    public static final int HANDLER_BLOCK = DEVICE_BLOCK + RingMemory.PADDED_BYTES;
    /** Where the fault ring begins, laid out as {@link FaultRingDescriptor} draws it. */
    public static final int FAULT_RING = HANDLER_BLOCK + RingMemory.PADDED_BYTES;

    /** In a block: who holds the side. */
    public static final int BLOCK_OWNER = 0;
    /** In a block: clock value of the owner's last sign of life. */
    public static final int BLOCK_HEARTBEAT = BLOCK_OWNER + Long.BYTES;
    /** In a block: what was refused because the other side cannot have meant it. */
    public static final int BLOCK_REFUSED = BLOCK_HEARTBEAT + Long.BYTES;
    /** In a block: slots of dead claims made padding (device), answers found given by a predecessor (handler). */
    public static final int BLOCK_REPAIRED = BLOCK_REFUSED + Long.BYTES;
    /** In a block: answers to groups of a predecessor, dropped. */
    public static final int BLOCK_STALE = BLOCK_REPAIRED + Long.BYTES;
    /** In the handler's block: the group that is being answered. */
    public static final int BLOCK_ANSWERING = BLOCK_STALE + Long.BYTES;
    /** In the handler's block: where its answer goes. */
    public static final int BLOCK_ANSWER_AT = BLOCK_ANSWERING + Long.BYTES;
    /** Length of what a block says. */
    public static final int BLOCK_LENGTH = BLOCK_ANSWER_AT + Long.BYTES;

    /** What the file begins with: {@code FAULTMAP}. */
    public static final long MAGIC = 0x5041_4D54_4C55_4146L;
    /** Version of the layout of the whole file. */
    public static final int VERSION = 1;
    /** State of a file whose maker is still at work, or has died at it. */
    public static final int BEING_MADE = RingFileDescriptor.BEING_MADE;
    /** State of a file that can be attached to. */
    public static final int OPEN = RingFileDescriptor.OPEN;
    /** In the slot of an answered group, at {@link FaultRingDescriptor#ZERO_OFFSET}. */
    public static final int ANSWERED = 1;

    private MappedRingDescriptor() {}

    /**
     * Lines of the response ring, enough for one answer to each slot.
     *
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @return a power of two
     */
    public static int answerLines(final int capacity) {
        final int needed = (FaultRingDescriptor.checkCapacity(capacity) + OneToOneResponseRing.RESPONSES_PER_LINE - 1)
                / OneToOneResponseRing.RESPONSES_PER_LINE;
        return needed == 1 ? 1 : Integer.highestOneBit(needed - 1) << 1;
    }

    /**
     * Where the response ring begins, laid out as {@link OneToOneResponseRing} draws it.
     *
     * @param capacity in slots
     * @return offset in bytes, a multiple of {@link RingMemory#PADDED_BYTES}
     */
    public static int responseRing(final int capacity) {
        final int end = FAULT_RING + FaultRingDescriptor.lengthBytes(capacity);
        return (end + RingMemory.PADDED_BYTES - 1) & -RingMemory.PADDED_BYTES;
    }

    /**
     * Length of the file.
     *
     * @param capacity in slots
     * @return bytes
     */
    public static int lengthBytes(final int capacity) {
        return responseRing(capacity) + OneToOneResponseRing.LINES_OFFSET
                + answerLines(capacity) * RingMemory.CACHE_LINE_BYTES;
    }

    /** Write the header of a file that is being made. */
    static void write(final ByteBuffer header, final int capacity) {
        LittleEndian.putLong(header, MAGIC_OFFSET, MAGIC);
        LittleEndian.putInt(header, VERSION_OFFSET, VERSION);
        LittleEndian.putInt(header, CAPACITY_OFFSET, capacity);
        LittleEndian.putInt(header, ANSWER_LINES_OFFSET, answerLines(capacity));
        LittleEndian.putInt(header, SLOT_LENGTH_OFFSET, FaultRingDescriptor.SLOT_LENGTH_BYTES);
        LittleEndian.putInt(header, FAULT_RING_OFFSET, FAULT_RING);
        LittleEndian.putInt(header, RESPONSE_RING_OFFSET, responseRing(capacity));
        LittleEndian.putLong(header, FILE_LENGTH_OFFSET, lengthBytes(capacity));
        LittleEndian.putInt(header, CHECKSUM_OFFSET, checksum(header));
        LittleEndian.putInt(header, STATE_OFFSET, BEING_MADE);
    }

    /** The checksum that the words of a header ask for. */
    static int checksum(final ByteBuffer header) {
        return HeaderChecksum.of(header, MAGIC_OFFSET, CHECKSUM_OFFSET);
    }
}
