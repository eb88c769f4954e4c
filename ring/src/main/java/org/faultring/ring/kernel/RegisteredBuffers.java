/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The memory of user space as a file of the kernel sees it: what was registered can be copied to and from. */
final class RegisteredBuffers {

    private ByteBuffer[] buffers = new ByteBuffer[0];

    /** Set-up: the number by which a buffer is named from now on. */
    int register(final ByteBuffer buffer) {
        final int number = buffers.length;
        buffers = Arrays.copyOf(buffers, number + 1);
        buffers[number] = buffer;
        return number;
    }

    /**
     * Bytes that can be copied from a place on.
     *
     * @param number of a buffer, anything
     * @param offset in it, anything
     * @return the count, 0 if there is no memory
     */
    int mapped(final int number, final int offset) {
        return number >= 0 && number < buffers.length && offset >= 0
                ? Math.max(0, buffers[number].capacity() - offset)
                : 0;
    }

    /** A buffer; null where nothing is mapped. */
    ByteBuffer get(final int number) {
        return number >= 0 && number < buffers.length ? buffers[number] : null;
    }

    /** Whether all the bytes of a range can be copied to or from. */
    boolean holds(final int number, final int offset, final int length) {
        return number >= 0 && number < buffers.length && offset >= 0 && length >= 0
                && offset <= buffers[number].capacity() - length;
    }
}
