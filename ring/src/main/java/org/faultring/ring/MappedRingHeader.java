/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What a {@link MappedRing} file says of itself, every word of it checked. */
final class MappedRingHeader {

    private MappedRingHeader() {}

    /** Capacity of a file that is open and whole. All other words follow from it, and must say so. */
    static int readCapacity(final Path path, final FileChannel channel) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(MappedRingDescriptor.DEVICE_BLOCK);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            // A read may be short.
        }
        if (header.hasRemaining()) {
            throw new RingFileException(path, "length=" + header.position() + " bytes",
                    "a header of " + header.capacity() + " and two rings");
        }
        final long magic = LittleEndian.getLong(header, MappedRingDescriptor.MAGIC_OFFSET);
        if (magic != MappedRingDescriptor.MAGIC) {
            throw new RingFileException(path, String.format("magic=0x%016x", magic),
                    String.format("0x%016x, a mapped ring", MappedRingDescriptor.MAGIC));
        }
        check(path, header, "version", MappedRingDescriptor.VERSION_OFFSET, MappedRingDescriptor.VERSION);
        check(path, header, "checksum", MappedRingDescriptor.CHECKSUM_OFFSET, MappedRingDescriptor.checksum(header));
        final int capacity = LittleEndian.getInt(header, MappedRingDescriptor.CAPACITY_OFFSET);
        // A right checksum says only that somebody meant it.
        if (Integer.bitCount(capacity) != 1 || capacity < 1 || capacity > FaultRingDescriptor.MAX_CAPACITY) {
            throw new RingFileException(path, "capacity=" + capacity,
                    "a power of two, 1.." + FaultRingDescriptor.MAX_CAPACITY);
        }
        check(path, header, "answerLines", MappedRingDescriptor.ANSWER_LINES_OFFSET,
                MappedRingDescriptor.answerLines(capacity));
        check(path, header, "slotLength", MappedRingDescriptor.SLOT_LENGTH_OFFSET,
                FaultRingDescriptor.SLOT_LENGTH_BYTES);
        check(path, header, "faultRing", MappedRingDescriptor.FAULT_RING_OFFSET, MappedRingDescriptor.FAULT_RING);
        check(path, header, "responseRing", MappedRingDescriptor.RESPONSE_RING_OFFSET,
                MappedRingDescriptor.responseRing(capacity));
        final int length = MappedRingDescriptor.lengthBytes(capacity);
        final long said = LittleEndian.getLong(header, MappedRingDescriptor.FILE_LENGTH_OFFSET);
        if (said != length) {
            throw new RingFileException(path, "fileLength=" + said, length + " for capacity " + capacity);
        }
        checkState(path, LittleEndian.getInt(header, MappedRingDescriptor.STATE_OFFSET));
        if (channel.size() != length) {
            throw new RingFileException(path, "length=" + channel.size() + " bytes",
                    length + ", as its header says");
        }
        return capacity;
    }

    private static void check(final Path path, final ByteBuffer header, final String name, final int offset,
            final int expected) throws RingFileException {
        final int found = LittleEndian.getInt(header, offset);
        if (found != expected) {
            throw new RingFileException(path, name + "=" + Integer.toUnsignedString(found),
                    Integer.toUnsignedString(expected));
        }
    }

    static void checkState(final Path path, final int state) throws RingFileException {
        if (state == MappedRingDescriptor.BEING_MADE) {
            throw new RingFileException(path, "the file is still being made",
                    "open; try later, or delete it if its maker is dead");
        }
        if (state != MappedRingDescriptor.OPEN) {
            throw new RingFileException(path, String.format("state=0x%08x", state),
                    String.format("0x%08x; the header is damaged", MappedRingDescriptor.OPEN));
        }
    }
}
