/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class RecordLayoutTest {

    private static final RecordField TYPE = RecordField.bits("type", 0, 63, 60).meaning(1, "page request");
    private static final RecordField PASID = RecordField.bits("pasid", 0, 31, 16).then(0, 45, 42);
    private static final RecordField ADDRESS = RecordField.inPlace("address", 1, 63, 12);
    private static final RecordLayout ANY = RecordLayout.of("any", 2, TYPE, PASID, ADDRESS);
    private static final RecordLayout REQUEST = RecordLayout.of("request", 2, TYPE, PASID, ADDRESS).fix("type", 1);

    @Test
    void shouldJoinTheBitsOfASplitField() {
        final long[] words = {0x11642BA5BCDE0308L, 0x00007F1234567000L};

        assertEquals(0xABCDE, PASID.get(words));
        assertEquals(0xFFFFF, PASID.max());
    }

    @Test
    void shouldKeepAnAddressInItsPlace() {
        assertEquals(0x7F1234567000L, ADDRESS.get(new long[] {0, 0x7F1234567D2FL}));
        assertEquals(-4096, ADDRESS.max());
    }

    @Test
    void shouldWriteAFieldAndNothingBesideIt() {
        final long[] words = {-1, -1};

        PASID.set(words, 0);

        assertArrayEquals(new long[] {~0x3C00FFFF0000L, -1}, words);
    }

    @Test
    void shouldRefuseAValueThatDoesNotFit() {
        final String message = assertThrows(IllegalArgumentException.class, () -> PASID.set(new long[2], 0x100000))
                .getMessage();

        assertEquals("pasid=0x100000 (expected: no bits beyond 0xfffff)", message);
        assertThrows(IllegalArgumentException.class, () -> ADDRESS.set(new long[2], 0x123));
    }

    @Test
    void shouldEncodeWhatItDecodes() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            final long[] raw = {random.nextLong(), random.nextLong()};
            final long[] reserved = ANY.reserved(raw);
            final long[] encoded = ANY.encode(ANY.decode(raw));

            assertArrayEquals(raw, new long[] {encoded[0] | reserved[0], encoded[1] | reserved[1]});
            assertArrayEquals(new long[2], ANY.reserved(encoded));
        }
    }

    @Test
    void shouldDecodeInTheOrderOfTheFields() {
        assertEquals(List.of("type", "pasid", "address"),
                List.copyOf(ANY.decode(new long[2]).keySet()));
    }

    @Test
    void shouldGiveFixedFieldsTheirValue() {
        assertArrayEquals(new long[] {1L << 60, 0}, REQUEST.encode(Map.of()));
        final Map<String, Long> other = new LinkedHashMap<>(Map.of("type", 2L));
        assertEquals("type=0x2 (expected: 0x1 in request)",
                assertThrows(IllegalArgumentException.class, () -> REQUEST.encode(other)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> REQUEST.encode(Map.of("tipe", 1L)));
    }

    @Test
    void shouldFindTheFirstLayoutThatMatches() {
        final RecordFamily family = new RecordFamily("ppr", REQUEST, ANY);

        assertSame(REQUEST, family.layoutOf(new long[] {1L << 60, 0}));
        assertSame(ANY, family.layoutOf(new long[] {2L << 60, 0}));
        assertSame(REQUEST, family.layout("request").orElseThrow());
        assertTrue(family.layout("no").isEmpty());
        assertEquals("page request", TYPE.meaningOf(1));
        assertEquals("", TYPE.meaningOf(2));
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> RecordField.bits("x", 0, 64, 0));
        assertThrows(IllegalArgumentException.class, () -> RecordField.bits("x", 0, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> RecordLayout.of("x", 1, ADDRESS));
        assertThrows(IllegalArgumentException.class,
                () -> RecordLayout.of("x", 2, ADDRESS, RecordField.bit("y", 1, 20)));
        assertThrows(IllegalArgumentException.class, () -> RecordLayout.of("x", 2, ADDRESS, ADDRESS));
        assertThrows(IllegalArgumentException.class, () -> new RecordFamily("x", ANY, REQUEST));
        assertThrows(IllegalArgumentException.class,
                () -> new RecordFamily("x", RecordLayout.of("short", 1), ANY));
        assertThrows(IllegalArgumentException.class, () -> ANY.fix("typ", 1));
    }
}
