/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.FileShape.Answer;
import org.faultring.ring.file.FileShape.EmptyRead;
import org.faultring.ring.file.FileShape.PostedRead;

/**
 * Permission events of fanotify as faults: a thread waits in read(2) until its event is answered by a write to the same
 * file. A read of this file makes one read(2) and turns what came into records; a write makes a write(2) for each
 * answer, since fanotify takes one at a time, and a close(2) of the descriptor that came with the event, whose number
 * is the cookie. Success allows, Invalid denies. No call allocates but {@link #register}, and {@link #write} when
 * descriptors get a larger number than before.
 *
 * <p>As on a fault file a length that is no whole record is -{@link Errno#ESPIPE}, and a write stops before an answer
 * with another code or with a cookie that is not out: -{@link Errno#EINVAL} if it is the first.
 *
 * <p>Closing lets everybody go on who waits, as the kernel does when the process ends in any way.
 */
public final class FanotifyFaultFile implements DescriptorFile {

    /** Most records of one read. */
    public static final int MOST_PER_READ = 256;

    private static final FileShape SHAPE = new FileShape(PageFaultFlyweight.LENGTH_BYTES,
            PageResponseFlyweight.LENGTH_BYTES, EmptyRead.RETURNS_EAGAIN, PostedRead.RETRIES, Answer.WRITE);

    private final Syscalls calls = new Syscalls();
    private final NativeBuffers buffers = new NativeBuffers();
    private final MemorySegment events = Arena.ofAuto().allocate(MOST_PER_READ * FanotifyCalls.EVENT_BYTES, Long.BYTES);
    private final MemorySegment answer = Arena.ofAuto().allocate(FanotifyCalls.RESPONSE_BYTES, Long.BYTES);
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private final ReadingThreads threads;
    private final Runnable atClose;
    private int group;
    /** By descriptor: an event that was read and not answered. */
    private boolean[] isOut = new boolean[64];
    private volatile long answered;
    private volatile long foreign;

    /** A group's descriptor, closed in the end, and who raises; the action is run before closing. */
    FanotifyFaultFile(final int group, final ReadingThreads threads, final Runnable atClose) {
        this.group = group;
        this.threads = threads;
        this.atClose = atClose;
    }

    @Override
    public int descriptor() {
        return group;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    /**
     * Read events; at most {@value #MOST_PER_READ}.
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int read(final int buffer, final int offset, final int length) {
        final ByteBuffer target = buffers.buffer(buffer, offset, length);
        if (length % PageFaultFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        final int wanted = Math.min(length / PageFaultFlyweight.LENGTH_BYTES, MOST_PER_READ);
        if (wanted == 0 && group >= 0) {
            return 0;
        }
        final long bytes = calls.read(group, events.address(), (long) wanted * FanotifyCalls.EVENT_BYTES);
        if (bytes < 0) {
            return (int) bytes;
        }
        int end = offset;
        for (long at = 0; at < bytes; at += FanotifyCalls.EVENT_BYTES) {
            end += toRecord(at, target, end);
        }
        return end == offset ? -Errno.EAGAIN : end - offset;
    }

    /** Bytes written: a record, or 0 for an event that is not a fault. */
    private int toRecord(final long at, final ByteBuffer target, final int offset) {
        final int descriptor = events.get(JAVA_INT, at + FanotifyCalls.EVENT_FD_OFFSET);
        final long mask = events.get(JAVA_LONG, at + FanotifyCalls.EVENT_MASK_OFFSET);
        if (descriptor < 0 || (mask & FanotifyCalls.FAN_ACCESS_PERM) == 0) {
            return 0;
        }
        final int thread = threads.numberOf(events.get(JAVA_INT, at + FanotifyCalls.EVENT_PID_OFFSET));
        if (thread < 0) {
            // Not one of ours: somebody else found the file, and must not wait for a handler.
            foreign = foreign + 1;
            give(descriptor, FanotifyCalls.FAN_ALLOW);
            return 0;
        }
        if (descriptor >= isOut.length) {
            isOut = Arrays.copyOf(isOut, Math.max(descriptor + 1, 2 * isOut.length));
        }
        isOut[descriptor] = true;
        record.wrap(target, offset).set(PageFaultFlyweight.LAST_PAGE, FaultSource.DEVICE_ID, 0, thread,
                PageFaultFlyweight.READ, threads.addressOf(thread), descriptor);
        return PageFaultFlyweight.LENGTH_BYTES;
    }

    /**
     * Answer events.
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int write(final int buffer, final int offset, final int length) {
        final ByteBuffer source = buffers.buffer(buffer, offset, length);
        if (length % PageResponseFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        if (group < 0) {
            return -Errno.EBADF;
        }
        int result = 0;
        int done = 0;
        while (done < length && result >= 0) {
            response.wrap(source, offset + done);
            result = answer(response.cookie(), response.code());
            done += result < 0 ? 0 : PageResponseFlyweight.LENGTH_BYTES;
        }
        answered = answered + done / PageResponseFlyweight.LENGTH_BYTES;
        return done > 0 ? done : result;
    }

    private int answer(final int cookie, final int code) {
        if (!PageResponseFlyweight.isUserCode(code) || cookie < 0 || cookie >= isOut.length || !isOut[cookie]) {
            return -Errno.EINVAL;
        }
        isOut[cookie] = false;
        return give(cookie, code == PageResponseFlyweight.SUCCESS ? FanotifyCalls.FAN_ALLOW : FanotifyCalls.FAN_DENY);
    }

    /** The event is known by its descriptor, which therefore is closed after the answer only. */
    private int give(final int descriptor, final int code) {
        answer.set(JAVA_INT, 0, descriptor);
        answer.set(JAVA_INT, FanotifyCalls.RESPONSE_CODE_OFFSET, code);
        final int written = (int) calls.write(group, answer.address(), FanotifyCalls.RESPONSE_BYTES);
        calls.close(descriptor);
        return written;
    }

    @Override
    public int ready() {
        return group < 0 ? 0 : Math.max(0, calls.poll(group, READABLE, 0)) & READABLE | WRITABLE;
    }

    @Override
    public FileShape shape() {
        return SHAPE;
    }

    /** Answers taken. */
    long answered() {
        return answered;
    }

    /**
     * Events of threads that are not the source's, allowed at once.
     *
     * @return a number of events
     */
    public long foreign() {
        return foreign;
    }

    @Override
    public synchronized void close() {
        if (group < 0) {
            return;
        }
        atClose.run();
        final int closing = group;
        group = -1;
        // The end of the group allows what is out and what was not read.
        calls.close(closing);
        for (int descriptor = 0; descriptor < isOut.length; descriptor++) {
            if (isOut[descriptor]) {
                isOut[descriptor] = false;
                calls.close(descriptor);
            }
        }
    }
}
