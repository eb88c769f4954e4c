/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/** What holds for the records of every queue. */
public final class RecordChecks {

    private RecordChecks() {}

    /** Any words have a layout, show reserved bits as such, and come back from their fields. */
    public static void decodeAndEncodeAnyWords(final RecordFamily family, final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final long[] raw = random.longs(family.words()).toArray();
            if (random.nextInt(4) == 0) {
                raw[random.nextInt(raw.length)] = random.nextBoolean() ? 0 : -1;
            }
            check(family.layoutOf(raw), raw, seed);
            for (final RecordLayout layout : family.layouts()) {
                final long[] fixed = raw.clone();
                layout.fixed().forEach((name, value) -> layout.field(name).orElseThrow().set(fixed, value));
                if (!layout.fixed().isEmpty()) {
                    assertEquals(layout.name(), family.layoutOf(fixed).name());
                }
                check(layout, fixed, seed);
            }
        }
    }

    private static void check(final RecordLayout layout, final long[] raw, final long seed) {
        assertNotNull(layout);
        assertTrue(layout.matches(raw));
        final Map<String, Long> values = layout.decode(raw);
        final long[] encoded = layout.encode(values);
        final long[] reserved = layout.reserved(raw);
        for (int word = 0; word < raw.length; word++) {
            assertEquals(0, encoded[word] & reserved[word]);
            encoded[word] |= reserved[word];
        }
        assertArrayEquals(raw, encoded, () -> layout.name() + ", seed=" + seed);
    }

    /** A field as the table has it, for comparison with a codec. */
    public static long field(final RecordFamily family, final String name, final long... raw) {
        final RecordLayout layout = family.layoutOf(raw);
        final RecordField field =
                layout.field(name).orElseThrow(() -> new AssertionError(name + " in " + layout.name()));
        return field.get(raw);
    }
}
