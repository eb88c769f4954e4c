/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLogEntryTest {

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals("2020000500000308", Long.toHexString(
                EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, 0x0308, 5, EventLogEntry.RW)));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            final int type = random.nextInt(16);
            final int device = random.nextInt(1 << 16);
            final int id = random.nextInt(1 << 20);
            final long flags = random.nextLong() & EventLogEntry.FLAGS;
            final long qw0 = EventLogEntry.qw0(type, device, id, flags);
            assertEquals(type, EventLogEntry.type(qw0));
            assertEquals(device, EventLogEntry.deviceId(qw0));
            assertEquals(id, EventLogEntry.id(qw0));
            assertEquals(flags, qw0 & EventLogEntry.FLAGS);
            final long[] raw = {qw0, 0};
            final var values = AmdRecords.EVENT.layoutOf(raw).decode(raw);
            assertEquals(type, values.get("type"));
            assertEquals(device, values.get("device-id"));
            assertEquals(id, values.get("id"));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(EventLogEntry.class).get(0);
        final String[] names = {"GN", "NX", "US", "I", "PR", "RW", "PE", "RZ", "TR"};
        final long[] masks = {EventLogEntry.GN, EventLogEntry.NX, EventLogEntry.US, EventLogEntry.I, EventLogEntry.PR,
            EventLogEntry.RW, EventLogEntry.PE, EventLogEntry.RZ, EventLogEntry.TR};
        long all = 0;
        for (int i = 0; i < names.length; i++) {
            assertEquals(ruler.field("qw0", names[i]).mask(), masks[i], names[i]);
            assertEquals(masks[i], AmdRecords.EVENT.layout("io-page-fault").orElseThrow()
                    .encode(java.util.Map.of(names[i].toLowerCase(java.util.Locale.ROOT), 1L))[0] & ~(0xFL << 60));
            all |= masks[i];
        }
        assertEquals(EventLogEntry.FLAGS, all);
        assertEquals(ruler.field("qw0", "type").mask(), EventLogEntry.qw0(15, 0, 0, 0));
        assertEquals(ruler.field("qw0", "device ID").mask(), EventLogEntry.qw0(0, 0xFFFF, 0, 0));
        assertEquals(ruler.field("qw0", "domain ID or PASID 15:0").mask(), EventLogEntry.qw0(0, 0, 0xFFFF, 0));
        assertEquals(ruler.field("qw0", "PASID 19:16").mask(), EventLogEntry.qw0(0, 0, 0xF_0000, 0));
        assertEquals(0, EventLogEntry.qw0(-1, -1, -1, -1) & ruler.zeroBits("qw0"));
    }

    @ParameterizedTest
    @CsvSource({"2, true, FIRST", "2, false, SECOND", "4, true, FIRST", "4, false, SECOND", "1, true, CONFIGURATION",
        "3, true, CONFIGURATION", "5, false, CONFIGURATION", "6, false, CONFIGURATION", "7, false, CONFIGURATION",
        "8, true, CONFIGURATION", "9, true, CONFIGURATION", "13, false, SECOND", "14, false, SECOND",
        "0, false, CONFIGURATION", "12, true, CONFIGURATION"})
    void shouldTellTheLevelAsFarAsTheRecordDoes(final int type, final boolean gn, final FaultLevel level) {
        assertEquals(level, EventLogEntry.level(EventLogEntry.qw0(type, 0x0308, 5, gn ? EventLogEntry.GN : 0)));
    }
}
