/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * A request of a {@link ModelIoRing}: an entry of its submission queue first, copied to one under way when it is
 * submitted ({@code struct io_kiocb}, include/linux/io_uring_types.h). Allocated once, used again.
 */
final class IoRequest {

    /** What is asked for. */
    enum Operation {
        READ, WRITE, READ_MULTISHOT, POLL, POLL_MULTISHOT, CANCEL
    }

    /** Polls of a file that a request may arm in its life ({@code APOLL_MAX_RETRY}, io_uring/poll.c). */
    static final int POLL_BUDGET = 128;

    Operation operation;
    int file;
    /** Number of the memory, or of the group of provided buffers. */
    int buffer;
    int offset;
    int length;
    /** Poll bits. */
    int events;
    int flags;
    long userData;
    /** User data of the request to cancel. */
    long target;
    /** Completes only if it fails ({@code IOSQE_CQE_SKIP_SUCCESS}). */
    boolean isQuiet;

    /** Next of the chain, started when this one has succeeded. */
    IoRequest link;
    int pollsLeft;
    /** Wake-ups of the file when the poll was armed, or last looked at. */
    long seen;
    /** Wake-ups since, when it was woken. */
    long wakes;
    boolean isArmed;
    /** In the submitter's task work. */
    boolean isDue;
    boolean wasTried;
    /** Stays armed after a completion; lost where a thread of the kernel has to read. */
    boolean isMultishot;
    /** A multishot request has just brought something, so there may be more. */
    boolean hasBrought;
    /** Flags of the completion. */
    int completionFlags;

    /** Begin an entry of the submission queue. */
    IoRequest prepare(final Operation newOperation, final int newFile, final int newFlags, final long newUserData) {
        operation = newOperation;
        file = newFile;
        flags = newFlags;
        userData = newUserData;
        isQuiet = false;
        return this;
    }

    /** Place the memory. */
    void place(final int newBuffer, final int newOffset, final int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
    }

    /** Begin a request under way. */
    void begin(final IoRequest entry) {
        operation = entry.operation;
        file = entry.file;
        buffer = entry.buffer;
        offset = entry.offset;
        length = entry.length;
        events = entry.events;
        flags = entry.flags;
        userData = entry.userData;
        target = entry.target;
        isQuiet = entry.isQuiet;
        link = null;
        pollsLeft = POLL_BUDGET;
        isArmed = false;
        isDue = false;
        wasTried = false;
        isMultishot = operation == Operation.READ_MULTISHOT || operation == Operation.POLL_MULTISHOT;
        hasBrought = false;
        completionFlags = 0;
    }

    boolean has(final int flag) {
        return (flags & flag) != 0;
    }
}
