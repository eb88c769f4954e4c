/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.file.Wait;

/**
 * What the designs over an {@link IoRing} with posted writes have in common: completions are taken, what was read is
 * handled in order of completion, answers and reads are posted. Submitting is left to the host's wait, unless the
 * submission queue is full.
 *
 * <p>A read that ends with 0 was spurious and is posted again. A group longer than the memory of a posted read is read
 * by a system call, whose memory grows. After {@link Errno#EBADF} nothing is posted any more. Completions that found
 * their queue full come later; nothing here depends on when.
 */
abstract class RingDelivery implements Delivery, CompletionHandler {

    private static final int MAX_COMPLETIONS = 4096;

    final IoRing ring;
    final int file;
    final ReadParts parts;
    private final PostedAnswers answers;
    private final BatchReading longGroups;
    private final CompletionWait wait;
    private final Tally tally;
    private boolean isGroupLong;
    private boolean isClosed;
    private int readError;

    RingDelivery(final IoRing ring, final FaultFile file, final RingSettings settings, final HandlerContext context) {
        this.ring = ring;
        this.file = ring.registerFile(file);
        answers = new PostedAnswers(ring, this.file, settings, context.tally());
        parts = new ReadParts(ring, settings, answers, context);
        longGroups = new BatchReading(file, settings.recordsPerRead(), settings.answersPerWrite(), context);
        wait = new CompletionWait(ring, settings, context.clock());
        tally = context.tally();
    }

    @Override
    public final int doWork() {
        if (wait.isTooEarly()) {
            return 0;
        }
        int work = ring.forEachCompletion(this, MAX_COMPLETIONS);
        wait.taken();
        work += handleArrived();
        if (isGroupLong) {
            isGroupLong = false;
            work += longGroups.readLong();
        }
        answers.post();
        if (!isClosed) {
            postReads();
        }
        tally.publish();
        return work;
    }

    private int handleArrived() {
        int handled = 0;
        for (int part = parts.handleNext(); part != ReadParts.NONE; part = parts.handleNext()) {
            release(part);
            handled++;
        }
        return handled;
    }

    @Override
    public final void onCompletion(final long userData, final int result, final int flags) {
        final int number = RequestId.number(userData);
        switch (RequestId.kind(userData)) {
            case RequestId.WRITE -> answers.completed(number, result);
            case RequestId.POLL -> onPoll(result);
            default -> onRead(number, result, flags);
        }
    }

    /** A read has ended, or a multishot read has another result. */
    abstract void onRead(int number, int result, int flags);

    /** A wait for the file has ended. */
    void onPoll(final int result) {
        // Most designs have none.
    }

    /** The records of a part have been handled. */
    abstract void release(int part);

    /** Post the reads that are not posted and can be. */
    abstract void postReads();

    /**
     * Keep what a read left in a part.
     *
     * @return false if it left nothing, and the part is free
     */
    final boolean keeps(final int part, final int result) {
        if (result > 0) {
            readError = 0;
            parts.arrived(part, result);
            return true;
        }
        if (result < 0) {
            failed(-result);
        }
        return false;
    }

    private void failed(final int errno) {
        switch (errno) {
            case Errno.EINVAL -> isGroupLong = true;
            // To be posted again, nothing is wrong: buffers come back, a wait before the read was cancelled.
            case Errno.ENOBUFS, Errno.ECANCELED, Errno.EINTR, Errno.EAGAIN -> {
            }
            default -> {
                readError = errno;
                isClosed = errno == Errno.EBADF;
                tally.increment(Counter.READS_FAILED);
            }
        }
    }

    /**
     * How the last read failed. It left everything as it was, and is posted again unless the file is closed.
     *
     * @return positive error number, see {@link Errno}; 0 if it succeeded
     */
    public final int readError() {
        return readError != 0 ? readError : longGroups.readError();
    }

    /**
     * Whether the last read found a group of more than {@link ReadDelivery#MAX_RECORDS_PER_READ} faults, which blocks
     * all behind it until its attachment goes away.
     *
     * @return true if nothing gets through
     */
    public final boolean isStuck() {
        return longGroups.isStuck();
    }

    @Override
    public final Wait waitingOn() {
        return wait.waitingOn();
    }
}
