/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** The buffers that a file was told of, and where they lie. One thread at a time. */
final class NativeBuffers {

    /** Kept, so that the memory stays. */
    private ByteBuffer[] buffers = new ByteBuffer[0];
    private long[] addresses = new long[0];

    /** Number of a further buffer. */
    int register(final ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("buffer=" + buffer + " (expected: direct)");
        }
        final int number = buffers.length;
        buffers = Arrays.copyOf(buffers, number + 1);
        addresses = Arrays.copyOf(addresses, number + 1);
        buffers[number] = buffer;
        addresses[number] = MemorySegment.ofBuffer(buffer.duplicate().clear()).address();
        return number;
    }

    /** A buffer, of which these bytes are there. */
    ByteBuffer buffer(final int number, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, buffers[number].capacity());
        return buffers[number];
    }

    /** Address of bytes that are all within a buffer. */
    long address(final int number, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, buffers[number].capacity());
        return addresses[number] + offset;
    }
}
