/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

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
public final class UserFaultFile extends ConvertingFaultFile {

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

    private final UserFaultCalls faults = new UserFaultCalls();
    private final UserFaultMemory memory;
    private final Resolution resolution;
    /** By page: a fault that was read and not answered. */
    private final boolean[] isOut;
    private volatile long repeated;

    /** A descriptor, closed in the end, and the memory that is registered; the action is run before closing. */
    UserFaultFile(final int descriptor, final UserFaultMemory memory, final Resolution resolution,
            final Runnable atClose) {
        super(descriptor, UserFaultCalls.MESSAGE_BYTES, SHAPE, atClose);
        this.memory = memory;
        this.resolution = resolution;
        isOut = new boolean[memory.pages()];
    }

    @Override
    int toRecord(final long at, final ByteBuffer target, final int offset) {
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

    @Override
    int answer(final int cookie, final int code) {
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
            faults.wake(descriptor(), memory.address(page), memory.pageBytes());
            return 0;
        }
        return result < 0 ? result : 1;
    }

    private int resolve(final long address, final int code) {
        if (code != PageResponseFlyweight.SUCCESS) {
            return faults.copy(descriptor(), address, memory.refusedPage(), memory.pageBytes());
        }
        return resolution == Resolution.ZERO_PAGE ? faults.zeroPage(descriptor(), address, memory.pageBytes())
                : faults.copy(descriptor(), address, memory.emptyPage(), memory.pageBytes());
    }

    /**
     * Messages of faults that were known already: a signal made a thread fault again.
     *
     * @return a number of messages
     */
    public long repeated() {
        return repeated;
    }

    /** The end of the file gives the memory back to the kernel, which puts pages of zeros there. */
    @Override
    void forget() {
        Arrays.fill(isOut, false);
    }
}
