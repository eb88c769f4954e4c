/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.nio.ByteBuffer;

/**
 * A pair of rings for requests and their completions: the part of io_uring that deliveries use
 * (include/uapi/linux/io_uring.h). Implemented by the model and by real Linux.
 *
 * <p>A request is <em>prepared</em> in the submission queue, <em>submitted</em> by {@link #submit()}, and ends with one
 * completion; a multishot request has many, all but the last with {@link #MORE}. What a request does on a file is the
 * file's doing, see {@link FileShape.PostedRead}.
 *
 * <p>Memory and files are registered once, before use. One thread uses a ring. Prepared requests may be left for the
 * host: submitting is part of waiting, see {@link Wait#begin()}.
 */
public interface IoRing extends AutoCloseable {

    /** Request flag: the next request starts when this one has succeeded ({@code IOSQE_IO_LINK}). */
    int LINK = 1 << 2;
    /** Request flag: do not try in the submitter first ({@code IOSQE_ASYNC}). */
    int ASYNC = 1 << 4;

    /** Completion flag: the lower bits say that a buffer was taken ({@code IORING_CQE_F_BUFFER}). */
    int HAS_BUFFER = 1;
    /** Completion flag: the request stays armed ({@code IORING_CQE_F_MORE}). */
    int MORE = 1 << 1;
    /** Where a completion's buffer number begins ({@code IORING_CQE_BUFFER_SHIFT}). */
    int BUFFER_SHIFT = 16;

    /**
     * Set-up: make a file known.
     *
     * @param file of the same world as the ring; how it was opened (blocking or not) is looked at now
     * @return the number by which requests name it
     * @throws IllegalArgumentException if the ring cannot use the file
     */
    int registerFile(FaultFile file);

    /**
     * Set-up: make memory known.
     *
     * @param buffer direct, little-endian
     * @return the number by which requests name it
     */
    int registerBuffer(ByteBuffer buffer);

    /**
     * Set-up: give the ring buffers to choose from ({@code IORING_REGISTER_PBUF_RING}).
     *
     * @param buffer      number of registered memory
     * @param offset      byte index of the first
     * @param lengthBytes of each
     * @param count       how many, a power of two, 1..32768; numbered from 0
     * @return the group by which requests name them
     */
    int provideBuffers(int buffer, int offset, int lengthBytes, int count);

    /**
     * Give a provided buffer back, to be chosen again; no system call.
     *
     * @param group  of the buffer
     * @param number as its completion gave it
     */
    void returnBuffer(int group, int number);

    /**
     * Prepare a read ({@code IORING_OP_READ}).
     *
     * @param file     number of the file
     * @param buffer   number of the memory
     * @param offset   byte index in it
     * @param length   bytes wanted
     * @param flags    {@link #LINK}, {@link #ASYNC}
     * @param userData for the completion
     * @return false if the submission queue is full: submit first
     */
    boolean prepareRead(int file, int buffer, int offset, int length, int flags, long userData);

    /**
     * Prepare a write ({@code IORING_OP_WRITE}).
     *
     * @param file     number of the file
     * @param buffer   number of the memory
     * @param offset   byte index in it
     * @param length   bytes to write
     * @param flags    {@link #LINK}, {@link #ASYNC}
     * @param userData for the completion
     * @return false if the submission queue is full
     */
    boolean prepareWrite(int file, int buffer, int offset, int length, int flags, long userData);

    /**
     * Prepare a wait for a file ({@code IORING_OP_POLL_ADD}), once.
     *
     * @param file     number of the file
     * @param events   {@link FaultFile#READABLE}, {@link FaultFile#WRITABLE}
     * @param flags    {@link #LINK}, {@link #ASYNC}
     * @param userData for the completion
     * @return false if the submission queue is full
     */
    boolean preparePoll(int file, int events, int flags, long userData);

    /**
     * Prepare a wait for a file that stays armed ({@code IORING_POLL_ADD_MULTI}).
     *
     * @param file     number of the file
     * @param events   {@link FaultFile#READABLE}, {@link FaultFile#WRITABLE}
     * @param userData for the completions
     * @return false if the submission queue is full
     */
    boolean preparePollMultishot(int file, int events, long userData);

    /**
     * Prepare a read that stays armed and takes a provided buffer for each completion
     * ({@code IORING_OP_READ_MULTISHOT}).
     *
     * @param file     number of the file
     * @param group    of provided buffers
     * @param flags    {@link #ASYNC}
     * @param userData for the completions
     * @return false if the submission queue is full
     */
    boolean prepareReadMultishot(int file, int group, int flags, long userData);

    /**
     * Prepare a request that writes answers and then reads the next faults, one completion for both: what FUSE over
     * io_uring does ({@code FUSE_IO_URING_CMD_COMMIT_AND_FETCH}, include/uapi/linux/fuse.h). The answers lie before the
     * records in one buffer. On a file that has no such command, a ring may link a write and a read.
     *
     * <p>If not all answers were taken, nothing is read: the completion then has the complement of the user data, and
     * as its result the bytes of answers taken, or the negated error of the first.
     *
     * @param file         number of the file
     * @param buffer       number of the memory
     * @param answers      byte index of the answers
     * @param answersBytes length of the answers, 0 for none
     * @param records      byte index of the records
     * @param recordsBytes room for records
     * @param userData     for the completion, whose result is that of the read; not negative
     * @return false if the submission queue is full
     */
    boolean prepareCommitAndFetch(int file, int buffer, int answers, int answersBytes, int records, int recordsBytes,
            long userData);

    /**
     * Prepare to cancel a request ({@code IORING_OP_ASYNC_CANCEL}); what was cancelled ends with
     * -{@link Errno#ECANCELED}.
     *
     * @param target   user data of the request
     * @param userData for the completion of the cancellation itself
     * @return false if the submission queue is full
     */
    boolean prepareCancel(long target, long userData);

    /**
     * Requests prepared and not submitted.
     *
     * @return the count
     */
    int unsubmitted();

    /**
     * Submit what is prepared, and run what the ring has to do in the submitter, without waiting: one system call
     * ({@code io_uring_enter} with {@code min_complete} 0), none where a thread of the kernel polls for submissions.
     *
     * @return requests taken, or a negated error number: -{@link Errno#EBUSY} while completions that found no room wait
     *         to be taken
     */
    int submit();

    /**
     * Completions that can be taken now, without a system call.
     *
     * @return the count
     */
    int completions();

    /**
     * Take completions, oldest first.
     *
     * @param handler of each
     * @param limit   most to take
     * @return how many were taken
     */
    int forEachCompletion(CompletionHandler handler, int limit);

    /**
     * Completions that found the queue full. They are kept aside and come when there is room
     * ({@code IORING_FEAT_NODROP}); nothing is lost.
     *
     * @return the count since the ring was made
     */
    long overflowed();

    /** Give the ring up: requests that are posted end without a completion. Files and memory stay open. */
    @Override
    void close();
}
