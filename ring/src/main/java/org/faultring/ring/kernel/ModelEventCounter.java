/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.WakeCount;

/**
 * An eventfd that the kernel world signals at each wake-up of a fault object (eventfd_signal, fs/eventfd.c): taking it
 * gives the wake-ups since it was last taken, and those before it was made are not its own.
 *
 * <p>The kernel world raises the count; this object belongs to the user world. No allocation after set-up.
 */
public final class ModelEventCounter implements EventCounter {

    private final WakeCount wakes;
    private long taken;
    private boolean isClosed;

    /**
     * A counter of 0.
     *
     * @param wakes that signal it
     */
    public ModelEventCounter(final WakeCount wakes) {
        this.wakes = wakes;
        taken = wakes.get();
    }

    @Override
    public long take() {
        if (isClosed) {
            return -Errno.EBADF;
        }
        final long now = wakes.get();
        final long count = now - taken;
        taken = now;
        return count;
    }

    @Override
    public boolean isReady() {
        return !isClosed && wakes.get() != taken;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
