/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.faultring.bench.Samples;
import org.faultring.bench.result.TrialResult;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording holds of a trial. */
@Timeout(60)
class TrialEventsTest {

    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();

    /** A part of a test that is recorded. */
    private interface Recorded {
        void run() throws InterruptedException;
    }

    private List<RecordedEvent> events(final String name, final Recorded recorded)
            throws IOException, InterruptedException {
        final Path file = folder.resolve("flight.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("org.faultring.Trial");
            recording.enable("org.faultring.Overflow");
            recording.enable("org.faultring.Stall");
            recording.start();
            recorded.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("org.faultring." + name)).toList();
    }

    private void count(final Counter counter, final long count) {
        tally.add(counter, count);
        tally.publish();
    }

    @Test
    void shouldTellAStallWhenItIsOver() throws Exception {
        final List<RecordedEvent> stalls = events("Stall", () -> {
            final TrialWatch watch = new TrialWatch(counters, 0);
            count(Counter.FAULTS_RAISED, 7);
            assertTrue(watch.look(MILLI));
            assertTrue(watch.look(9 * MILLI), "not yet a stall");
            count(Counter.FAULTS_RESOLVED, 1);
            assertTrue(watch.look(10 * MILLI));
            assertTrue(watch.look(25 * MILLI));
            assertTrue(watch.look(45 * MILLI));
            count(Counter.FAULTS_RESOLVED, 6);
            assertTrue(watch.look(60 * MILLI));
            assertTrue(watch.look(900 * MILLI), "nothing is under way");
        });
        assertEquals(1, stalls.size());
        assertEquals(50, stalls.get(0).getDuration("stalledNanos").toMillis());
        assertEquals(6, stalls.get(0).getLong("underWay"));
    }

    @Test
    void shouldTellAStallThatOutlastsTheTrial() throws Exception {
        final List<RecordedEvent> stalls = events("Stall", () -> {
            final TrialWatch watch = new TrialWatch(counters, 0);
            count(Counter.FAULTS_RAISED, 1);
            assertTrue(watch.look(20 * MILLI));
            assertTrue(watch.look(10_000 * MILLI));
            assertFalse(watch.look(10_001 * MILLI), "it stands still");
            watch.end(10_001 * MILLI);
        });
        assertEquals(10_001, stalls.get(0).getDuration("stalledNanos").toMillis());
    }

    @Test
    void shouldTellOverflows() throws Exception {
        final List<RecordedEvent> overflows = events("Overflow", () -> {
            final TrialWatch watch = new TrialWatch(counters, 0);
            watch.look(MILLI);
            count(Counter.OVERFLOWS, 2);
            count(Counter.DROPPED_IN_OVERFLOW, 5);
            count(Counter.AUTO_ANSWERED, 3);
            watch.look(2 * MILLI);
            watch.look(3 * MILLI);
            count(Counter.OVERFLOWS, 1);
            watch.end(4 * MILLI);
        });
        assertEquals(List.of(2L, 1L), overflows.stream().map(event -> event.getLong("episodes")).toList());
        assertEquals(List.of(8L, 0L), overflows.stream().map(event -> event.getLong("requestsLost")).toList());
    }

    @Test
    void shouldTellATrialAndItsOverflows() throws Exception {
        final TrialResult[] result = new TrialResult[1];
        final Recorded run = () -> result[0] = new Trial(Samples.workload(4_000), new TrialSettings(
                FaultPathConfig.DEFAULT.withPrqEntries(128).withCredits(2_048).withLaps(3), Pace.CLOSED, 1, null))
                .run(null, (done, answered) -> {
                });
        final List<RecordedEvent> trials = events("Trial", run);
        assertEquals(1, trials.size());
        final RecordedEvent trial = trials.get(0);
        assertEquals("vtd", trial.getString("iommu"));
        assertEquals("closed", trial.getString("pace"));
        assertEquals(12_000, trial.getLong("faultsRaised"));
        assertTrue(result[0].overflows() > 0 && trial.getBoolean("conserved"));
        assertEquals(result[0].overflows(), events("Overflow", run).stream()
                .mapToLong(event -> event.getLong("episodes")).sum(), "none is left out");
    }
}
