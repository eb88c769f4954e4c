/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * Error numbers of Linux (include/uapi/asm-generic/errno-base.h) that files and the PCI core return, as negative
 * results.
 */
public final class Errno {

    /** Operation not permitted on this kind of file: what a fault file says to a length that is no whole record. */
    public static final int ESPIPE = 29;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Bad address. */
    public static final int EFAULT = 14;
    /** Bad file descriptor. */
    public static final int EBADF = 9;
    /** No memory. */
    public static final int ENOMEM = 12;
    /** Device or resource busy: what the PCI core says to page requests of a function that has not stopped. */
    public static final int EBUSY = 16;

    private Errno() {}

    /**
     * Name of an error.
     *
     * @param errno positive error number
     * @return its name, or {@code errno N} for one that no file of ours returns
     */
    public static String name(final int errno) {
        return switch (errno) {
            case ESPIPE -> "ESPIPE";
            case EINVAL -> "EINVAL";
            case EFAULT -> "EFAULT";
            case EBADF -> "EBADF";
            case ENOMEM -> "ENOMEM";
            case EBUSY -> "EBUSY";
            default -> "errno " + errno;
        };
    }
}
