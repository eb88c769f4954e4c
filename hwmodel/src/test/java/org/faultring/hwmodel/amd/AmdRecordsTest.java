/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.faultring.hwmodel.RecordChecks;
import org.faultring.hwmodel.layout.RecordFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmdRecordsTest {

    private static RecordFamily family(final String name) {
        return switch (name) {
            case "prq" -> AmdRecords.PRQ;
            case "event" -> AmdRecords.EVENT;
            default -> AmdRecords.COMMAND;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"prq", "event", "command"})
    void shouldDecodeAndEncodeAnyWords(final String name) {
        assertEquals(name, family(name).name());
        assertEquals(2, family(name).words());
        RecordChecks.decodeAndEncodeAnyWords(family(name), name.hashCode());
    }

    @ParameterizedTest
    @CsvSource({"1, completion-wait", "2, invalidate-devtab-entry", "3, invalidate-iommu-pages",
        "4, invalidate-iotlb-pages", "5, invalidate-interrupt-table", "6, unknown", "7, complete-ppr-request",
        "8, invalidate-iommu-all", "0, unknown", "9, unknown", "15, unknown"})
    void shouldKnowCommandsByTheirType(final long type, final String name) {
        assertEquals(name, AmdRecords.COMMAND.layoutOf(new long[] {type << 60, -1}).name());
    }

    @ParameterizedTest
    @CsvSource({"1, illegal-dev-table-entry", "2, io-page-fault", "3, dev-tab-hardware-error",
        "4, page-tab-hardware-error", "5, illegal-command-error", "6, command-hardware-error",
        "7, iotlb-inv-timeout", "8, invalid-device-request", "9, invalid-ppr-request", "10, unknown",
        "13, rmp-fault", "14, rmp-hw-err", "15, unknown", "0, unknown"})
    void shouldKnowEventsByTheirType(final long type, final String name) {
        assertEquals(name, AmdRecords.EVENT.layoutOf(new long[] {type << 60, -1}).name());
    }

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertArrayEquals(new long[] {0x116403A500420308L, 0x00007F1234567000L},
                AmdRecords.PRQ.layouts().get(0).encode(Map.of("device-id", 0x308L, "pasid", 0x42L, "prgi", 0x1A5L,
                        "last", 1L, "read", 1L, "write", 1L, "us", 1L, "gn", 1L, "address", 0x7F1234567000L)));
        assertArrayEquals(new long[] {0x7000004200000308L, 0x0000F1A500000004L},
                AmdRecords.COMMAND.layout("complete-ppr-request").orElseThrow().encode(Map.of("device-id", 0x308L,
                        "pasid", 0x42L, "gn", 1L, "prgi", 0x1A5L, "code", 0xFL)));
        assertArrayEquals(new long[] {0x2020000500000308L, 0x00007F1234567000L},
                AmdRecords.EVENT.layout("io-page-fault").orElseThrow()
                        .encode(Map.of("device-id", 0x308L, "id", 5L, "rw", 1L, "address", 0x7F1234567000L)));
    }
}
