/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import org.faultring.ring.Checks;

/**
 * What a program must know of a fault file before it uses it.
 *
 * @param recordBytes   length of a fault record, of which reads are multiples; of an event queue the least that a read
 *                      takes, since its records have no common length
 * @param responseBytes length of an answer, of which writes are multiples; 0 where there are no answers
 * @param emptyRead     what a read of an empty file does
 * @param postedRead    what becomes of a read that was posted ahead to a completion ring
 * @param answer        how an answer is given
 * @param opened        how the file was opened
 */
public record FileShape(int recordBytes, int responseBytes, EmptyRead emptyRead, PostedRead postedRead, Answer answer,
        Opened opened) {

    /** What a read of an empty file does. */
    public enum EmptyRead {
        /** Returns 0 at once, whatever O_NONBLOCK says; 0 is not the end of the file. */
        RETURNS_ZERO,
        /** Returns EAGAIN at once. */
        RETURNS_EAGAIN,
        /** Waits. */
        BLOCKS
    }

    /** What becomes of a read that was posted ahead. */
    public enum PostedRead {
        /** It parks until there is something, and one posted read completes. */
        PARKS,
        /** All posted reads wake and retry at every fault, and the losers may complete with 0. */
        RETRIES
    }

    /** How an answer is given. */
    public enum Answer {
        /** By a write to the same file. */
        WRITE,
        /** By an ioctl. */
        IOCTL,
        /** Not at all. */
        NONE
    }

    /** How a file was opened. */
    public enum Opened {
        /** Without {@code O_NONBLOCK}. */
        BLOCKING,
        /** With {@code O_NONBLOCK}. A fault file pays no attention to it, io_uring does. */
        NONBLOCKING
    }

    /** The fault file of Linux 7.2's iommufd (drivers/iommu/iommufd/eventq.c). */
    public static final FileShape IOMMUFD_FAULT = new FileShape(40, 8, EmptyRead.RETURNS_ZERO, PostedRead.RETRIES,
            Answer.WRITE);

    /**
     * The same fault file where its read and write have their iterator forms and can be asked not to wait
     * ({@code FMODE_NOWAIT}, include/linux/fs.h), and a wake-up says what it is for. Linux has it not.
     */
    public static final FileShape IOMMUFD_FAULT_NOWAIT = new FileShape(40, 8, EmptyRead.RETURNS_ZERO,
            PostedRead.PARKS, Answer.WRITE);

    /** The event file of a virtual IOMMU of Linux 7.2's iommufd (drivers/iommu/iommufd/eventq.c): 8 bytes of header. */
    public static final FileShape IOMMUFD_EVENT = new FileShape(8, 0, EmptyRead.RETURNS_ZERO, PostedRead.RETRIES,
            Answer.NONE);

    /** Checks the lengths. */
    public FileShape {
        Checks.range("recordBytes", recordBytes, 1, 4096);
        Checks.range("responseBytes", responseBytes, 0, 4096);
    }

    /**
     * A file opened without {@code O_NONBLOCK}.
     *
     * @param recordBytes   as of the record
     * @param responseBytes as of the record
     * @param emptyRead     as of the record
     * @param postedRead    as of the record
     * @param answer        as of the record
     */
    public FileShape(final int recordBytes, final int responseBytes, final EmptyRead emptyRead,
            final PostedRead postedRead, final Answer answer) {
        this(recordBytes, responseBytes, emptyRead, postedRead, answer, Opened.BLOCKING);
    }

    /**
     * The same file opened with {@code O_NONBLOCK}.
     *
     * @return the shape
     */
    public FileShape nonblocking() {
        return new FileShape(recordBytes, responseBytes, emptyRead, postedRead, answer, Opened.NONBLOCKING);
    }
}
