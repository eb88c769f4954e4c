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
public final class FanotifyFaultFile extends ConvertingFaultFile {

    private static final FileShape SHAPE = new FileShape(PageFaultFlyweight.LENGTH_BYTES,
            PageResponseFlyweight.LENGTH_BYTES, EmptyRead.RETURNS_EAGAIN, PostedRead.RETRIES, Answer.WRITE);

    private final MemorySegment answer = Arena.ofAuto().allocate(FanotifyCalls.RESPONSE_BYTES, Long.BYTES);
    private final ReadingThreads threads;
    /** By descriptor: an event that was read and not answered. */
    private boolean[] isOut = new boolean[64];
    private volatile long foreign;

    /** A group's descriptor, closed in the end, and who raises; the action is run before closing. */
    FanotifyFaultFile(final int group, final ReadingThreads threads, final Runnable atClose) {
        super(group, FanotifyCalls.EVENT_BYTES, SHAPE, atClose);
        this.threads = threads;
    }

    @Override
    int toRecord(final long at, final ByteBuffer target, final int offset) {
        final int descriptor = messages.get(JAVA_INT, at + FanotifyCalls.EVENT_FD_OFFSET);
        final long mask = messages.get(JAVA_LONG, at + FanotifyCalls.EVENT_MASK_OFFSET);
        if (descriptor < 0 || (mask & FanotifyCalls.FAN_ACCESS_PERM) == 0) {
            return 0;
        }
        final int thread = threads.numberOf(messages.get(JAVA_INT, at + FanotifyCalls.EVENT_PID_OFFSET));
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

    @Override
    int answer(final int cookie, final int code) {
        if (!PageResponseFlyweight.isUserCode(code) || cookie < 0 || cookie >= isOut.length || !isOut[cookie]) {
            return -Errno.EINVAL;
        }
        isOut[cookie] = false;
        final int written = give(cookie,
                code == PageResponseFlyweight.SUCCESS ? FanotifyCalls.FAN_ALLOW : FanotifyCalls.FAN_DENY);
        return Math.min(written, 1);
    }

    /** The event is known by its descriptor, which therefore is closed after the answer only. */
    private int give(final int descriptor, final int code) {
        answer.set(JAVA_INT, 0, descriptor);
        answer.set(JAVA_INT, FanotifyCalls.RESPONSE_CODE_OFFSET, code);
        final int written = (int) calls.write(descriptor(), answer.address(), FanotifyCalls.RESPONSE_BYTES);
        calls.close(descriptor);
        return written;
    }

    /**
     * Events of threads that are not the source's, allowed at once.
     *
     * @return a number of events
     */
    public long foreign() {
        return foreign;
    }

    /** The end of the group allows what is out and what was not read. */
    @Override
    void forget() {
        for (int descriptor = 0; descriptor < isOut.length; descriptor++) {
            if (isOut[descriptor]) {
                isOut[descriptor] = false;
                calls.close(descriptor);
            }
        }
    }
}
