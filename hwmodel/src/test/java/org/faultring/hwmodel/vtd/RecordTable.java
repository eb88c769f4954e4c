/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/** A record's table, to hold its static functions and its ruler against. */
record RecordTable(RecordFamily family, RecordLayout layout) {

    static RecordTable of(final RecordFamily family, final String layout) {
        return new RecordTable(family, family.layout(layout).orElseThrow());
    }

    /** The words of fields, given as name, value, name, value. */
    long[] words(final Object... fields) {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put((String) fields[i], ((Number) fields[i + 1]).longValue());
        }
        return layout.encode(values);
    }

    /** The first words are those of the fields, the others 0. */
    void assertWords(final long qw0, final long qw1, final Object... fields) {
        final long[] expected = words(fields);
        final long[] actual = new long[layout.words()];
        actual[0] = qw0;
        actual[1] = qw1;
        assertArrayEquals(expected, actual, () -> layout.name() + ": " + layout.decode(actual));
        assertSame(layout, family.layoutOf(actual));
    }

    /** Value of a field in words of which the others are 0. */
    long get(final String field, final long... words) {
        final long[] all = new long[layout.words()];
        System.arraycopy(words, 0, all, 0, words.length);
        return layout.field(field).orElseThrow().get(all);
    }

    /** A row of a ruler, given as name in the ruler, name in the table, and so on; its zeros are reserved. */
    void assertRuler(final Ruler ruler, final String row, final int word, final String... names) {
        long known = 0;
        for (int i = 0; i < names.length; i += 2) {
            final Ruler.Field there = ruler.field(row, names[i]);
            final RecordField here = layout.field(names[i + 1]).orElseThrow();
            assertTrue(here.pieces().contains(new RecordField.Bits(word, there.high(), there.low())),
                    () -> there + " but " + here.name() + " " + here.pieces());
            known |= there.mask();
        }
        final long[] ones = {-1, -1, -1, -1};
        final long[] words = layout.words() == 2 ? new long[] {-1, -1} : ones;
        assertEquals(Long.toHexString(layout.reserved(words)[word]), Long.toHexString(ruler.zeroBits(row)), row);
        assertEquals(-1L, known | ruler.zeroBits(row), row + ": all fields");
    }
}
