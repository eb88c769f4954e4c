/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

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
 * it is the write's error, or -{@link Errno#ECANCELED}, and nothing was read. User data from 0x465272696E670000 to
 * 0x465272696E67FFFF are the ring's own.
 */
public final class IoUring implements IoRing {

    /** Time-out of {@link #enter} that does not end. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final int FILE_BIT = 32;
    private static final int FLAGS_BIT = 8;
    private static final int OPERATION_FLAGS_BIT = 32;
    private static final int MAX_GROUPS = 256;

    /** {@code ETIME} (include/uapi/asm-generic/errno.h): the time-out came first. */
    private static final int ETIME = 62;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final UringCalls calls = new UringCalls();
    private final UringMemory memory;
    private final UringRegistration registration;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final ReservedRequests reserved;
    private final RingFiles files;
    private final NativeBuffers buffers = new NativeBuffers();
    private final boolean isPolled;
    private final boolean hasRegisteredBuffers;
    private final boolean canReadMultishot;
    private final int readOperation;
    private final int writeOperation;
    private final int registeredBuffers;
    private final MemorySegment waitArgument;
    private final MemorySegment timeout;

    private ProvidedBuffers[] groups = new ProvidedBuffers[0];
    private int bufferCount;
    private boolean isEnabled;
    private Thread issuer;
    private int wakesPosted;
    private long overflowed;
    private long systemCalls;

    /**
     * Makes a ring.
     *
     * @param settings of it
     * @throws SyscallException if the kernel refuses; then nothing is left behind. {@link IoUringAvailability} tells
     *                          what to change
     */
    public IoUring(final IoUringSettings settings) {
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
            isPolled = settings.pollingIdleMillis() > 0;
            isEnabled = settings.taskWork() == IoUringSettings.TaskWork.AT_ONCE;
            canReadMultishot = memory.hasOperation(UringLayout.OP_READ_MULTISHOT);
            waitArgument = memory.structure(UringLayout.GETEVENTS_ARG_BYTES);
            timeout = memory.structure(2 * Long.BYTES);
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
        if (hasRegisteredBuffers) {
            registration.putBuffer(number, buffers.address(number, 0, buffer.capacity()), buffer.capacity());
        }
        bufferCount++;
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
        return isPolled ? submissions.unpublished() : submissions.untaken();
    }

    /**
     * {@inheritDoc}
     *
     * @return requests taken, or a negated error number; no system call is made if there is nothing to do
     * @throws IllegalStateException if another thread is the one that submits
     */
    @Override
    public int submit() {
        if (!isEnabled) {
            enable();
        }
        final int fresh = submissions.publish();
        if (isPolled) {
            // Full fence: the look at the flags is not made before the tail is out, paired with the fence of the
            // polling thread between its flag and its last look at the tail (io_sq_thread).
            VarHandle.fullFence();
        }
        final int wanted = isPolled ? 0 : submissions.untaken();
        final int asked = submissions.flags();
        if (wanted == 0 && asked == 0) {
            return fresh;
        }
        final int result = enterNow(wanted, 0, UringLayout.ENTER_GETEVENTS, asked, 0, 0);
        return isPolled && result >= 0 ? fresh : result;
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
        if (!isEnabled) {
            enable();
        }
        final int fresh = submissions.publish();
        if (isPolled) {
            // Full fence: as in submit().
            VarHandle.fullFence();
        }
        long until = 0;
        if (timeoutNanos != FOREVER) {
            final long nanos = Math.max(0, timeoutNanos);
            timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
            timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
            until = timeout.address();
        }
        waitArgument.set(JAVA_LONG, UringLayout.GETEVENTS_ARG_TS, until);
        final int result = enterNow(isPolled ? 0 : submissions.untaken(), minimum,
                UringLayout.ENTER_GETEVENTS | UringLayout.ENTER_EXT_ARG, submissions.flags(), waitArgument.address(),
                UringLayout.GETEVENTS_ARG_BYTES);
        if (result == -ETIME) {
            return isPolled ? fresh : 0;
        }
        return isPolled && result >= 0 ? fresh : result;
    }

    private int enterNow(final int wanted, final int minimum, final int flags, final int asked, final long argument,
            final long argumentBytes) {
        final int before = completions.tail();
        systemCalls++;
        final int wake = (asked & UringLayout.SQ_NEED_WAKEUP) != 0 ? UringLayout.ENTER_SQ_WAKEUP : 0;
        final int result = calls.enter(memory.descriptor(), wanted, minimum, flags | wake, argument, argumentBytes);
        if ((asked & UringLayout.SQ_CQ_OVERFLOW) != 0) {
            // While the bit is set all completions are kept aside, so those that came in by the call had been.
            overflowed += completions.tail() - before;
        }
        if (result == -Errno.EEXIST) {
            throw otherThread();
        }
        return result;
    }

    private IllegalStateException otherThread() {
        return new IllegalStateException("thread " + Thread.currentThread().getName()
                + " uses a ring on which thread " + (issuer == null ? "?" : issuer.getName()) + " alone submits (EEXIST)");
    }

    private void enable() {
        registration.enable();
        issuer = Thread.currentThread();
        isEnabled = true;
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
        final boolean isRead = !ReservedRequests.isWrite(userData);
        handler.onCompletion(reserved.giveBack(slot), isRead || result < 0 ? result : -Errno.ECANCELED, flags);
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
                SyscallException.check("io_uring_enter", submit());
            }
            submissions.add(UringLayout.OP_POLL_ADD | (long) descriptor << FILE_BIT, 0, 0,
                    polled(FaultFile.READABLE, 0), ReservedRequests.wake(), 0);
            wakesPosted++;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Counted as they come back, by the call that brings them.
     */
    @Override
    public long overflowed() {
        return overflowed;
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
        return systemCalls;
    }

    /** {@inheritDoc} May be called twice. */
    @Override
    public void close() {
        if (memory.descriptor() >= 0) {
            if (isEnabled) {
                registration.cancelAll();
            }
            memory.close();
        }
    }
}
