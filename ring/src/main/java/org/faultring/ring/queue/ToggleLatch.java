/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import java.lang.invoke.VarHandle;

import org.faultring.ring.PaddedWord;

/**
 * Status bits that hardware sets and software clears, as a pair of words with one writer each: a bit is active while
 * the two words differ in it.
 *
 * <p>A "write 1 to clear" register of VT-d, AMD and RISC-V is such a pair seen from outside; SMMUv3 shows the pair
 * itself (OVFLG and OVACKFLG, GERROR and GERRORN).
 *
 * <p>One thread raises, one acknowledges. What a bit announces may change on both sides at once: hardware publishes an
 * entry and finds the bit still active, so it does not raise it again; software has just acknowledged, reads the queue
 * and misses the entry. To rule that out each side calls {@link #fence()} between its store and its look at the other's
 * word, hardware between publishing and {@link #raise}, software between {@link #acknowledge} and reading the queue.
 */
public final class ToggleLatch {

    private final PaddedWord raised = new PaddedWord();
    private final PaddedWord acknowledged = new PaddedWord();

    /** All bits inactive. */
    public ToggleLatch() {}

    /**
     * Any thread: the bits that are raised and not acknowledged.
     *
     * @return the bits
     */
    public int active() {
        // Acquire, paired with the releases in raise() and acknowledge(): what was done before them is seen.
        return (int) (raised.getAcquire() ^ acknowledged.getAcquire());
    }

    /**
     * Called by hardware: the bits that are raised and, as far as hardware can see now, not acknowledged.
     *
     * @return the bits
     */
    public int activeForRaiser() {
        // Acquire, paired with the release in acknowledge(): what software did for the event is seen.
        return (int) (raised.get() ^ acknowledged.getAcquire());
    }

    /**
     * Called by hardware: make bits active; those that are active already stay as they are.
     *
     * @param bits to raise
     * @return the bits that were not active before
     */
    public int raise(final int bits) {
        final int fresh = bits & ~activeForRaiser();
        if (fresh != 0) {
            // Release, paired with the acquire in active(): the event happened before its bit.
            raised.setRelease(raised.get() ^ fresh);
        }
        return fresh;
    }

    /**
     * Called by software: make bits inactive; those that are inactive already stay as they are.
     *
     * @param bits to acknowledge
     */
    public void acknowledge(final int bits) {
        final int cleared = bits & active();
        if (cleared != 0) {
            // Release, paired with the acquire in active(): what software did for the event comes before.
            acknowledged.setRelease(acknowledged.get() ^ cleared);
        }
    }

    /** Called by either side between its store and its look at the other side's word: no StoreLoad reordering. */
    public static void fence() {
        VarHandle.fullFence();
    }

    /**
     * Any thread: hardware's word of the pair.
     *
     * @return the word, as SMMUv3 shows it in a PROD or GERROR register
     */
    public int raisedWord() {
        return (int) raised.getAcquire();
    }

    /**
     * Any thread: software's word of the pair.
     *
     * @return the word, as SMMUv3 shows it in a CONS or GERRORN register
     */
    public int acknowledgedWord() {
        return (int) acknowledged.getAcquire();
    }
}
