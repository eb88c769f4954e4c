/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;

import org.faultring.hwmodel.RecordChecks;
import org.faultring.hwmodel.layout.RecordFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiscvRecordsTest {

    private static RecordFamily family(final String name) {
        return switch (name) {
            case "prq" -> RiscvRecords.PRQ;
            case "fault" -> RiscvRecords.FAULT;
            default -> RiscvRecords.COMMAND;
        };
    }

    @ParameterizedTest
    @CsvSource({"prq, 2", "fault, 4", "command, 2"})
    void shouldDecodeAndEncodeAnyWords(final String name, final int words) {
        assertEquals(name, family(name).name());
        assertEquals(words, family(name).words());
        RecordChecks.decodeAndEncodeAnyWords(family(name), name.hashCode());
    }

    @ParameterizedTest
    @CsvSource({"1, 0, iotinval.vma", "1, 1, iotinval.gvma", "1, 2, unknown", "2, 0, iofence.c", "2, 1, unknown",
        "3, 0, iodir.inval-ddt", "3, 1, iodir.inval-pdt", "3, 7, unknown", "4, 0, ats.inval", "4, 1, ats.prgr",
        "4, 2, unknown", "0, 0, unknown", "5, 0, unknown", "127, 7, unknown"})
    void shouldKnowCommandsByOpcodeAndFunction(final long op, final long func, final String name) {
        assertEquals(name, RiscvRecords.COMMAND.layoutOf(new long[] {op | func << 7, -1}).name());
    }

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertArrayEquals(new long[] {0x0003080100042000L, 0x00007F1234567D2FL},
                RiscvRecords.PRQ.layouts().get(0).encode(Map.of("did", 0x308L, "pid", 0x42L, "pv", 1L, "r", 1L, "w", 1L,
                        "l", 1L, "prgi", 0x1A5L, "address", 0x7F1234567000L)));
        assertArrayEquals(new long[] {0x0003080100042084L, 0x000001A500000000L},
                RiscvRecords.COMMAND.layout("ats.prgr").orElseThrow()
                        .encode(Map.of("rid", 0x308L, "pid", 0x42L, "pv", 1L, "prgi", 0x1A5L)));
        assertArrayEquals(new long[] {0x0003080D0004200FL, 0, 0x00007F1234567ABCL, 0},
                RiscvRecords.FAULT.layouts().get(0).encode(Map.of("cause", 15L, "ttyp", 3L, "did", 0x308L, "pid", 0x42L,
                        "pv", 1L, "iotval", 0x7F1234567ABCL)));
    }

    @Test
    void shouldNameCausesAndTransactionTypes() {
        final var fault = RiscvRecords.FAULT.layouts().get(0);
        assertEquals("write page fault", fault.field("cause").orElseThrow().meaningOf(15));
        assertEquals("transaction type disallowed", fault.field("cause").orElseThrow().meaningOf(260));
        assertEquals(30, fault.field("cause").orElseThrow().meanings().size());
        assertEquals("message request", fault.field("ttyp").orElseThrow().meaningOf(9));
        assertEquals("", fault.field("ttyp").orElseThrow().meaningOf(4));
    }
}
