/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What a file says of itself, every word of it checked.
 *
 * @param type     of the ring
 * @param capacity in slots
 * @param length   of the file, in bytes
 */
record RingFileHeader(RingType type, int capacity, int length) {

    private static final int PADDED_LENGTH = FaultRingDescriptor.PRODUCER_POSITION_OFFSET;

    /** Read the header of a file that is open and whole. */
    static RingFileHeader read(final Path path, final FileChannel channel) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(PADDED_LENGTH);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            // A read may be short.
        }
        if (header.hasRemaining()) {
            throw new RingFileException(path, "length=" + header.position() + " bytes",
                    "a header of " + PADDED_LENGTH + " and a ring");
        }
        // Magic and version first: other formats and versions have other words in other places.
        checkFormat(path, header);
        checkChecksum(path, header);
        final RingFileHeader result = checkRing(path, header);
        checkState(path, LittleEndian.getInt(header, RingFileDescriptor.STATE_OFFSET));
        if (channel.size() != result.length) {
            throw new RingFileException(path, "length=" + channel.size() + " bytes",
                    result.length + ", as its header says");
        }
        return result;
    }

    private static void checkFormat(final Path path, final ByteBuffer header) throws RingFileException {
        final long magic = LittleEndian.getLong(header, RingFileDescriptor.MAGIC_OFFSET);
        if (magic == Long.reverseBytes(RingFileDescriptor.MAGIC)) {
            throw new RingFileException(path, "byte order is big-endian", "little-endian");
        }
        if (magic != RingFileDescriptor.MAGIC) {
            throw new RingFileException(path, "magic=" + hex(magic), hex(RingFileDescriptor.MAGIC) + ", a ring file");
        }
        final int version = LittleEndian.getInt(header, RingFileDescriptor.VERSION_OFFSET);
        if (version != RingFileDescriptor.VERSION) {
            throw new RingFileException(path, "version=" + Integer.toUnsignedString(version),
                    String.valueOf(RingFileDescriptor.VERSION));
        }
    }

    private static void checkChecksum(final Path path, final ByteBuffer header) throws RingFileException {
        final int checksum = LittleEndian.getInt(header, RingFileDescriptor.CHECKSUM_OFFSET);
        final int expected = RingFileDescriptor.checksum(header);
        if (checksum != expected) {
            throw new RingFileException(path, "checksum=" + hex(checksum),
                    hex(expected) + "; the header is damaged");
        }
    }

    /** A right checksum says only that somebody meant it. */
    private static RingFileHeader checkRing(final Path path, final ByteBuffer header) throws RingFileException {
        final int code = LittleEndian.getInt(header, RingFileDescriptor.TYPE_OFFSET);
        final RingType type = RingType.ofCode(code);
        if (type == null) {
            throw new RingFileException(path, "type=" + code,
                    RingType.ONE_TO_ONE.code() + " or " + RingType.MANY_TO_ONE.code());
        }
        final int capacity = LittleEndian.getInt(header, RingFileDescriptor.CAPACITY_OFFSET);
        if (Integer.bitCount(capacity) != 1 || capacity < 1 || capacity > FaultRingDescriptor.MAX_CAPACITY) {
            throw new RingFileException(path, "capacity=" + capacity,
                    "a power of two, 1.." + FaultRingDescriptor.MAX_CAPACITY);
        }
        final int slotLength = LittleEndian.getInt(header, RingFileDescriptor.SLOT_LENGTH_OFFSET);
        if (slotLength != FaultRingDescriptor.SLOT_LENGTH_BYTES) {
            throw new RingFileException(path, "slotLength=" + slotLength,
                    String.valueOf(FaultRingDescriptor.SLOT_LENGTH_BYTES));
        }
        final long length = LittleEndian.getLong(header, RingFileDescriptor.FILE_LENGTH_OFFSET);
        final int needed = FaultRingDescriptor.lengthBytes(capacity);
        if (length != needed) {
            throw new RingFileException(path, "fileLength=" + length, needed + " for capacity " + capacity);
        }
        return new RingFileHeader(type, capacity, needed);
    }

    static void checkState(final Path path, final int state) throws RingFileException {
        switch (state) {
            case RingFileDescriptor.OPEN -> {
                // As it has to be.
            }
            case RingFileDescriptor.BEING_MADE -> throw new RingFileException(path, "the file is still being made",
                    "open; try later, or delete it if its maker is dead");
            case RingFileDescriptor.CLOSED -> throw new RingFileException(path, "the file is closed", "open");
            default -> throw new RingFileException(path, "state=" + hex(state),
                    hex(RingFileDescriptor.OPEN) + "; the header is damaged");
        }
    }

    /** Positions no ring can have, whatever its threads do meanwhile. */
    static void checkPositions(final Path path, final ByteBuffer buffer, final RingType type, final int capacity)
            throws RingFileException {
        // Acquire, paired with the releases in the rings: read in this order, the consumer's position is at first not
        // past the producer's, and at last not more than the capacity behind it.
        final long before = LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
        final long produced = LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
        final long after = LittleEndian.getLongAcquire(buffer, FaultRingDescriptor.CONSUMER_POSITION_OFFSET);
        if (type == RingType.ONE_TO_ONE) {
            if (before < 0 || produced != 0) {
                throw new RingFileException(path, "producerPosition=" + produced + ", consumerPosition=" + before,
                        "a producer's of 0, since one producer keeps its own, and a consumer's of at least 0");
            }
        } else if (before < 0 || produced < before || produced - after > capacity) {
            throw new RingFileException(path, "producerPosition=" + produced + ", consumerPosition=" + before,
                    "0 <= consumer's <= producer's <= consumer's + " + capacity);
        }
    }

    private static String hex(final long value) {
        return String.format("0x%016x", value);
    }

    private static String hex(final int value) {
        return String.format("0x%08x", value);
    }
}
