/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.bench.Samples;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    @ParameterizedTest
    @CsvSource({"closed,CLOSED", "trace,TRACE"})
    void shouldKnowItsWords(final String text, final Pace.Kind kind) {
        final Pace pace = Pace.parse(text);
        assertEquals(kind, pace.kind());
        assertEquals(0, pace.faultsPerSecond());
        assertEquals(text, pace.toString());
    }

    @ParameterizedTest
    @CsvSource({"1000,1000,1000", "200k,200000,200000", "2.5M,2500000,2500000", "0.5,0.5,0.5", "1000M,1e9,1000000000",
        "1e3,1000,1000"})
    void shouldReadRates(final String text, final double rate, final String name) {
        final Pace pace = Pace.parse(text);
        assertEquals(Pace.Kind.RATE, pace.kind());
        assertEquals(rate, pace.faultsPerSecond(), rate * 1e-12);
        assertEquals(name, pace.toString());
        assertEquals(pace, Pace.parse(pace.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "k", "M", "1 000", "1,000", "200K", "12x", "CLOSED", "0x", "NaN", "Infinity"})
    void shouldQuoteWhatIsNoPace(final String text) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Pace.parse(text));
        assertEquals("pace=" + text + " (expected: closed, trace, or faults per second, for instance 200k)",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,-1", "1e12,1000000000000", "-0.5,-0.5", "1000.001M,1000001000"})
    void shouldRefuseRatesOutOfRange(final String text, final String shown) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Pace.parse(text));
        assertTrue(e.getMessage().startsWith("pace=" + shown + " (expected: "), e::getMessage);
        assertTrue(e.getMessage().contains("1000000000"), e::getMessage);
    }

    @Test
    void shouldScheduleGroups() {
        final Workload workload = Samples.workload(8);
        final RaiseSchedule closed = Pace.parse("closed").schedule(workload);
        final RaiseSchedule trace = Pace.parse("trace").schedule(workload);
        final RaiseSchedule rate = Pace.parse("1k").schedule(workload);
        assertEquals(2, workload.groups());
        assertEquals(RaiseSchedule.WHENEVER, closed.dueNanos(3, 1));
        assertEquals(4_000, trace.dueNanos(0, 1));
        assertEquals(7_001 + 4_000, trace.dueNanos(1, 1));
        assertEquals(0, rate.dueNanos(0, 0));
        assertEquals(4_000_000, rate.dueNanos(0, 1));
        assertEquals(12_000_000, rate.dueNanos(1, 1));
    }
}
