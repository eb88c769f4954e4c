/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VtdRecordsTest {

    private static long[] words(final String hex, final int count) {
        final long[] words = new long[count];
        final String[] parts = hex.split(" ");
        for (int i = 0; i < parts.length; i++) {
            words[i] = Long.parseUnsignedLong(parts[i], 16);
        }
        return words;
    }

    @ParameterizedTest
    @CsvSource({
        "prq, 0000004203080101 00007F1234567D2F, page-request",
        "prq, 0000004203080101 00007F1234566D29, page-request",
        "prq, 0000004203080101 0000000000000004, stop-marker",
        "prq, 0000000003080001 0000000000000004, page-request",
        "prq, 0000004203080301 00007F1234566D29 1 2, page-request-with-private-data",
        "prq, 0000004203080102 00007F1234566D29, unknown",
        "fault, 00007F1234567000 8000427180000308, fault", "fault, 00000000FEE00000 C0000006000000A0, fault",
        "command, 0000004203080019 0000000000000D28, page-group-response",
        "command, 0000004203080039 0000000000000D28 1 2, page-group-response-with-private-data",
        "command, 0000000200000025 0000000100004014, wait", "command, 00000002000000A5, wait",
        "command, 0000000200000045, wait", "command, 0000004200050026, pasid-iotlb",
        "command, 0300004203088008 7FFFFFFFFFFFF800, pasid-device-tlb",
        "command, 0000004203080018 00007F1234565800, pasid-device-tlb", "command, 1, context-cache",
        "command, 2, iotlb", "command, 3, device-tlb", "command, 4, interrupt-entry-cache", "command, 7, pasid-cache",
        "command, 0, unknown", "command, A, unknown", "command, 205, unknown",
        "command-128, 0000000200000025 0000000100004014, wait",
        "command-128, 0000004203080019 0000000000000D28, page-group-response"})
    void shouldNameTheRecordsOfTheExamples(final String family, final String hex, final String layout) {
        final RecordFamily records = VtdRecords.FAMILIES.stream().filter(f -> f.name().equals(family)).findFirst()
                .orElseThrow();
        final long[] raw = words(hex, records.words());
        final RecordLayout found = records.layoutOf(raw);
        assertEquals(layout, found.name());
        if (!layout.equals("unknown")) {
            assertArrayEquals(new long[records.words()], found.reserved(raw), "reserved");
            assertArrayEquals(raw, found.encode(found.decode(raw)));
        }
    }

    /** Whatever the words, they are shown: fields and reserved bits together are all there is. */
    @Test
    void shouldEncodeWhatItDecodedFromAnyWords() {
        final Random random = new Random(16);
        for (final RecordFamily family : VtdRecords.FAMILIES) {
            for (int i = 0; i < 20_000; i++) {
                final long[] raw = random.longs(family.words()).toArray();
                if (random.nextBoolean()) {
                    raw[0] = raw[0] & ~0xE0F | random.nextInt(16);
                }
                if (random.nextInt(4) == 0) {
                    raw[0] = raw[0] & ~0xFF | PageRequestDescriptor.TYPE;
                }
                final RecordLayout layout = family.layoutOf(raw);
                final long[] back = layout.encode(layout.decode(raw));
                final long[] reserved = layout.reserved(raw);
                for (int word = 0; word < raw.length; word++) {
                    assertEquals(0, back[word] & reserved[word]);
                    back[word] |= reserved[word];
                }
                assertArrayEquals(raw, back, layout.name());
            }
        }
    }

    @Test
    void shouldHaveALayoutForEveryTypeInBothWidths() {
        for (final RecordFamily family : List.of(VtdRecords.INVALIDATION, VtdRecords.INVALIDATION_128)) {
            for (int type = 0; type < 128; type++) {
                final long[] raw = new long[family.words()];
                raw[0] = type & 0xF | (long) (type >>> 4) << 9;
                final boolean isKnown = type >= 1 && type <= 9;
                assertEquals(isKnown ? type : null, toInt(family.layoutOf(raw).fixed().get("type")), "type " + type);
            }
        }
    }

    private static Integer toInt(final Long value) {
        return value == null ? null : value.intValue();
    }
}
