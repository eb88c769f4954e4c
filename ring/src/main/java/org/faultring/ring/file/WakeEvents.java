/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * The model's event counter: wake-ups that have not been taken.
 *
 * <p>The waker raises the count of wake-ups on its own thread; {@link #take()}, {@link #isReady()} and {@link #close()}
 * belong to the thread that waits.
 */
public final class WakeEvents implements EventCounter {

    private final WakeCount wakes;
    private long taken;
    private boolean isClosed;

    /**
     * A counter of what is raised from now on.
     *
     * @param wakes raised by the waker
     */
    public WakeEvents(final WakeCount wakes) {
        this.wakes = wakes;
        taken = wakes.get();
    }

    @Override
    public long take() {
        if (isClosed) {
            return -Errno.EBADF;
        }
        // An acquire, see WakeCount: what was announced is seen by whoever took the count.
        final long raised = wakes.get();
        final long count = raised - taken;
        taken = raised;
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
