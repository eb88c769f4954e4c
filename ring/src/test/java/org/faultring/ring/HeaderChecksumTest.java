/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;

class HeaderChecksumTest {

    @Test
    void shouldGiveTheCheckValueOfCrc32c() {
        final ByteBuffer text = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0xE306_9283, HeaderChecksum.of(text, 0, text.capacity()));
    }

    @Test
    void shouldAgreeWithTheJdkOnAnyBytes() {
        final Random random = new Random(20_261);
        final byte[] bytes = new byte[64];
        for (int i = 0; i < 1_000; i++) {
            random.nextBytes(bytes);
            final int from = random.nextInt(bytes.length);
            final int to = from + random.nextInt(bytes.length - from + 1);
            final CRC32C crc = new CRC32C();
            crc.update(bytes, from, to - from);
            assertEquals((int) crc.getValue(), HeaderChecksum.of(ByteBuffer.wrap(bytes), from, to));
        }
    }
}
