/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.ring.Checks;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/**
 * io_uring of the running kernel, by its system calls and mapped rings. Nothing is allocated after set-up.
 *
 * <p>One thread at a time uses a ring. Where {@link IoUringSettings.TaskWork} says that one thread alone submits, it is
 * the one that submits first; another one's {@link #submit()} then throws. Memory handed to the ring stays reachable by
 * it until it is closed; {@link #close()} by the thread that submits waits until no request touches it.
 *
 * <p>A commit-and-fetch is a write linked to a read, whose one completion is the read's; if not all answers were taken
 * it is the write's error, or -{@link Errno#ECANCELED}, and nothing was read. As many of them are under way as the
 * completion queue has entries; more cannot be prepared until one has ended. User data from 0x465272696E670000 to
 * 0x465272696E67FFFF are the ring's own.
 */
public final class IoUring implements IoRing {

    /** Time-out of {@link #enter} that does not end. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Where fields begin in the words that {@link SubmissionQueue#add} takes. */
    private static final int FLAGS_BIT = UringLayout.SQE_FLAGS * Byte.SIZE;
    private static final int FILE_BIT = UringLayout.SQE_FD * Byte.SIZE;
    private static final int OPERATION_FLAGS_BIT = (UringLayout.SQE_OP_FLAGS - UringLayout.SQE_LEN) * Byte.SIZE;

    /** Most groups of provided buffers that a ring of this class has. */
    private static final int MAX_GROUPS = 256;

    /** Bound of {@link #limitWorkers}: Linux takes more and has no use for them. */
    private static final int MAX_WORKERS = 1 << 15;

    private final UringMemory memory;
    private final UringRegistration registration;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final ReservedRequests reserved;
    private final RingFiles files;
    private final NativeBuffers buffers = new NativeBuffers();
    private final UringEntry entry;
    private final boolean hasRegisteredBuffers;
    private final boolean canReadMultishot;
    private final int readOperation;
    private final int writeOperation;
    private final int registeredBuffers;

    private ProvidedBuffers[] groups = new ProvidedBuffers[0];
    private int bufferCount;
    private int wakesPosted;

    /**
     * Makes a ring.
     *
     * @param settings of it
     * @throws SyscallException if the kernel refuses; then nothing is left behind. {@link IoUringAvailability} tells
     *                          what to change
     */
    public IoUring(final IoUringSettings settings) {
        final UringCalls calls = new UringCalls();
        memory = new UringMemory(calls, settings);
        try {
            registration = new UringRegistration(calls, memory);
            submissions = new SubmissionQueue(memory);
            completions = new CompletionQueue(memory);
            reserved = new ReservedRequests(memory.completionEntries());
            files = new RingFiles(registration, settings.registeredFiles());
            registeredBuffers = settings.registeredBuffers();
            hasRegisteredBuffers = registeredBuffers > 0;
            if (hasRegisteredBuffers) {
                registration.makeBufferTable(registeredBuffers);
            }
            readOperation = hasRegisteredBuffers ? UringLayout.OP_READ_FIXED : UringLayout.OP_READ;
            writeOperation = hasRegisteredBuffers ? UringLayout.OP_WRITE_FIXED : UringLayout.OP_WRITE;
            entry = new UringEntry(calls, memory, registration, submissions, completions, settings);
            canReadMultishot = memory.hasOperation(UringLayout.OP_READ_MULTISHOT);
        } catch (final Throwable thrown) {
            memory.close();
            throw thrown;
        }
    }

    /**
     * Whether the kernel has {@code IORING_OP_READ_MULTISHOT}, as since Linux 6.7.
     *
     * @return true if {@link #prepareReadMultishot} can be used
     */
    public boolean canReadMultishot() {
        return canReadMultishot;
    }

    /**
     * Set-up: bounds the threads of the kernel that do what the thread that submits cannot, see
     * io_uring_register(2), {@code IORING_REGISTER_IOWQ_MAX_WORKERS}. They belong to that thread and serve all its
     * rings.
     *
     * @param threads at most, 1 to let them do one thing after the other
     * @throws SyscallException if the kernel refuses
     */
    public void limitWorkers(final int threads) {
        registration.limitWorkers(Checks.range("threads", threads, 1, MAX_WORKERS));
    }

    /**
     * Makes a file known by its descriptor.
     *
     * @throws IllegalArgumentException if it is no {@link DescriptorFile}, or no registered file is left
     * @throws SyscallException         if the kernel refuses
     */
    @Override
    public int registerFile(final FaultFile file) {
        return files.add(file);
    }

    /**
     * Makes memory known.
     *
     * @throws IllegalArgumentException if it is not direct, or no registered buffer is left
     * @throws SyscallException         if the kernel refuses: ENOMEM where RLIMIT_MEMLOCK does not let it pin the pages
     */
    @Override
    public int registerBuffer(final ByteBuffer buffer) {
        if (hasRegisteredBuffers && bufferCount == registeredBuffers) {
            throw new IllegalArgumentException("registeredBuffers=" + registeredBuffers + " (expected: more)");
        }
        final int number = buffers.register(buffer);
        bufferCount++;
        if (hasRegisteredBuffers) {
            registration.putBuffer(number, buffers.address(number, 0, buffer.capacity()), buffer.capacity());
        }
        return number;
    }

    @Override
    public int provideBuffers(final int buffer, final int offset, final int lengthBytes, final int count) {
        Checks.range("count", count, 1, ProvidedBuffers.MAX_COUNT);
        Checks.range("lengthBytes", lengthBytes, 1, Integer.MAX_VALUE / count);
        Checks.range("groups", groups.length, 0, MAX_GROUPS - 1);
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("count=" + count + " (expected: a power of two)");
        }
        final long address = buffers.address(buffer, offset, lengthBytes * count);
        final MemorySegment ring = memory.pages((long) count * UringLayout.BUF_BYTES);
        final int group = groups.length;
        registration.putBufferRing(group, ring, count);
        groups = Arrays.copyOf(groups, group + 1);
        groups[group] = new ProvidedBuffers(ring, address, lengthBytes, count);
        return group;
    }

    @Override
    public void returnBuffer(final int group, final int number) {
        groups[group].give(number);
    }

    @Override
    public boolean prepareRead(final int file, final int buffer, final int offset, final int length, final int flags,
            final long userData) {
        final long address = buffers.address(buffer, offset, length);
        return add(readOperation, flags, files.reads(file), address, length, checked(userData), buffer);
    }

    @Override
    public boolean prepareWrite(final int file, final int buffer, final int offset, final int length, final int flags,
            final long userData) {
        final long address = buffers.address(buffer, offset, length);
        return add(writeOperation, flags, files.answers(file), address, length, checked(userData), buffer);
    }

    @Override
    public boolean preparePoll(final int file, final int events, final int flags, final long userData) {
        return add(UringLayout.OP_POLL_ADD, flags, files.polls(file, events), 0, polled(events, 0), checked(userData),
                0);
    }

    @Override
    public boolean preparePollMultishot(final int file, final int events, final long userData) {
        return add(UringLayout.OP_POLL_ADD, 0, files.polls(file, events), 0, polled(events, UringLayout.POLL_ADD_MULTI),
                checked(userData), 0);
    }

    private static long polled(final int events, final int kind) {
        return (long) events << OPERATION_FLAGS_BIT | kind;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException if the kernel does not have it
     */
    @Override
    public boolean prepareReadMultishot(final int file, final int group, final int flags, final long userData) {
        if (!canReadMultishot) {
            throw new UnsupportedOperationException(
                    "this kernel has no IORING_OP_READ_MULTISHOT: run Linux 6.7 or a later one.");
        }
        return add(UringLayout.OP_READ_MULTISHOT, flags | UringLayout.SQE_BUFFER_SELECT, files.reads(file), 0, 0,
                checked(userData), group);
    }

    @Override
    public boolean prepareCommitAndFetch(final int file, final int buffer, final int answers, final int answersBytes,
            final int records, final int recordsBytes, final long userData) {
        if (answersBytes == 0) {
            return prepareRead(file, buffer, records, recordsBytes, 0, userData);
        }
        final long from = buffers.address(buffer, answers, answersBytes);
        final long to = buffers.address(buffer, records, recordsBytes);
        if (!submissions.hasRoom(2)) {
            return false;
        }
        final int slot = reserved.take(checked(userData));
        if (slot < 0) {
            return false;
        }
        // A write that succeeds has no completion; one that fails has, and takes away the read's.
        add(writeOperation, LINK | UringLayout.SQE_CQE_SKIP_SUCCESS, files.answers(file), from, answersBytes,
                ReservedRequests.writeOf(slot), buffer);
        return add(readOperation, 0, files.reads(file), to, recordsBytes, ReservedRequests.readOf(slot), buffer);
    }

    @Override
    public boolean prepareCancel(final long target, final long userData) {
        return add(UringLayout.OP_ASYNC_CANCEL, 0, -1, reserved.known(target), 0, checked(userData), 0);
    }

    /** The position in the file stays 0: a fault file knows no other (drivers/iommu/iommufd/eventq.c). */
    private boolean add(final int operation, final int flags, final int file, final long address,
            final long lengthAndFlags, final long userData, final int buffer) {
        if (!submissions.hasRoom(1)) {
            return false;
        }
        final int allFlags = flags | (file >= 0 ? files.flags() : 0);
        submissions.add(operation | (long) allFlags << FLAGS_BIT | (long) file << FILE_BIT, 0, address, lengthAndFlags,
                userData, buffer);
        return true;
    }

    private static long checked(final long userData) {
        if (ReservedRequests.isReserved(userData)) {
            throw new IllegalArgumentException("userData=0x" + Long.toHexString(userData) + " (expected: not marked)");
        }
        return userData;
    }

    @Override
    public int unsubmitted() {
        return entry.unsubmitted();
    }

    /**
     * {@inheritDoc}
     *
     * @return requests taken, or a negated error number; no system call is made if there is nothing to do
     * @throws IllegalStateException if another thread is the one that submits
     */
    @Override
    public int submit() {
        return entry.submit();
    }

    /**
     * Submit what is prepared and wait for completions: one system call ({@code io_uring_enter} with
     * {@code IORING_ENTER_EXT_ARG}).
     *
     * @param minimum      completions that can then be taken, those that already can be included; not more than the
     *                     queue holds
     * @param timeoutNanos longest wait, or {@link #FOREVER}
     * @return requests taken, 0 also if the time was over first, or a negated error number: -{@link Errno#EINTR} if a
     *         signal came
     * @throws IllegalStateException if another thread is the one that submits
     */
    public int enter(final int minimum, final long timeoutNanos) {
        return entry.enter(minimum, timeoutNanos);
    }

    @Override
    public int completions() {
        return completions.available();
    }

    @Override
    public int forEachCompletion(final CompletionHandler handler, final int limit) {
        int taken = 0;
        for (int left = completions.available(); left > 0 && taken < limit; left--) {
            final long completion = completions.oldest();
            final long userData = completions.userData(completion);
            final int result = completions.result(completion);
            final int flags = completions.flags(completion);
            completions.release();
            if (!ReservedRequests.isReserved(userData)) {
                handler.onCompletion(userData, result, flags);
                taken++;
            } else {
                taken += reservedCompletion(handler, userData, result, flags);
            }
        }
        return taken;
    }

    private int reservedCompletion(final CompletionHandler handler, final long userData, final int result,
            final int flags) {
        final int slot = ReservedRequests.slot(userData);
        if (slot == ReservedRequests.WAKE) {
            wakesPosted--;
            return 0;
        }
        final long given = reserved.giveBack(slot);
        handler.onCompletion(ReservedRequests.isWrite(userData) ? ~given : given, result, flags);
        return 1;
    }

    /**
     * Let a descriptor end waits of {@link #enter}: once it is readable as many completions come as are waited for.
     * They are not shown to a handler.
     *
     * @param descriptor to look at
     * @param minimum    completions that are waited for next
     */
    void wakeBy(final int descriptor, final int minimum) {
        while (wakesPosted < minimum) {
            while (!submissions.hasRoom(1)) {
                final int result = submit();
                if (result == -Errno.EBUSY) {
                    // Completions are kept aside, so the queue is full of them: there is nothing to wait for.
                    return;
                }
                SyscallException.check("io_uring_enter", result);
            }
            submissions.add(UringLayout.OP_POLL_ADD | (long) descriptor << FILE_BIT, 0, 0,
                    polled(FaultFile.READABLE, 0), ReservedRequests.wake(), 0);
            wakesPosted++;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counted as they come back, by the call that brings them. Where a thread of the kernel completes requests while
     * that call is made, the count may be a few off.
     */
    @Override
    public long overflowed() {
        return entry.overflowed();
    }

    /**
     * Completions that the kernel had no memory to keep aside: faults that they told of are lost.
     *
     * @return the count since the ring was made
     */
    public long lost() {
        return Integer.toUnsignedLong(completions.lost());
    }

    /**
     * Calls of io_uring_enter(2) so far.
     *
     * @return the count
     */
    public long systemCalls() {
        return entry.systemCalls();
    }

    /** {@inheritDoc} May be called twice. */
    @Override
    public void close() {
        if (memory.descriptor() >= 0) {
            if (entry.isEnabled()) {
                registration.cancelAll();
            }
            memory.close();
        }
    }
}
