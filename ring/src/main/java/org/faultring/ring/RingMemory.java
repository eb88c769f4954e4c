/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Off-heap memory whose first byte lies on a cache line pair, so that offsets computed from {@link #CACHE_LINE_BYTES}
 * keep the fields of different threads on different lines.
 */
public final class RingMemory {

    /** Bytes that move together between cores, 64 on every machine this runs on. */
    public static final int CACHE_LINE_BYTES = 64;

    /**
     * Distance in bytes between words with different writers: two lines, because the adjacent-line prefetcher of x86
     * processors fetches lines in pairs.
     */
    public static final int PADDED_BYTES = 2 * CACHE_LINE_BYTES;

    private RingMemory() {}

    /**
     * Zeroed direct memory, aligned to {@link #PADDED_BYTES}, freed by the collector.
     *
     * @param lengthBytes 1 .. 2^30
     * @return a little-endian buffer of exactly that length
     */
    public static ByteBuffer allocate(final int lengthBytes) {
        Checks.range("lengthBytes", lengthBytes, 1, 1 << 30);
        final int rounded = (lengthBytes + PADDED_BYTES - 1) & -PADDED_BYTES;
        return ByteBuffer.allocateDirect(rounded + PADDED_BYTES).alignedSlice(PADDED_BYTES).slice(0, lengthBytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
