/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that two processes map, a device and a handler: faults go one way through a {@link OneToOneFaultRing}, answers
 * the other way through a {@link OneToOneResponseRing}. Either may be Java 17 or later, or C with {@code faultring.h};
 * either may create, and they come and go in any order.
 *
 * <pre>{@code
 * MappedDevice device = MappedRing.create(path, 1024).device(System.nanoTime(), STALE_NANOS);
 * // another process
 * MappedHandler handler = MappedRing.attach(path).handler(System.nanoTime(), STALE_NANOS);
 * }</pre>
 *
 * <p>A side is held by one owner at a time, which shows that it lives by {@code heartbeat}. Both sides must give values
 * of one clock: on Linux {@code System.nanoTime()} is {@code CLOCK_MONOTONIC}, as it is in C. Whoever attaches to a
 * side whose owner has been silent for as long as it says takes the side over, and repairs what the owner has left.
 *
 * <p>The other process is not trusted: nothing that stands in the file is used as an address or as a bound of a loop
 * without a check against what this process knows itself. Who may open the file can however shorten it: then a thread
 * that works on it gets an {@link InternalError}, and {@link MappedSide#isCut} says why, see docs/embedding.md.
 *
 * <p>Thread-safe. The memory is unmapped by the collector.
 */
public final class MappedRing {

    private final Path path;
    private final int capacity;
    private final ByteBuffer buffer;
    private final AtomicInteger cuts = new AtomicInteger();

    private MappedRing(final Path path, final int capacity, final ByteBuffer buffer) {
        this.path = path;
        this.capacity = capacity;
        this.buffer = buffer;
    }

    /**
     * Make a file with empty rings.
     *
     * @param path     of the file, which must not exist
     * @param capacity in slots, a power of two, 1..{@link FaultRingDescriptor#MAX_CAPACITY}
     * @return the open file
     * @throws IOException if the file exists or cannot be written whole; then it is deleted again
     */
    public static MappedRing create(final Path path, final int capacity) throws IOException {
        final int length = MappedRingDescriptor.lengthBytes(capacity);
        final ByteBuffer header = ByteBuffer.allocateDirect(MappedRingDescriptor.DEVICE_BLOCK);
        MappedRingDescriptor.write(header, capacity);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = RingFile.fill(channel, path, header, length);
            // Release, paired with the acquire in attach(): who finds the file open finds it filled.
            LittleEndian.putIntRelease(buffer, MappedRingDescriptor.STATE_OFFSET, MappedRingDescriptor.OPEN);
            return new MappedRing(path, capacity, buffer);
        }
    }

    /**
     * Map a file that another process, or this one, has made.
     *
     * @param path of the file
     * @return the open file
     * @throws RingFileException if the file is no such file, one of another version, damaged, cut or not yet open
     * @throws IOException       if the file cannot be opened for reading and writing, or not be mapped
     */
    public static MappedRing attach(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Read, not mapped: an access to the memory of a file that is too short would be an error of the JVM.
            final int capacity = MappedRingHeader.readCapacity(path, channel);
            final ByteBuffer buffer = RingFile.map(channel, MappedRingDescriptor.lengthBytes(capacity));
            // Acquire, paired with the release in create().
            MappedRingHeader.checkState(path,
                    LittleEndian.getIntAcquire(buffer, MappedRingDescriptor.STATE_OFFSET));
            return new MappedRing(path, capacity, buffer);
        }
    }

    /**
     * Take the device's side.
     *
     * @param nowNanos   value of the clock
     * @param staleNanos silence after which an owner is taken for dead, at least 1
     * @return the device, which goes on where its predecessor ended
     * @throws RingFileException if another owner holds the side and gave a sign of life, or the ring is damaged
     */
    public MappedDevice device(final long nowNanos, final long staleNanos) throws RingFileException {
        final MappedRole role = new MappedRole(buffer, MappedRingDescriptor.DEVICE_BLOCK);
        take(role, "device", nowNanos, staleNanos);
        final MappedDevice device = new MappedDevice(this, role);
        checkPosition(role, device.nextPosition());
        return device;
    }

    /**
     * Take the handler's side.
     *
     * @param nowNanos   value of the clock
     * @param staleNanos silence after which an owner is taken for dead, at least 1
     * @return the handler, which goes on where its predecessor ended
     * @throws RingFileException if another owner holds the side and gave a sign of life, or the ring is damaged
     */
    public MappedHandler handler(final long nowNanos, final long staleNanos) throws RingFileException {
        final MappedRole role = new MappedRole(buffer, MappedRingDescriptor.HANDLER_BLOCK);
        take(role, "handler", nowNanos, staleNanos);
        final MappedHandler handler = new MappedHandler(this, role);
        checkPosition(role, handler.donePosition());
        return handler;
    }

    private void take(final MappedRole role, final String name, final long nowNanos, final long staleNanos)
            throws RingFileException {
        if (!role.take(nowNanos, Checks.range("staleNanos", staleNanos, 1, Long.MAX_VALUE))) {
            throw new RingFileException(path, "the " + name + "'s side is held",
                    "free, or without a heartbeat for " + staleNanos + " ns");
        }
    }

    /** No ring can have come to a position below 0. */
    private void checkPosition(final MappedRole role, final long position) throws RingFileException {
        if (position < 0) {
            role.leave();
            throw new RingFileException(path, "position=" + position, "at least 0");
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
     * Slots of the fault ring.
     *
     * @return a power of two
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The whole mapped file, laid out as {@link MappedRingDescriptor} draws it.
     *
     * @return a little-endian buffer, shared by all callers
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * How often somebody was found to have shortened the file, see {@link MappedSide#isCut}.
     *
     * @return at most once for each side that was taken through this object; 0 while all is well
     */
    public int cuts() {
        return cuts.get();
    }

    /** For a side that finds the file cut, once. */
    void countCut() {
        cuts.incrementAndGet();
    }

    /**
     * By the length of what has the path, so that mostly no access fails that has not failed yet; then by the last
     * word, since the path may be gone or be another file's.
     */
    boolean isCut() {
        try {
            return Files.size(path) < buffer.capacity() || isLastWordGone();
        } catch (final InternalError late) {
            // Compiled code tells of a failed access only where it leaves for the JVM, as it did just now.
            return true;
        } catch (final IOException nameless) {
            return isLastWordGone();
        }
    }

    private boolean isLastWordGone() {
        try {
            LittleEndian.getLongAcquire(buffer, buffer.capacity() - Long.BYTES);
            Files.exists(path);
            return false;
        } catch (final InternalError missing) {
            return true;
        }
    }

    OneToOneFaultRing faultRing() {
        return new OneToOneFaultRing(buffer.slice(MappedRingDescriptor.FAULT_RING,
                FaultRingDescriptor.lengthBytes(capacity)), capacity);
    }

    OneToOneResponseRing responseRing() {
        final int offset = MappedRingDescriptor.responseRing(capacity);
        return new OneToOneResponseRing(buffer.slice(offset, buffer.capacity() - offset),
                MappedRingDescriptor.answerLines(capacity));
    }

    /**
     * For logs.
     *
     * @return path and capacity
     */
    @Override
    public String toString() {
        return path + " (capacity=" + capacity + ")";
    }
}
