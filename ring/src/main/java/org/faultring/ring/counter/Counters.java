/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** Distance from a counter's word to the next one's. */
    public static final int STRIDE_BYTES = RingMemory.PADDED_BYTES;
    /** Memory of all counters. */
    public static final int LENGTH_BYTES = Counter.values().length * STRIDE_BYTES;

    private final ByteBuffer buffer;

    /** Counters at zero, in memory of their own. */
    public Counters() {
        this(RingMemory.allocate(LENGTH_BYTES));
    }

    /**
     * Counters in given memory, a file that a monitor maps for instance; they go on from what is there.
     *
     * @param memory direct, little-endian, of {@link #LENGTH_BYTES}, the word of a counter at its ordinal times
     *               {@link #STRIDE_BYTES}; the other bytes are never touched
     */
    public Counters(final ByteBuffer memory) {
        if (!memory.isDirect() || memory.order() != ByteOrder.LITTLE_ENDIAN || memory.capacity() != LENGTH_BYTES) {
            throw new IllegalArgumentException("memory=" + memory.capacity() + " bytes, " + memory.order()
                    + " (expected: direct, little-endian, " + LENGTH_BYTES + " bytes)");
        }
        buffer = memory;
    }

    /**
     * A place for a world to count in.
     *
     * @return a new tally
     */
    public Tally tally() {
        return new Tally(this);
    }

    void add(final int ordinal, final long delta) {
        final int offset = ordinal * STRIDE_BYTES;
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

    /**
     * Any thread: all counts, for a result. Allocates.
     *
     * @return by {@link Counter#key()}, in the order of the enum; not all of one moment while worlds run
     */
    public Map<String, Long> byKey() {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final Counter counter : Counter.values()) {
            counts.put(counter.key(), get(counter));
        }
        return counts;
    }
}
