/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * A ring of buffers for the kernel to choose from ({@code struct io_uring_buf_ring}). One thread gives them back.
 */
final class ProvidedBuffers {

    /** Most buffers of a ring: its tail has 16 bits (io_uring/kbuf.c). */
    static final int MAX_COUNT = 32768;

    private static final VarHandle SHORT = JAVA_SHORT.varHandle();

    private final MemorySegment ring;
    private final long address;
    private final int lengthBytes;
    private final int count;
    /** Buffers given so far; the kernel sees its lower 16 bits. */
    private int tail;

    /** All buffers are there to be chosen once the ring of theirs, zeroed pages, is registered. */
    ProvidedBuffers(final MemorySegment ring, final long address, final int lengthBytes, final int count) {
        this.ring = ring;
        this.address = address;
        this.lengthBytes = lengthBytes;
        this.count = count;
        for (int i = 0; i < count; i++) {
            give(i);
        }
    }

    /** Let the kernel have a buffer. */
    void give(final int number) {
        Objects.checkIndex(number, count);
        final long entry = (long) (tail & count - 1) * UringLayout.BUF_BYTES;
        ring.set(JAVA_LONG, entry + UringLayout.BUF_ADDR, address + (long) number * lengthBytes);
        ring.set(JAVA_INT, entry + UringLayout.BUF_LEN, lengthBytes);
        ring.set(JAVA_SHORT, entry + UringLayout.BUF_BID, (short) number);
        tail++;
        // Release, paired with the kernel's acquire of the tail (io_ring_buffer_select): it sees the entry.
        SHORT.setRelease(ring, UringLayout.BUF_RING_TAIL, (short) tail);
    }
}
