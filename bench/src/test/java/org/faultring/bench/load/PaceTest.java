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
        assertEquals("pace=" + text + Pace.EXPECTED,
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
        final RaiseSchedule closed = Pace.parse("closed").schedule(workload, 1);
        final RaiseSchedule trace = Pace.parse("trace").schedule(workload, 1);
        final RaiseSchedule rate = Pace.parse("1k").schedule(workload, 1);
        assertEquals(2, workload.groups());
        assertEquals(RaiseSchedule.WHENEVER, closed.dueNanos(3, 1));
        assertEquals(4_000, trace.dueNanos(0, 1));
        assertEquals(7_001 + 4_000, trace.dueNanos(1, 1));
        assertEquals(0, rate.dueNanos(0, 0));
        assertEquals(4_000_000, rate.dueNanos(0, 1));
        assertEquals(12_000_000, rate.dueNanos(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"trace:10,TRACE,trace:10", "trace:1,TRACE,trace", "poisson:200k,POISSON,poisson:200000",
        "bursts:64:200k,BURSTS,bursts:64:200000", "bursts:64:200k:2M,BURSTS,bursts:64:200000:2000000"})
    void shouldReadOpenLoops(final String text, final Pace.Kind kind, final String name) {
        final Pace pace = Pace.parse(text);
        assertEquals(kind, pace.kind());
        assertTrue(pace.isOpenLoop());
        assertEquals(name, pace.toString());
        assertEquals(pace, Pace.parse(pace.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace:0", "trace:1e9", "trace:", "poisson", "poisson:", "poisson:0", "poisson:1:2",
        "bursts:64", "bursts:0:1k", "bursts:70000:1k", "bursts:x:1k", "bursts:4:1k:999", "bursts:4:1k:0",
        "bursts:4:1k:2G", "closed:1", "1k:2k", ":", "trace:NaN", "poisson:NaN", "bursts:4:1k:NaN"})
    void shouldRefuseOpenLoopsThatAreNone(final String text) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Pace.parse(text));
        assertTrue(e.getMessage().startsWith("pace=") && e.getMessage().contains("(expected: "), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200k", "poisson:200k", "bursts:16:200k", "bursts:16:200k:1M"})
    void shouldArriveAtItsRateOnAverage(final String text) {
        final Workload workload = Samples.workload(4_000);
        final RaiseSchedule schedule = Pace.parse(text).schedule(workload, 7);
        final int laps = 100;
        long last = 0;
        for (int lap = 0; lap < laps; lap++) {
            for (int group = 0; group < workload.groups(); group++) {
                final long due = schedule.dueNanos(lap, group);
                assertTrue(due >= last, "moments never go back");
                assertEquals(due, schedule.dueNanos(lap, group), "asked twice, the same");
                last = due;
            }
        }
        assertEquals(200_000, 1e9 * laps * workload.faults() / last, 200_000 * 0.05, "seed 7");
    }

    @Test
    void shouldSpaceABurstByItsPeakAndDrawByItsSeed() {
        final Workload workload = Samples.workload(400);
        final RaiseSchedule schedule = Pace.parse("bursts:4:100k:1M").schedule(workload, 1);
        final long first = schedule.dueNanos(0, 0);
        assertEquals(first + 4_000, schedule.dueNanos(0, 1), 1, "a group is four faults");
        assertEquals(first + 8_000, schedule.dueNanos(0, 2), 1);
        assertTrue(first != Pace.parse("bursts:4:100k:1M").schedule(workload, 2).dueNanos(0, 0));
        assertEquals(first, Pace.parse("bursts:4:100k:1M").schedule(workload, 1).dueNanos(0, 0));
        assertEquals("bursts:4:50000:500000", Pace.parse("bursts:4:100k:1M").withRate(50_000).toString());
    }

    @Test
    void shouldTimeEveryGroupUnlessThereAreTooMany() {
        final Workload workload = Samples.workload(400);
        assertEquals(1, Pace.parse("poisson:800k").sampleEvery(workload), "groups of four: 200,000 a second");
        assertEquals(2, Pace.parse("poisson:801k").sampleEvery(workload));
        assertEquals(10, Pace.parse("8M").sampleEvery(workload));
        assertEquals(1, Pace.parse("trace").sampleEvery(workload));
    }

    @Test
    void shouldPlayATraceFaster() {
        final Workload workload = Samples.workload(8);
        assertEquals(400, Pace.parse("trace:10").schedule(workload, 1).dueNanos(0, 1));
        assertThrows(IllegalStateException.class, () -> Pace.parse("trace").withRate(1));
    }
}
