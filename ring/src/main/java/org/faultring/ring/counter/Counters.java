/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/**
 * The {@link Counter}s of one path in memory that may be watched from outside: a 64-bit word each, on line pairs of
 * their own, in the order of the enum.
 *
 * <p>Worlds count in a {@link Tally} each; any thread may read here. A read is never torn, at most a duty cycle old,
 * and orders nothing.
 */
public final class Counters {

    private static final int STRIDE_BYTES = RingMemory.PADDED_BYTES;
    private static final int COUNT = Counter.values().length;

    private final ByteBuffer buffer = RingMemory.allocate(COUNT * STRIDE_BYTES);

    /** All counters at zero. */
    public Counters() {}

    /**
     * A place for a world to count in.
     *
     * @return a new tally
     */
    public Tally tally() {
        return new Tally(this);
    }

    void add(final Counter counter, final long delta) {
        final int offset = counter.ordinal() * STRIDE_BYTES;
        // Opaque, paired with get(). The read is our own last write.
        LittleEndian.putLongOpaque(buffer, offset, LittleEndian.getLong(buffer, offset) + delta);
    }

    /**
     * Any thread: how many so far.
     *
     * @param counter asked for
     * @return the count
     */
    public long get(final Counter counter) {
        return LittleEndian.getLongOpaque(buffer, counter.ordinal() * STRIDE_BYTES);
    }
}
