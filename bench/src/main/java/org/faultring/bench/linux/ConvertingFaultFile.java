/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;

/**
 * A file whose messages are not records of faults: a read turns what the kernel gave into records, a write gives each
 * answer in the kernel's own way. Lengths, codes and prefixes are those of a fault file; what a message and an answer
 * are, a subclass says.
 */
abstract class ConvertingFaultFile implements DescriptorFile {

    /** Most records of one read. */
    static final int MOST_PER_READ = 256;

    final Syscalls calls = new Syscalls();
    /** What the last read gave. */
    final MemorySegment messages;
    final PageFaultFlyweight record = new PageFaultFlyweight();
    private final NativeBuffers buffers = new NativeBuffers();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private final FileShape shape;
    private final long messageBytes;
    private final Runnable atClose;
    private int descriptor;
    private volatile long answered;

    /** A descriptor, closed in the end, whose messages have one length; the action is run before closing. */
    ConvertingFaultFile(final int descriptor, final long messageBytes, final FileShape shape, final Runnable atClose) {
        this.descriptor = descriptor;
        this.messageBytes = messageBytes;
        this.shape = shape;
        this.atClose = atClose;
        messages = Arena.ofAuto().allocate(MOST_PER_READ * messageBytes, Long.BYTES);
    }

    /** Turn the message at a place into a record: bytes written, 0 for a message that is not a fault. */
    abstract int toRecord(long at, ByteBuffer target, int offset);

    /** Give an answer: faults that it ended, 0 or 1, or a negated error number if it was not taken. */
    abstract int answer(int cookie, int code);

    /** The descriptor is closed: what is out is out no more. */
    abstract void forget();

    @Override
    public final int descriptor() {
        return descriptor;
    }

    @Override
    public final int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    /**
     * Read faults; at most {@value #MOST_PER_READ}.
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public final int read(final int buffer, final int offset, final int length) {
        final ByteBuffer target = buffers.buffer(buffer, offset, length);
        if (length % PageFaultFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        final int wanted = Math.min(length / PageFaultFlyweight.LENGTH_BYTES, MOST_PER_READ);
        if (wanted == 0 && descriptor >= 0) {
            return 0;
        }
        final long bytes = calls.read(descriptor, messages.address(), wanted * messageBytes);
        if (bytes < 0) {
            return (int) bytes;
        }
        int end = offset;
        for (long at = 0; at < bytes; at += messageBytes) {
            end += toRecord(at, target, end);
        }
        return end == offset ? -Errno.EAGAIN : end - offset;
    }

    /**
     * Answer faults.
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public final int write(final int buffer, final int offset, final int length) {
        final ByteBuffer source = buffers.buffer(buffer, offset, length);
        if (length % PageResponseFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        if (descriptor < 0) {
            return -Errno.EBADF;
        }
        int result = 0;
        int done = 0;
        int ended = 0;
        while (done < length && result >= 0) {
            response.wrap(source, offset + done);
            result = answer(response.cookie(), response.code());
            if (result >= 0) {
                done += PageResponseFlyweight.LENGTH_BYTES;
                ended += result;
            }
        }
        answered = answered + ended;
        return done > 0 ? done : result;
    }

    @Override
    public final int ready() {
        return descriptor < 0 ? 0 : Math.max(0, calls.poll(descriptor, READABLE, 0)) & READABLE | WRITABLE;
    }

    @Override
    public final FileShape shape() {
        return shape;
    }

    /** Faults that an answer ended. */
    final long answered() {
        return answered;
    }

    /** The kernel lets go whoever waits when its file ends. */
    @Override
    public final synchronized void close() {
        if (descriptor < 0) {
            return;
        }
        atClose.run();
        final int closing = descriptor;
        descriptor = -1;
        calls.close(closing);
        forget();
    }
}
