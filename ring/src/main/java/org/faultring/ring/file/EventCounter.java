/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * A counter that is read and reset in one call and can be waited for, as eventfd(2) is: a signal that something has
 * happened, without what. Implemented by the model and by real Linux.
 *
 * <p>One thread at a time reads it.
 */
public interface EventCounter extends AutoCloseable {

    /**
     * Take what has been counted since the last call; a system call.
     *
     * @return the count, 0 if nothing was counted, or a negated error number of {@link Errno}
     */
    long take();

    /**
     * Whether {@link #take()} would find something.
     *
     * @return true if the count is not 0
     */
    boolean isReady();

    /** Give the counter up; {@link #take()} then returns -{@link Errno#EBADF}. */
    @Override
    void close();
}
