/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.PaddedWord;

/**
 * Carries invalidations from the user world, which calls, to the kernel world, where the driver works and waits for its
 * hardware. One call at a time, as in each {@link InvalidationPort}.
 *
 * <p>The two worlds take turns with the fields: they belong to the user world while nothing is in progress, else to the
 * kernel world. Two counts say whose turn it is. Allocates nothing.
 */
public final class InvalidationHandOver implements InvalidationPort {

    private final InvalidationPort driver;
    /** Calls begun. User world. */
    private final PaddedWord begun = new PaddedWord();
    /** Calls over. Kernel world. */
    private final PaddedWord over = new PaddedWord();
    private UserArray array;
    private int result;
    private int handled;
    /** The driver has begun. Kernel world. */
    private boolean isRunning;

    /**
     * Carries nothing yet.
     *
     * @param driver called by the kernel world
     */
    public InvalidationHandOver(final InvalidationPort driver) {
        this.driver = driver;
    }

    /** User world. The array itself is kept, not only the entries, until the call is over. */
    @Override
    public int begin(final UserArray newArray) {
        if (poll() == IN_PROGRESS) {
            throw new IllegalStateException("begin (expected: nothing in progress)");
        }
        array = newArray;
        // Release, paired with the acquire in doWork(): the call and its entries are there.
        begun.setRelease(begun.get() + 1);
        return IN_PROGRESS;
    }

    /** User world. */
    @Override
    public int poll() {
        // Acquire, paired with the release in doWork(): the result is there, and the entries are ours again.
        return over.getAcquire() == begun.get() ? result : IN_PROGRESS;
    }

    /** User world. */
    @Override
    public int handled() {
        return handled;
    }

    /**
     * Kernel world: a duty cycle.
     *
     * @return 1 if a call was begun or is over, else 0
     */
    public int doWork() {
        // Acquire, paired with the release in begin().
        if (begun.getAcquire() == over.get()) {
            return 0;
        }
        final boolean wasRunning = isRunning;
        final int state = wasRunning ? driver.poll() : driver.begin(array);
        isRunning = state == IN_PROGRESS;
        if (isRunning) {
            return wasRunning ? 0 : 1;
        }
        result = state;
        handled = driver.handled();
        // Release, paired with the acquire in poll().
        over.setRelease(over.get() + 1);
        return 1;
    }
}
