/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Buffers as hexadecimal text, to compare records byte by byte. */
final class Bytes {

    private Bytes() {}

    /** The bytes as "01 02 ff". */
    static String hex(final ByteBuffer buffer, final int from, final int length) {
        final byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** Puts bytes given as "01 02 ff", blanks as you like. */
    static void put(final ByteBuffer buffer, final int at, final String hex) {
        buffer.put(at, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Overwrites all of a buffer. */
    static void fill(final ByteBuffer buffer, final int value) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (byte) value);
        }
    }
}
