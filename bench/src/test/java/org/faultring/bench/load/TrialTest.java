/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.HdrHistogram.Histogram;
import org.faultring.bench.Samples;
import org.faultring.bench.result.TrialResult;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrialTest {

    private static final int FAULTS = 1_003;
    private static final Workload WORKLOAD = Samples.workload(FAULTS);
    private static final Pace CLOSED = Pace.parse("closed");

    private static FaultPathConfig laps(final long laps) {
        return FaultPathConfig.DEFAULT.withLaps(laps);
    }

    private static TrialResult run(final TrialSettings settings) throws InterruptedException {
        return new Trial(WORKLOAD, settings).run(null, (done, answered) -> {
        });
    }

    private static void assertGood(final TrialResult result) {
        assertEquals(List.of(), result.violations());
        assertTrue(result.conserved());
        assertTrue(result.atRest());
        assertEquals(0, result.faultsFailed());
        assertEquals(0, result.unanswered());
        assertEquals(result.requests(), result.faultsRaised() + result.retries());
        assertEquals(result.requests(), result.answered() + result.autoAnswered() + result.droppedSilently()
                + result.discarded() + result.refused());
        assertEquals(result.requests(), result.counters().get("requests"));
    }

    @ParameterizedTest
    @CsvSource({"1,1,READ", "3,1,SHARED_RING", "3,2,READ", "1,2,SHARED_RING", "2,3,READ", "3,3,SHARED_RING"})
    void shouldRaiseTheWorkloadOncePerLap(final int laps, final int threads, final DeliveryDesign design)
            throws InterruptedException {
        final TrialResult result = run(new TrialSettings(laps(laps).withDesign(design), CLOSED, threads, null));
        assertGood(result);
        assertEquals((long) laps * FAULTS, result.faultsRaised());
        assertEquals(design.key(), result.design());
        assertEquals(threads, result.threads());
        assertEquals("closed", result.pace());
        assertFalse(result.interrupted());
    }

    @ParameterizedTest
    @CsvSource({"1M,1", "20k,2", "trace,2"})
    void shouldRaiseAllFaultsAtAPace(final String pace, final int threads) throws InterruptedException {
        final TrialResult result = run(new TrialSettings(laps(2), Pace.parse(pace), threads, null));
        assertGood(result);
        assertEquals(2L * FAULTS, result.faultsRaised());
        assertEquals(Pace.parse(pace).toString(), result.pace());
        assertEquals(2L * WORKLOAD.groups(), result.latencyNanos().count());
    }

    @Test
    void shouldEndWithItsDuration() throws InterruptedException {
        final TrialResult result = run(new TrialSettings(laps(0), CLOSED, 1, Duration.ofMillis(200)));
        assertGood(result);
        assertFalse(result.interrupted());
    }

    @Test
    void shouldEndWithItsLapsWhenTheyAreDoneBeforeItsDuration() throws InterruptedException {
        final TrialResult result = run(new TrialSettings(laps(2), CLOSED, 1, Duration.ofHours(1)));
        assertGood(result);
        assertEquals(2L * FAULTS, result.faultsRaised());
    }

    @Test
    void shouldComeToAnEndWhenInterruptedByAnotherThread() throws InterruptedException {
        final Trial trial = new Trial(WORKLOAD, new TrialSettings(laps(0), CLOSED, 2, Duration.ofHours(1)));
        final Thread other = new Thread(trial::interrupt);
        final AtomicBoolean told = new AtomicBoolean();
        final AtomicBoolean inRange = new AtomicBoolean(true);
        final TrialResult result = trial.run(null, (done, answered) -> {
            if (!(done >= 0 && done <= 1 && answered >= 0)) {
                inRange.set(false);
            }
            if (answered > 0 && !told.getAndSet(true)) {
                other.start();
            }
        });
        other.join();
        assertGood(result);
        assertTrue(result.interrupted());
        assertTrue(result.faultsRaised() > 0);
        assertTrue(inRange.get());
    }

    @Test
    void shouldRaiseNothingOrLittleWhenInterruptedBeforeItBegins() throws InterruptedException {
        final Trial trial = new Trial(WORKLOAD, new TrialSettings(laps(0), CLOSED, 1, Duration.ofHours(1)));
        trial.interrupt();
        final TrialResult result = trial.run(null, (done, answered) -> {
        });
        assertGood(result);
        assertTrue(result.interrupted());
    }

    @Test
    void shouldTimeEachStageOfEachGroup() throws InterruptedException {
        final Trial trial = new Trial(WORKLOAD, new TrialSettings(laps(3), CLOSED, 2, null));
        final TrialResult result = trial.run(null, (done, answered) -> {
        });
        final Map<String, Histogram> histograms = trial.histograms();
        final long groups = 3L * WORKLOAD.groups();
        assertEquals(List.of("total", "queue", "deliver", "handle", "respond", "complete"),
                List.copyOf(histograms.keySet()));
        histograms.forEach((name, histogram) -> {
            assertEquals(groups, histogram.getTotalCount(), name);
            assertTrue(histogram.getMinValue() >= 0, name);
        });
        assertEquals(groups, result.latencyNanos().count());
        assertEquals(List.of("queue", "deliver", "handle", "respond", "complete"),
                List.copyOf(result.stagesNanos().keySet()));
        result.stagesNanos().forEach((name, summary) -> {
            assertEquals(groups, summary.count(), name);
            assertTrue(summary.p50() >= 0 && summary.p50() <= summary.p90() && summary.p90() <= summary.max(), name);
        });
        assertTrue(result.elapsedSeconds() > 0);
        assertEquals(result.faultsRaised() / result.elapsedSeconds(), result.faultsPerSecond(), 1e-3);
    }

    @Test
    void shouldTimeEveryNthGroup() throws InterruptedException {
        final TrialResult result = run(new TrialSettings(laps(1).withSampleEvery(10), CLOSED, 1, null));
        assertGood(result);
        assertEquals((WORKLOAD.groups() + 9) / 10, result.latencyNanos().count());
    }

    @Test
    void shouldKeepWhatCameBefore() throws InterruptedException {
        final WarmupResult warmup = new WarmupResult(0.25, true);
        final Trial trial = new Trial(WORKLOAD, new TrialSettings(laps(1), CLOSED, 1, null));
        assertSame(warmup, trial.run(warmup, (done, answered) -> {
        }).warmup());
    }

    @Test
    void shouldRefuseAWorkloadThatDoesNotFit() {
        final TrialSettings settings = new TrialSettings(laps(1).withBatch(3), CLOSED, 1, null);
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Trial(WORKLOAD, settings));
        assertTrue(e.getMessage().startsWith("batch=3 (expected: at least 4"), e::getMessage);
    }
}
