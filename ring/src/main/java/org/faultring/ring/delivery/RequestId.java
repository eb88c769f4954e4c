/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

/** What a request is, packed into its user data. */
final class RequestId {

    /** A read of faults; its number is that of the memory. */
    static final int READ = 0;
    /** A wait for the file. */
    static final int POLL = 1;
    /** A write of answers; its number is that of the write. */
    static final int WRITE = 2;

    private RequestId() {}

    static long of(final int kind, final int number) {
        return (long) kind << Integer.SIZE | number;
    }

    static int kind(final long userData) {
        return (int) (userData >>> Integer.SIZE);
    }

    static int number(final long userData) {
        return (int) userData;
    }
}
