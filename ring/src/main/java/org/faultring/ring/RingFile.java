/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The memory of a ring in a mapped file, so that producers and consumer may live in different processes.
 *
 * <pre>{@code
 * // one process                                                  // another one
 * RingFile file = RingFile.create(path, ONE_TO_ONE, 1024);        RingFile file = RingFile.attach(path);
 * FaultRing ring = new OneToOneFaultRing(file);                   FaultRing ring = new OneToOneFaultRing(file);
 * }</pre>
 *
 * <p>Either process may produce, and either may create. The processes may run on different Java versions; what they
 * share is drawn in {@link RingFileDescriptor} and {@link FaultRingDescriptor}. A file on a memory file system
 * ({@code /dev/shm} on Linux) never touches a disk.
 *
 * <p>A ring object takes its positions from the file when it is made, so a producer or consumer that died can have a
 * successor: attach, make a ring, go on. The assumptions of {@link FaultRing} hold across processes: the numbers of
 * producers and consumers are those of all processes together, and a predecessor is dead before its successor begins.
 * A dead producer's claim stops the consumer until {@link FaultRing#unblock()}. A dead consumer's successor gets once
 * more what the dead one took in the poll that it died in, as far as it had not told the producers yet.
 *
 * <p>A file appears under its name at once, but can be attached to only when it is whole: its state is stored last. A
 * maker that dies before leaves a file that every {@link #attach} refuses, to be deleted. All bytes of the file are
 * written when it is created, so a full disk ends that call and not a later access to the memory. Shortening the file
 * while it is mapped breaks every process that has it mapped.
 *
 * <p>Thread-safe; an object of this class may be shared by all rings of a process. The memory is unmapped by the
 * collector, when neither this object nor a ring or buffer of it is in use.
 */
public final class RingFile implements AutoCloseable {

    private static final int ZEROS_LENGTH_BYTES = 1 << 16;

    private final Path path;
    private final RingType type;
    private final int capacity;
    private final ByteBuffer buffer;

    private RingFile(final Path path, final RingType type, final int capacity, final ByteBuffer buffer) {
        this.path = path;
        this.type = type;
        this.capacity = capacity;
        this.buffer = buffer;
    }

    /**
     * Make a file with an empty ring.
     *
     * @param path     of the file, which must not exist
     * @param type     of the ring
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @return the open file
     * @throws IOException if the file exists ({@link java.nio.file.FileAlreadyExistsException}) or cannot be written
     *                     whole, as on a full disk; then it is deleted again
     */
    public static RingFile create(final Path path, final RingType type, final int capacity) throws IOException {
        final int length = FaultRingDescriptor.lengthBytes(capacity);
        final ByteBuffer header = ByteBuffer.allocateDirect(FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
        RingFileDescriptor.write(header, type, capacity);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new RingFile(path, type, capacity, fill(channel, path, header, length)).open();
        }
    }

    /** Write a file that is being made, and map it. */
    static ByteBuffer fill(final FileChannel channel, final Path path, final ByteBuffer header,
            final int length) throws IOException {
        boolean filled = false;
        try {
            write(channel, header);
            final ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(length, ZEROS_LENGTH_BYTES));
            while (channel.position() < length) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), length - channel.position()));
                write(channel, zeros);
            }
            // Some file systems find out only now that they are full.
            channel.force(true);
            final ByteBuffer buffer = map(channel, length);
            filled = true;
            return buffer;
        } finally {
            if (!filled) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void write(final FileChannel channel, final ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    /** Offset 0 is on a page, so that every word and slot is aligned as {@link RingMemory} would do it. */
    static ByteBuffer map(final FileChannel channel, final int length) throws IOException {
        return channel.map(MapMode.READ_WRITE, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private RingFile open() {
        // Release, paired with the acquire in state(): who finds the file open finds it filled.
        LittleEndian.putIntRelease(buffer, RingFileDescriptor.STATE_OFFSET, RingFileDescriptor.OPEN);
        return this;
    }

    /**
     * Map a file that another process, or this one, has made.
     *
     * @param path of the file
     * @return the open file
     * @throws RingFileException if the file is no ring file, one of another version or byte order, damaged, cut, not
     *                           yet open or already closed
     * @throws IOException       if the file cannot be opened for reading and writing, or not be mapped
     */
    public static RingFile attach(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Read, not mapped: an access to the memory of a file that is too short would be an error of the JVM.
            final RingFileHeader header = RingFileHeader.read(path, channel);
            final ByteBuffer buffer = map(channel, header.length());
            final RingFile file = new RingFile(path, header.type(), header.capacity(), buffer);
            // Once more, with the acquire that a read of the file is not.
            RingFileHeader.checkState(path, file.state());
            RingFileHeader.checkPositions(path, buffer, header.type(), header.capacity());
            return file;
        }
    }

    /**
     * Where the file is.
     *
     * @return the path given to {@link #create} or {@link #attach}
     */
    public Path path() {
        return path;
    }

    /**
     * Kind of ring in the file.
     *
     * @return says which class to make of the file
     */
    public RingType type() {
        return type;
    }

    /**
     * Slots of the ring.
     *
     * @return a power of two
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The whole mapped file, header included, laid out as {@link FaultRingDescriptor} draws it.
     *
     * @return a little-endian buffer, shared by all callers
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** The memory for a ring of a type. */
    ByteBuffer bufferFor(final RingType ring) {
        if (ring != type) {
            throw new IllegalArgumentException("type=" + type + " of " + path + " (expected: " + ring + ")");
        }
        return buffer;
    }

    /**
     * Whether a process has closed the file. What that process did to the ring before is seen by who gets true: a
     * consumer that polls until there is nothing left, after it got true, leaves nothing behind.
     *
     * @return true from then on
     */
    public boolean isClosed() {
        return state() != RingFileDescriptor.OPEN;
    }

    private int state() {
        // Acquire, paired with the release in open() and close(): what the other process did to the ring before is read
        // after the state.
        return LittleEndian.getIntAcquire(buffer, RingFileDescriptor.STATE_OFFSET);
    }

    /**
     * Mark the file closed, for all processes: nobody can attach any more. The ring itself stays as usable as it was.
     * The file stays on disk. Calling it again, or in several processes, changes nothing.
     */
    @Override
    public void close() {
        // Release, paired with the acquire in state(): what we did to the ring does not move behind it.
        LittleEndian.putIntRelease(buffer, RingFileDescriptor.STATE_OFFSET, RingFileDescriptor.CLOSED);
    }

    /**
     * For logs.
     *
     * @return path, type and capacity
     */
    @Override
    public String toString() {
        return path + " (" + type + ", capacity=" + capacity + ")";
    }
}
