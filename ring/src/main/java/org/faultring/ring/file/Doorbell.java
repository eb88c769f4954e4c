/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import java.lang.invoke.VarHandle;

import org.faultring.ring.PaddedWord;

/**
 * A wake-up that is given only to a consumer that asked for it: it rings when a ring goes from empty to non-empty under
 * a waiting consumer, and costs the producer one fence per batch otherwise.
 *
 * <p>The consumer finds its ring empty, arms the doorbell, looks once more, and only then waits. The producer publishes
 * and then calls {@link #ringIfArmed()}. The fence on each side keeps its store before its look at the other's word, so
 * one of the two sees the other: no wake-up is lost. Each arming is answered by at most one ring.
 */
public final class Doorbell {

    private final PaddedWord armed = new PaddedWord();
    private final WakeCount rings = new WakeCount();

    /** Number of the arming that was last answered; the producer's thread alone. */
    private long answered;

    /** Not armed. */
    public Doorbell() {}

    /**
     * Times the doorbell rang.
     *
     * @return the count a consumer waits on
     */
    public WakeCount rings() {
        return rings;
    }

    /**
     * Called by the consumer, which must look at its ring once more before it waits.
     *
     * @return value of {@link #rings()} to wait on
     */
    public long arm() {
        final long seen = rings.get();
        // Release, paired with the acquire in ringIfArmed().
        armed.setRelease(armed.get() + 1);
        // Full fence, paired with that in ringIfArmed(): the consumer's next look at the ring does not move before the
        // store above.
        VarHandle.fullFence();
        return seen;
    }

    /**
     * Called by the producer after it published.
     *
     * @return true if a waiting consumer was woken
     */
    public boolean ringIfArmed() {
        // Full fence, paired with that in arm(): the look at the word does not move before what was published.
        VarHandle.fullFence();
        final long arming = armed.getAcquire();
        if (arming == answered) {
            return false;
        }
        answered = arming;
        rings.raise();
        return true;
    }
}
