/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import org.faultring.ring.PaddedWord;

/**
 * The one wake-up of the model: a count that the waker raises and the sleeper compares with what it last saw. An
 * eventfd, a wait queue, an interrupt line and a doorbell are all this.
 *
 * <p>One thread raises; any thread reads. A sleeper reads the count, then looks for work, and sleeps only on a count
 * that has not moved since, so no wake-up is lost.
 */
public final class WakeCount {

    private final PaddedWord count = new PaddedWord();

    /** A count of 0. */
    public WakeCount() {}

    /** Called by the waker, after what it announces. */
    public void raise() {
        // Release, paired with the acquire in get(): whoever sees the count sees what it announces.
        count.setRelease(count.get() + 1);
    }

    /**
     * Any thread: wake-ups so far.
     *
     * @return the count
     */
    public long get() {
        return count.getAcquire();
    }
}
