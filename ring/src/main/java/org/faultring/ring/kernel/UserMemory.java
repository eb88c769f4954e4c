/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Memory of user space that a file was told of. Belongs to the user world. */
final class UserMemory {

    private ByteBuffer[] buffers = new ByteBuffer[0];

    UserMemory() {}

    /** Set-up: the number by which a buffer is named from now on. */
    int register(final ByteBuffer buffer) {
        final int number = buffers.length;
        buffers = Arrays.copyOf(buffers, number + 1);
        buffers[number] = buffer;
        return number;
    }

    ByteBuffer buffer(final int number) {
        return buffers[number];
    }

    /** Whether all the bytes of a range can be copied to or from. */
    boolean holds(final int number, final int offset, final int length) {
        return number >= 0 && number < buffers.length && offset >= 0 && length >= 0
                && offset <= buffers[number].capacity() - length;
    }
}
