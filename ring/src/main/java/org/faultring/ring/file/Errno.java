/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * Error numbers of Linux (include/uapi/asm-generic/errno-base.h, errno.h) that files, ioctls and the PCI core return,
 * as negative results.
 */
public final class Errno {

    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such object or file. */
    public static final int ENOENT = 2;
    /** A signal came first. */
    public static final int EINTR = 4;
    /** Input or output error. */
    public static final int EIO = 5;
    /** Argument too long: a structure with something in fields that the kernel does not know. */
    public static final int E2BIG = 7;
    /** Bad file descriptor. */
    public static final int EBADF = 9;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** No memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** Bad address. */
    public static final int EFAULT = 14;
    /** Device or resource busy: what the PCI core says to page requests of a function that has not stopped. */
    public static final int EBUSY = 16;
    /** It exists already. */
    public static final int EEXIST = 17;
    /** No such device, or one that cannot do this. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** The system has too many open files. */
    public static final int ENFILE = 23;
    /** Too many open files. */
    public static final int EMFILE = 24;
    /** A call that this file does not know. */
    public static final int ENOTTY = 25;
    /** No space, or a limit of the system. */
    public static final int ENOSPC = 28;
    /** Illegal seek: what a fault file says to a length that is no whole record. */
    public static final int ESPIPE = 29;
    /** A system call that this kernel does not know. */
    public static final int ENOSYS = 38;
    /** Value too large. */
    public static final int EOVERFLOW = 75;
    /** File in a bad state. */
    public static final int EBADFD = 77;
    /** Not supported. */
    public static final int EOPNOTSUPP = 95;
    /** No buffers. */
    public static final int ENOBUFS = 105;
    /** The request was cancelled. */
    public static final int ECANCELED = 125;

    private Errno() {}

    /**
     * Name of an error.
     *
     * @param errno positive error number
     * @return its name, or {@code errno N} for one that is not among the constants
     */
    public static String name(final int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EIO -> "EIO";
            case E2BIG -> "E2BIG";
            case EBADF -> "EBADF";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case EFAULT -> "EFAULT";
            case EBUSY -> "EBUSY";
            case EEXIST -> "EEXIST";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ENFILE -> "ENFILE";
            case EMFILE -> "EMFILE";
            case ENOTTY -> "ENOTTY";
            case ENOSPC -> "ENOSPC";
            case ESPIPE -> "ESPIPE";
            case ENOSYS -> "ENOSYS";
            case EOVERFLOW -> "EOVERFLOW";
            case EBADFD -> "EBADFD";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case ENOBUFS -> "ENOBUFS";
            case ECANCELED -> "ECANCELED";
            default -> "errno " + errno;
        };
    }
}
