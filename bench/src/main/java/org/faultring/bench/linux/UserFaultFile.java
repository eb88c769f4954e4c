/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

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
 * Page faults of memory, by userfaultfd. A read of this file makes one read(2) and turns what came into records, whose
 * cookie is the number of the page, from 1; a write makes an ioctl for each answer. Success puts a page of zeros there,
 * by {@code UFFDIO_ZEROPAGE} or {@code UFFDIO_COPY}; Invalid copies a page that starts with {@link #REFUSED}, since the
 * kernel knows no refusal that leaves the process alive. No call allocates but {@link #register}.
 *
 * <p>As on a fault file a length that is no whole record is -{@link Errno#ESPIPE}, and a write stops before an answer
 * with another code or with a cookie that is not out: -{@link Errno#EINVAL} if it is the first.
 *
 * <p>Closing lets everybody go on who waits, with a page of zeros, as the kernel does when the process ends in any way.
 */
public final class UserFaultFile implements DescriptorFile {

    /** Most records of one read. */
    public static final int MOST_PER_READ = 256;

    /** How a page is put there. */
    public enum Resolution {
        /** The kernel's page of zeros. */
        ZERO_PAGE,
        /** A page of its own, copied. */
        COPY
    }

    /** First 8 bytes of a page that stands for a refusal. */
    static final long REFUSED = 0xBADC_0FFE_E0DD_F00DL;

    private static final FileShape SHAPE = new FileShape(PageFaultFlyweight.LENGTH_BYTES,
            PageResponseFlyweight.LENGTH_BYTES, EmptyRead.RETURNS_EAGAIN, PostedRead.PARKS, Answer.IOCTL);

    private final Syscalls calls = new Syscalls();
    private final UserFaultCalls faults = new UserFaultCalls();
    private final NativeBuffers buffers = new NativeBuffers();
    private final MemorySegment messages = Arena.ofAuto().allocate(MOST_PER_READ * UserFaultCalls.MESSAGE_BYTES,
            Long.BYTES);
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private final UserFaultMemory memory;
    private final Resolution resolution;
    private final Runnable atClose;
    private int descriptor;
    /** By page: a fault that was read and not answered. */
    private final boolean[] isOut;
    private volatile long answered;
    private volatile long repeated;

    /** A descriptor, closed in the end, and the memory that is registered; the action is run before closing. */
    UserFaultFile(final int descriptor, final UserFaultMemory memory, final Resolution resolution,
            final Runnable atClose) {
        this.descriptor = descriptor;
        this.memory = memory;
        this.resolution = resolution;
        this.atClose = atClose;
        isOut = new boolean[memory.pages()];
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public int register(final ByteBuffer buffer) {
        return buffers.register(buffer);
    }

    /**
     * Read faults; at most {@value #MOST_PER_READ}.
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
        if (wanted == 0 && descriptor >= 0) {
            return 0;
        }
        final long bytes = calls.read(descriptor, messages.address(), (long) wanted * UserFaultCalls.MESSAGE_BYTES);
        if (bytes < 0) {
            return (int) bytes;
        }
        int end = offset;
        for (long at = 0; at < bytes; at += UserFaultCalls.MESSAGE_BYTES) {
            end += toRecord(at, target, end);
        }
        return end == offset ? -Errno.EAGAIN : end - offset;
    }

    /** Bytes written: a record, or 0 for a message that is not a new fault. */
    private int toRecord(final long at, final ByteBuffer target, final int offset) {
        if (!UserFaultCalls.isPageFault(messages, at)) {
            return 0;
        }
        final long address = UserFaultCalls.address(messages, at);
        final int page = memory.pageOf(address);
        if (isOut[page]) {
            // A signal took the thread out of its wait; it came back to the same page, which one answer serves.
            repeated = repeated + 1;
            return 0;
        }
        isOut[page] = true;
        record.wrap(target, offset).set(PageFaultFlyweight.LAST_PAGE, FaultSource.DEVICE_ID, 0,
                memory.threadOf(page), UserFaultCalls.isWrite(messages, at) ? PageFaultFlyweight.WRITE
                        : PageFaultFlyweight.READ,
                address, page + 1);
        return PageFaultFlyweight.LENGTH_BYTES;
    }

    /**
     * Answer faults.
     *
     * @throws IndexOutOfBoundsException if the bytes are not all within a registered buffer
     */
    @Override
    public int write(final int buffer, final int offset, final int length) {
        final ByteBuffer source = buffers.buffer(buffer, offset, length);
        if (length % PageResponseFlyweight.LENGTH_BYTES != 0) {
            return -Errno.ESPIPE;
        }
        if (descriptor < 0) {
            return -Errno.EBADF;
        }
        int result = 0;
        int done = 0;
        int again = 0;
        while (done < length && result >= 0) {
            response.wrap(source, offset + done);
            result = answer(response.cookie(), response.code());
            if (result == -Errno.EEXIST) {
                result = 0;
                again++;
            }
            done += result < 0 ? 0 : PageResponseFlyweight.LENGTH_BYTES;
        }
        answered = answered + done / PageResponseFlyweight.LENGTH_BYTES - again;
        return done > 0 ? done : result;
    }

    private int answer(final int cookie, final int code) {
        final int page = cookie - 1;
        if (!PageResponseFlyweight.isUserCode(code) || page < 0 || page >= isOut.length || !isOut[page]) {
            return -Errno.EINVAL;
        }
        int result;
        do {
            // EAGAIN: the process maps something at this moment.
            result = resolve(memory.address(page), code);
        } while (result == -Errno.EAGAIN);
        isOut[page] = result < 0 && result != -Errno.EEXIST;
        if (result == -Errno.EEXIST) {
            // The fault came again after its answer: the page is there, and nobody waits for more than a wake.
            repeated = repeated + 1;
            faults.wake(descriptor, memory.address(page), memory.pageBytes());
        }
        return result;
    }

    private int resolve(final long address, final int code) {
        if (code != PageResponseFlyweight.SUCCESS) {
            return faults.copy(descriptor, address, memory.refusedPage(), memory.pageBytes());
        }
        return resolution == Resolution.ZERO_PAGE ? faults.zeroPage(descriptor, address, memory.pageBytes())
                : faults.copy(descriptor, address, memory.emptyPage(), memory.pageBytes());
    }

    @Override
    public int ready() {
        return descriptor < 0 ? 0 : Math.max(0, calls.poll(descriptor, READABLE, 0)) & READABLE | WRITABLE;
    }

    @Override
    public FileShape shape() {
        return SHAPE;
    }

    /** Answers that ended a fault. */
    long answered() {
        return answered;
    }

    /**
     * Messages of faults that were known already: a signal made a thread fault again.
     *
     * @return a number of messages
     */
    public long repeated() {
        return repeated;
    }

    @Override
    public synchronized void close() {
        if (descriptor < 0) {
            return;
        }
        atClose.run();
        final int closing = descriptor;
        descriptor = -1;
        // The end of the file gives the memory back to the kernel, which puts pages of zeros there.
        calls.close(closing);
        Arrays.fill(isOut, false);
    }
}
