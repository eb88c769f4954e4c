/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.agrona.BitUtil;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.IoRequest.Operation;

/**
 * io_uring without a kernel (io_uring/io_uring.c, rw.c, poll.c, cancel.c of Linux 7.2), for files of the model. What
 * happens to a request follows the file's shape.
 *
 * <p>On {@link org.faultring.ring.file.FileShape#IOMMUFD_FAULT} opened without {@code O_NONBLOCK} no read or write can
 * be tried in the submitter. A READ waits in a poll; once woken it is tried until its budget of 128 polls is used up,
 * 127 times for nothing, and then goes to the {@link #workers()}, which read whatever there is: 0 bytes where another
 * read was first. With {@link IoRing#ASYNC} the workers wait and read, and a reader that comes late waits again. A
 * multishot read never brings anything; with ASYNC it becomes a single read. A WRITE takes its 128 tries at once.
 *
 * <p>Opened with {@code O_NONBLOCK} a read of an empty file ends at once with 0. A multishot read with ASYNC is armed
 * without being tried, and then works.
 *
 * <p>On {@link org.faultring.ring.file.FileShape#IOMMUFD_FAULT_NOWAIT} reads wait in a poll and are tried in the
 * submitter; all are woken, one gets the data, the others wait again, until their budget is used up too.
 *
 * <p>As in Linux all that wait for a file are woken, and the newest is first. {@link #submit()} and the look at the
 * completions run what wake-ups have made due; in Linux an interrupt makes the submitter do that. A worker goes on
 * itself with what is linked to a request that it has done, and keeps a provided buffer that it has taken: a completion
 * names it even if the read was taken back.
 *
 * <p>Bounds that Linux has not: as many requests are under way as the completion queue has entries. A chain is taken as
 * a whole or not at all. {@link #prepareCommitAndFetch} is a WRITE that completes only if it fails, linked to a READ;
 * it takes two entries of the submission queue.
 *
 * <p>User world, one thread, to which the files and the {@link #workers()} belong too. Only arrival comes from another
 * world, by {@link WakingFile#wakes()}. No allocation after set-up.
 */
public final class ModelIoRing implements IoRing {

    /** Most entries of the submission queue ({@code IORING_MAX_ENTRIES}, io_uring/io_uring.h). */
    public static final int MAX_ENTRIES = 32_768;

    private final IoFiles files = new IoFiles();
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final IoTries tries;
    private final IoRunner runner;
    private final IoWorkers workers;
    private final Tally tally;
    private boolean isClosed;

    /**
     * A ring with twice as many completions as entries.
     *
     * @param entries of the submission queue, a power of two, 1..{@link #MAX_ENTRIES}
     * @param tally   of the user world
     */
    public ModelIoRing(final int entries, final Tally tally) {
        this(entries, 2 * Checks.powerOfTwo("entries", entries, 1, MAX_ENTRIES), tally);
    }

    /**
     * A ring with a completion queue of its own size ({@code IORING_SETUP_CQSIZE}).
     *
     * @param entries           of the submission queue, a power of two, 1..{@link #MAX_ENTRIES}
     * @param completionEntries of the completion queue, and requests under way, a power of two, at least
     *                          {@code entries}, at most twice {@link #MAX_ENTRIES}
     * @param tally             of the user world
     */
    public ModelIoRing(final int entries, final int completionEntries, final Tally tally) {
        Checks.powerOfTwo("entries", entries, 1, MAX_ENTRIES);
        Checks.powerOfTwo("completionEntries", completionEntries, entries, 2 * MAX_ENTRIES);
        this.tally = tally;
        submissions = new SubmissionQueue(entries);
        // Nothing is submitted while completions are kept aside, so what is kept at most is the queue, what is under
        // way, and what one call submits.
        completions = new CompletionQueue(completionEntries,
                BitUtil.findNextPositivePowerOfTwo(2 * completionEntries + entries));
        tries = new IoTries(files, completions, tally);
        runner = new IoRunner(files, tries, completions, completionEntries, tally);
        workers = new IoWorkers(runner);
    }

    /**
     * The kernel's threads, without which requests handed to them never complete.
     *
     * @return an agent of the user world, for the thread that uses the ring
     */
    public IoWorkers workers() {
        return workers;
    }

    @Override
    public int registerFile(final FaultFile file) {
        if (file instanceof WakingFile waking) {
            return files.register(waking);
        }
        throw new IllegalArgumentException("file=" + file + " (expected: a file of the model)");
    }

    @Override
    public int registerBuffer(final ByteBuffer buffer) {
        return files.register(buffer);
    }

    @Override
    public int provideBuffers(final int buffer, final int offset, final int lengthBytes, final int count) {
        Checks.range("buffer", buffer, 0, files.buffers() - 1);
        Checks.range("offset", offset, 0, files.capacity(buffer));
        Checks.powerOfTwo("count", count, 1, 1 << 15);
        Checks.range("lengthBytes", lengthBytes, 1, (files.capacity(buffer) - offset) / count);
        return tries.provide(new ProvidedBuffers(buffer, offset, lengthBytes, count));
    }

    @Override
    public void returnBuffer(final int group, final int number) {
        tries.group(group).giveBack(number);
    }

    @Override
    public boolean prepareRead(final int file, final int buffer, final int offset, final int length, final int flags,
            final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.READ, file, flags, userData).place(buffer, offset, length);
        return true;
    }

    @Override
    public boolean prepareWrite(final int file, final int buffer, final int offset, final int length,
            final int flags, final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.WRITE, file, flags, userData).place(buffer, offset, length);
        return true;
    }

    @Override
    public boolean preparePoll(final int file, final int events, final int flags, final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.POLL, file, flags, userData).events = events;
        return true;
    }

    @Override
    public boolean preparePollMultishot(final int file, final int events, final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.POLL_MULTISHOT, file, 0, userData).events = events;
        return true;
    }

    @Override
    public boolean prepareReadMultishot(final int file, final int group, final int flags, final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.READ_MULTISHOT, file, flags & ASYNC, userData).place(group, 0, 0);
        return true;
    }

    @Override
    public boolean prepareCommitAndFetch(final int file, final int buffer, final int answers, final int answersBytes,
            final int records, final int recordsBytes, final long userData) {
        if (answersBytes == 0) {
            return prepareRead(file, buffer, records, recordsBytes, 0, userData);
        }
        if (isFull(2)) {
            return false;
        }
        prepareWrite(file, buffer, answers, answersBytes, LINK, ~userData);
        submissions.last().isQuiet = true;
        return prepareRead(file, buffer, records, recordsBytes, 0, userData);
    }

    @Override
    public boolean prepareCancel(final long target, final long userData) {
        if (isFull(1)) {
            return false;
        }
        submissions.claim().prepare(Operation.CANCEL, -1, 0, userData).target = target;
        return true;
    }

    private boolean isFull(final int wanted) {
        return isClosed || !submissions.hasRoom(wanted);
    }

    @Override
    public int unsubmitted() {
        return submissions.size();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Also -{@link Errno#EAGAIN} where nothing was taken because as many requests are under way as can be, and
     * -{@link Errno#EBADF} once the ring is closed.
     */
    @Override
    public int submit() {
        if (isClosed) {
            return -Errno.EBADF;
        }
        tally.increment(Counter.RING_ENTERS);
        if (!completions.flush()) {
            return -Errno.EBUSY;
        }
        final int prepared = submissions.size();
        while (submissions.size() > 0 && submissions.chainLength() <= runner.room()) {
            runner.start(nextChain());
        }
        runner.runDue();
        final int taken = prepared - submissions.size();
        return taken == 0 && prepared > 0 ? -Errno.EAGAIN : taken;
    }

    /** The first request of a chain, linked to the others. */
    private IoRequest nextChain() {
        final int length = submissions.chainLength();
        final IoRequest first = runner.begin(submissions.take());
        IoRequest last = first;
        for (int i = 1; i < length; i++) {
            last.link = runner.begin(submissions.take());
            last = last.link;
        }
        return first;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where there are none and some were kept aside, fetches those by a system call.
     */
    @Override
    public int completions() {
        if (!isClosed) {
            runner.runDue();
            if (completions.size() == 0 && completions.isOverflown()) {
                tally.increment(Counter.RING_ENTERS);
                completions.flush();
            }
        }
        return completions.size();
    }

    @Override
    public int forEachCompletion(final CompletionHandler handler, final int limit) {
        return completions() == 0 ? 0 : completions.forEach(handler, limit);
    }

    @Override
    public long overflowed() {
        return completions.overflowed();
    }

    @Override
    public void close() {
        isClosed = true;
        submissions.clear();
        runner.clear();
        completions.clear();
    }
}
