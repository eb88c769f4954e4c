/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PciRecordsTest {

    static RecordFamily[] families() {
        return PciRecords.families().toArray(RecordFamily[]::new);
    }

    private static RecordLayout only(final RecordFamily family) {
        return family.layouts().get(0);
    }

    private static long field(final RecordFamily family, final String name, final long word) {
        return only(family).field(name).orElseThrow().get(new long[] {word});
    }

    @Test
    void shouldHaveTheWorkedExamples() {
        assertEquals(Map.of("page-address", 0x7F12_3456_7000L, "prgi", 0x1A5L, "l", 1L, "w", 1L, "r", 1L),
                only(PciRecords.PAGE_REQUEST).decode(new long[] {0x0000_7F12_3456_7D2FL}));
        assertArrayEquals(new long[] {0x0000_7F12_3456_7D2FL}, only(PciRecords.PAGE_REQUEST)
                .encode(Map.of("page-address", 0x7F12_3456_7000L, "prgi", 0x1A5L, "l", 1L, "w", 1L, "r", 1L)));
        assertEquals(Map.of("destination-id", 0x0308L, "response-code", 0L, "prgi", 0x1A5L),
                only(PciRecords.PAGE_GROUP_RESPONSE).decode(new long[] {0x0308_01A5_0000_0000L}));
        assertArrayEquals(new long[] {0x0308_01A5_0000_0000L},
                only(PciRecords.PAGE_GROUP_RESPONSE).encode(Map.of("destination-id", 0x0308L, "prgi", 0x1A5L)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void shouldEncodeWhatItDecodes(final RecordFamily family) {
        final SplittableRandom random = new SplittableRandom(10);
        assertEquals(1, family.words());
        for (int i = 0; i < 10_000; i++) {
            final long[] raw = {random.nextLong()};
            final RecordLayout layout = family.layoutOf(raw);
            final long reserved = layout.reserved(raw)[0];
            assertEquals(raw[0], layout.encode(layout.decode(raw))[0] | reserved);
        }
    }

    @Test
    void shouldAgreeWithTheFunctionsOverPageRequests() {
        final SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 10_000; i++) {
            final long word = random.nextLong();
            assertEquals(PageRequestMessage.address(word), field(PciRecords.PAGE_REQUEST, "page-address", word));
            assertEquals(PageRequestMessage.groupIndex(word), field(PciRecords.PAGE_REQUEST, "prgi", word));
            assertEquals(PageRequestMessage.isLast(word), field(PciRecords.PAGE_REQUEST, "l", word) == 1);
            assertEquals(word & PageRequestMessage.READ, field(PciRecords.PAGE_REQUEST, "r", word));
            assertEquals(word & PageRequestMessage.WRITE, 2 * field(PciRecords.PAGE_REQUEST, "w", word));
            assertEquals(PageGroupResponseMessage.destination(word),
                    field(PciRecords.PAGE_GROUP_RESPONSE, "destination-id", word));
            assertEquals(PageGroupResponseMessage.code(word),
                    field(PciRecords.PAGE_GROUP_RESPONSE, "response-code", word));
            assertEquals(PageGroupResponseMessage.groupIndex(word),
                    field(PciRecords.PAGE_GROUP_RESPONSE, "prgi", word));
        }
    }

    @Test
    void shouldAgreeWithTheFunctionsOverAts() {
        final SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 10_000; i++) {
            final long word = random.nextLong();
            assertEquals(TranslationRequestMessage.address(word),
                    field(PciRecords.TRANSLATION_REQUEST, "address", word));
            assertEquals(word & TranslationRequestMessage.NO_WRITE,
                    field(PciRecords.TRANSLATION_REQUEST, "nw", word));
            assertEquals((word & SizedAddress.SIZE) != 0, field(PciRecords.TRANSLATION_COMPLETION, "s", word) == 1);
            assertEquals(TranslationCompletionEntry.isMissing(word),
                    field(PciRecords.TRANSLATION_COMPLETION, "r", word)
                            + field(PciRecords.TRANSLATION_COMPLETION, "w", word) == 0);
            assertEquals((word & TranslationCompletionEntry.UNTRANSLATED_ONLY) != 0,
                    field(PciRecords.TRANSLATION_COMPLETION, "u", word) == 1);
            assertEquals((word & TranslationCompletionEntry.GLOBAL) != 0,
                    field(PciRecords.TRANSLATION_COMPLETION, "global", word) == 1);
            assertEquals((word & TranslationCompletionEntry.NO_SNOOP) != 0,
                    field(PciRecords.TRANSLATION_COMPLETION, "n", word) == 1);
            for (final PrivilegeBits bits : PrivilegeBits.values()) {
                final RecordFamily family = PciRecords.translationCompletion(bits);
                assertEquals((word & bits.priv()) != 0, field(family, "priv", word) == 1);
                assertEquals((word & bits.exe()) != 0, field(family, "exe", word) == 1);
            }
            assertEquals(InvalidateRequestMessage.isGlobal(word),
                    field(PciRecords.INVALIDATE_REQUEST, "g", word) == 1);
            assertEquals(InvalidateCompletionMessage.tags(word) & 0xFFFF_FFFFL,
                    field(PciRecords.INVALIDATE_COMPLETION, "itag-vector", word));
            assertEquals(InvalidateCompletionMessage.count(word) & 7,
                    field(PciRecords.INVALIDATE_COMPLETION, "completion-count", word));
            assertEquals(InvalidateCompletionMessage.destination(word),
                    field(PciRecords.INVALIDATE_COMPLETION, "destination-id", word));
        }
    }

    @Test
    void shouldNameTheResponseCodes() {
        final RecordField code = only(PciRecords.PAGE_GROUP_RESPONSE).field("response-code").orElseThrow();
        assertEquals("Success", code.meaningOf(0));
        assertEquals("Invalid Request", code.meaningOf(1));
        assertEquals("Response Failure", code.meaningOf(15));
        assertEquals("", code.meaningOf(2));
    }

    @Test
    void shouldHaveFamiliesOfDistinctNames() {
        assertEquals(families().length,
                PciRecords.families().stream().map(RecordFamily::name).distinct().count());
        assertTrue(families().length >= 6);
    }
}
