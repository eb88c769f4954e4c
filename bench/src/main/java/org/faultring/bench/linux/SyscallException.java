/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.Errno;

/** A call of set-up that failed: its message says which one, and the error by name. */
public final class SyscallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Positive error number. */
    private final int errno;

    /**
     * A failed call.
     *
     * @param call   what was called, such as {@code IOMMU_HWPT_ALLOC}
     * @param result negated error number that it returned
     */
    public SyscallException(final String call, final int result) {
        super(call + " failed with " + Errno.name(-result));
        errno = -result;
    }

    /**
     * The result of a call that must not fail.
     *
     * @param call   what was called
     * @param result count, number, 0, or a negated error number
     * @return the result, 0 or more
     * @throws SyscallException if it is an error
     */
    public static int check(final String call, final int result) {
        if (result < 0) {
            throw new SyscallException(call, result);
        }
        return result;
    }

    /**
     * What went wrong.
     *
     * @return a number of {@link Errno}, positive
     */
    public int errno() {
        return errno;
    }
}
