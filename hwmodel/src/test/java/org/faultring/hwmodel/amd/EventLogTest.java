/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    private static final int RUN = AmdRegisters.EVENT_LOG_RUN;
    private static final int INT = AmdRegisters.EVENT_LOG_INT;
    private static final int OVERFLOW = AmdRegisters.EVENT_OVERFLOW;

    private final AmdFixture amd = new AmdFixture();

    private void faults(final int count) {
        for (int i = 0; i < count; i++) {
            amd.iommu.fault(EventLogEntry.qw0(EventLogEntry.IO_PAGE_FAULT, 0x0308, 5, EventLogEntry.RW),
                    AmdFixture.PAGE);
        }
    }

    @Test
    void shouldStoreTheWordsOfTheWorkedExample() {
        amd.setUpEvents(512);
        faults(1);
        assertEquals(0x2020000500000308L, amd.word(amd.eventEntry(0)));
        assertEquals(0x00007F1234567000L, amd.word(amd.eventEntry(0) + 8));
        assertEquals(0x10, amd.read(AmdRegisters.EVENT_TAIL));
        assertEquals(RUN | INT, amd.status());
        assertEquals(1, amd.eventInterrupts());
        assertEquals(0, amd.interrupts());
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024, 2048, 4096, 8192, 16384, 32768})
    void shouldStopInOverflowUntilItIsRestarted(final int entries) {
        amd.setUpEvents(entries);
        faults(entries - 1);
        final long last = (entries - 1) * 16L;
        assertEquals(last, amd.read(AmdRegisters.EVENT_TAIL));
        assertEquals(RUN | INT, amd.status());
        faults(3);
        assertEquals(last, amd.read(AmdRegisters.EVENT_TAIL));
        assertEquals(INT | OVERFLOW, amd.status());
        assertEquals(3, amd.count(Counter.EVENTS_LOST));
        assertEquals(1, amd.count(Counter.EVENT_OVERFLOWS));
        amd.registers.write64(AmdRegisters.EVENT_HEAD, last);
        amd.registers.write64(AmdRegisters.STATUS, INT | OVERFLOW);
        amd.iommu.doWork();
        faults(1);
        assertEquals(4, amd.count(Counter.EVENTS_LOST));
        amd.control(0, AmdRegisters.EVENT_LOG_EN);
        amd.control(AmdRegisters.EVENT_LOG_EN, 0);
        amd.iommu.doWork();
        assertEquals(RUN, amd.status());
        faults(1);
        assertEquals(0, amd.read(AmdRegisters.EVENT_TAIL));
        assertEquals(entries, amd.count(Counter.EVENTS_RECORDED));
        assertEquals(RUN | INT, amd.status());
    }

    @Test
    void shouldCountWhatComesBeforeTheLogIsOn() {
        faults(2);
        assertEquals(2, amd.count(Counter.EVENTS_LOST));
        assertEquals(0, amd.count(Counter.EVENTS_RECORDED));
    }
}
