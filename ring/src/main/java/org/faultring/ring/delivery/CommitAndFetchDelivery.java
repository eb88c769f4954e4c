/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

import org.agrona.collections.IntArrayQueue;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.file.Wait;

/**
 * The design {@code commit-and-fetch}: one request gives the answers of a batch and asks for the next, and ends when
 * there is one. So FUSE over io_uring works; iommufd could have it.
 *
 * <p>A group longer than the memory of a request is read and answered by system calls. A request that ended with 0 is
 * posted again, without answers; one whose answers were not all taken, with those that are left.
 *
 * <p>Waits on: completions(ring), the settings say how many and how long. Copies: each record once, to the memory of
 * its request; each answer once. With one request, faults come in the file's order; with more, in the order of
 * completions.
 */
public final class CommitAndFetchDelivery implements Delivery, CompletionHandler {

    private static final int MAX_COMPLETIONS = 4096;

    private final IoRing ring;
    private final int file;
    private final ByteBuffer memory;
    private final int memoryNumber;
    /** Of one request: answers, and behind them records. */
    private final int recordsAt;
    private final int partBytes;
    /** Answers that a request has to give: byte index in its part, and length. */
    private final int[] answersAt;
    private final int[] answersBytes;
    private final IntArrayQueue toPost;
    private final IntPredicate prepare = this::prepare;
    private final GroupHandling handling;
    private final BatchReading longGroups;
    private final CompletionWait wait;
    private final Tally tally;
    private final PageFaultFlyweight record = new PageFaultFlyweight();
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    private boolean isGroupLong;
    private boolean isClosed;
    private int readError;

    /**
     * A delivery over a ring.
     *
     * @param ring     to post to; no one else uses it
     * @param file     to read and write, of the same world
     * @param settings of the requests: reads says how many; the answers of a batch always go together
     * @param context  what handles faults
     */
    public CommitAndFetchDelivery(final IoRing ring, final FaultFile file, final RingSettings settings,
            final HandlerContext context) {
        this.ring = ring;
        this.file = ring.registerFile(file);
        recordsAt = settings.recordsPerRead() * PageResponseFlyweight.LENGTH_BYTES;
        partBytes = recordsAt + settings.recordsPerRead() * PageFaultFlyweight.LENGTH_BYTES;
        memory = RingMemory.allocate(Math.multiplyExact(settings.reads(), partBytes));
        memoryNumber = ring.registerBuffer(memory);
        answersAt = new int[settings.reads()];
        answersBytes = new int[settings.reads()];
        toPost = Numbers.upTo(settings.reads());
        handling = context.handling();
        longGroups = new BatchReading(file, settings.recordsPerRead(), settings.answersPerWrite(), context);
        wait = new CompletionWait(ring, settings, context.clock());
        tally = context.tally();
    }

    @Override
    public int doWork() {
        if (wait.isTooEarly()) {
            return 0;
        }
        int work = ring.forEachCompletion(this, MAX_COMPLETIONS);
        wait.taken();
        if (isGroupLong) {
            isGroupLong = false;
            work += longGroups.readLong();
        }
        if (!isClosed) {
            Posting.postAll(toPost, ring, prepare);
        }
        tally.publish();
        return work;
    }

    @Override
    public void onCompletion(final long userData, final int result, final int flags) {
        if (userData < 0) {
            answersRefused(RequestId.number(~userData), result);
            return;
        }
        final int part = RequestId.number(userData);
        if (result >= 0 || result == -Errno.EINVAL) {
            // The answers have been given, or there was no read.
            answersBytes[part] = 0;
        }
        if (result > 0) {
            readError = 0;
            handle(part, result);
        } else if (result < 0) {
            failed(-result);
        }
        toPost.offerInt(part);
    }

    /** Not all answers were taken, and nothing was read: what is left goes with the request when it is posted again. */
    private void answersRefused(final int part, final int result) {
        int done = Math.max(result, 0);
        if (result <= 0 && result != -Errno.EINTR && result != -Errno.EAGAIN) {
            // The first was refused, its group was answered meanwhile; those behind it are good.
            tally.increment(Counter.ANSWERS_LOST);
            done = PageResponseFlyweight.LENGTH_BYTES;
        }
        answersAt[part] += done;
        answersBytes[part] -= done;
        toPost.offerInt(part);
    }

    private void handle(final int part, final int bytes) {
        final int answers = part * partBytes;
        final int begin = answers + recordsAt;
        int answersEnd = answers;
        for (int at = begin; at < begin + bytes; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(memory, at);
            if (handling.closesGroup(record, handling.rowOf(record))) {
                response.wrap(memory, answersEnd).set(record.cookie(), handling.answer());
                answersEnd += PageResponseFlyweight.LENGTH_BYTES;
            }
        }
        answersAt[part] = 0;
        answersBytes[part] = answersEnd - answers;
        final int records = bytes / PageFaultFlyweight.LENGTH_BYTES;
        tally.add(Counter.RECORDS_COPIED, records + answersBytes[part] / PageResponseFlyweight.LENGTH_BYTES);
        tally.add(Counter.FAULTS_HANDLED, records);
    }

    private void failed(final int errno) {
        if (errno == Errno.EINVAL) {
            isGroupLong = true;
        } else if (errno != Errno.ECANCELED && errno != Errno.EINTR && errno != Errno.EAGAIN) {
            readError = errno;
            isClosed = errno == Errno.EBADF;
            tally.increment(Counter.READS_FAILED);
        }
    }

    private boolean prepare(final int part) {
        final int begin = part * partBytes;
        return ring.prepareCommitAndFetch(file, memoryNumber, begin + answersAt[part], answersBytes[part],
                begin + recordsAt, partBytes - recordsAt, RequestId.of(RequestId.READ, part));
    }

    /**
     * How the last request failed. It left everything as it was, and is posted again unless the file is closed.
     *
     * @return positive error number, see {@link Errno}; 0 if it succeeded
     */
    public int readError() {
        return readError != 0 ? readError : longGroups.readError();
    }

    /**
     * Whether the last read found a group of more than {@link ReadDelivery#MAX_RECORDS_PER_READ} faults, which blocks
     * all behind it until its attachment goes away.
     *
     * @return true if nothing gets through
     */
    public boolean isStuck() {
        return longGroups.isStuck();
    }

    @Override
    public Wait waitingOn() {
        return wait.waitingOn();
    }

    @Override
    public String roleName() {
        return "commit-and-fetch";
    }
}
