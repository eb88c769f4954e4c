/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

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

    private static final int RAISED_OFFSET = 0;
    private static final int ACKNOWLEDGED_OFFSET = RAISED_OFFSET + RingMemory.PADDED_BYTES;

    private final ByteBuffer words = RingMemory.allocate(ACKNOWLEDGED_OFFSET + RingMemory.PADDED_BYTES);

    /** Hardware's own copy of its word, so that it need not read it back. */
    private int raised;

    /** All bits inactive. */
    public ToggleLatch() {}

    /**
     * Any thread: the bits that are raised and not acknowledged.
     *
     * @return the bits
     */
    public int active() {
        // Acquire, paired with the releases in raise() and acknowledge(): what was done before them is seen.
        return LittleEndian.getIntAcquire(words, RAISED_OFFSET) ^ LittleEndian.getIntAcquire(words,
                ACKNOWLEDGED_OFFSET);
    }

    /**
     * Called by hardware: the bits that are raised and, as far as hardware can see now, not acknowledged.
     *
     * @return the bits
     */
    public int activeForRaiser() {
        // Acquire, paired with the release in acknowledge(): what software did for the event is seen.
        return raised ^ LittleEndian.getIntAcquire(words, ACKNOWLEDGED_OFFSET);
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
            raised ^= fresh;
            // Release, paired with the acquire in active(): the event happened before its bit.
            LittleEndian.putIntRelease(words, RAISED_OFFSET, raised);
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
            LittleEndian.putIntRelease(words, ACKNOWLEDGED_OFFSET,
                    LittleEndian.getInt(words, ACKNOWLEDGED_OFFSET) ^ cleared);
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
        return LittleEndian.getIntAcquire(words, RAISED_OFFSET);
    }

    /**
     * Any thread: software's word of the pair.
     *
     * @return the word, as SMMUv3 shows it in a CONS or GERRORN register
     */
    public int acknowledgedWord() {
        return LittleEndian.getIntAcquire(words, ACKNOWLEDGED_OFFSET);
    }
}
