/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.bench.load.Pace;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.Workload;

/** Designs on what this kernel has to stand in for a fault file. */
@Timeout(120)
class StandInRunnerTest {

    private static DeliveryCell cell(final String design, final String ground, final int batch, final int inFlight) {
        return new DeliveryCell(design, Ground.ofKey(ground), batch, inFlight, 0, CpuPlacement.SAME);
    }

    private static void check(final DeliveryCell cell) {
        try {
            StandIns.check(cell);
        } catch (final CannotRunException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"read, pipe", "busy-read, pipe", "eventfd, pipe", "posted-read, pipe", "poll-then-read, pipe",
        "multishot, pipe", "commit-and-fetch, pipe", "read, fanotify", "busy-read, fanotify", "read, userfault",
        "busy-read, userfault"})
    void shouldAnswerEveryFaultOnce(final String design, final String ground) throws InterruptedException {
        for (final int batch : new int[] {1, 16}) {
            for (final int inFlight : new int[] {1, 9}) {
                final DeliveryCell cell = cell(design, ground, batch, inFlight);
                check(cell);
                try (StandInRunner runner = new StandInRunner(cell, DesignSettings.DEFAULT, null)) {
                    final RoundFigures round = runner.round(0, Duration.ofMillis(5));
                    assertEquals(List.of(), round.violations(), cell::toString);
                    assertTrue(round.faults() > 0, cell::toString);
                    assertTrue(round.eventsPerFault().get(EventKind.SYSTEM_CALLS.key()) > 0, cell::toString);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared-ring", "vfio-region", "sva", "inject"})
    void shouldSayWhichDesignsNeedAPath(final String design) {
        final CannotRunException e = assertThrows(CannotRunException.class,
                () -> StandIns.check(cell(design, "pipe", 1, 1)));
        assertTrue(e.getMessage().contains("threads"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"read, pipe, 20k", "multishot, pipe, poisson:20k", "posted-read, pipe, bursts:40:50k",
        "read, fanotify, poisson:5k", "busy-read, userfault, 5k", "read, pipe, trace:100"})
    void shouldTimeEveryFaultFromItsMoment(final String design, final String ground, final String pace)
            throws Exception {
        final DeliveryCell cell = cell(design, ground, 16, 8).withPace(Pace.parse(pace));
        check(cell);
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), new GroupingRule(1, 10_000));
        try (StandInRunner runner = new StandInRunner(cell, DesignSettings.DEFAULT, workload)) {
            runner.warmUp(Duration.ofMillis(2));
            runner.begin();
            long faults = 0;
            for (int i = 0; i < 3; i++) {
                final RoundFigures round = runner.round(i, Duration.ofMillis(20));
                assertEquals(List.of(), round.violations());
                assertEquals(round.faults(), round.latencyNanos().count(), "none is left out");
                assertTrue(round.faults() > 0);
                faults += round.faults();
            }
            assertEquals(faults, runner.latencies().getTotalCount());
            assertTrue(runner.latencies().getMinValue() > 0 && runner.latencies().getMaxValue() < 20_000_000_000L,
                    () -> "from " + runner.latencies().getMinValue() + " to " + runner.latencies().getMaxValue());
        }
    }

    @Test
    void shouldSayWhenNoFaultFallsDue() throws Exception {
        final DeliveryCell cell = cell("read", "pipe", 1, 1).withPace(Pace.parse("poisson:0.001"));
        check(cell);
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), new GroupingRule(1, 10_000));
        try (StandInRunner runner = new StandInRunner(cell, DesignSettings.DEFAULT, workload)) {
            assertTrue(runner.round(1, Duration.ofMillis(1)).violations().get(0).contains("no fault fell due"));
        }
    }

    @Test
    void shouldRefuseMoreThanAStandInHolds() {
        final CannotRunException e = assertThrows(CannotRunException.class,
                () -> StandIns.check(cell("read", "pipe", 1, 2048)));
        assertTrue(e.getMessage().contains("2048"), e.getMessage());
    }

    @Test
    void shouldFailARoundWhoseReaderDies() throws Exception {
        final DeliveryCell cell = cell("read", "pipe", 1, 4);
        check(cell);
        try (StandInLoad load = new StandInLoad(cell, DesignSettings.DEFAULT, () -> {
            throw new IllegalStateException("the reader's thread dies");
        })) {
            load.run(4);
            assertTrue(load.violations().stream().anyMatch(violation -> violation.contains("ended early")),
                    () -> load.violations().toString());
        }
    }
}
