/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.WakeRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each setting does something, and whatever is set, every fault is answered once. */
class DeliverySettingsInTimeTest {

    private static final DeliverySettings DEFAULT = DeliverySettings.DEFAULT;
    private static final List<DeliverySettings> ALL = List.of(DEFAULT, DEFAULT.withAnswersPerWrite(1),
            DEFAULT.withReads(1), DEFAULT.withReads(64), DEFAULT.withReads(1024), DEFAULT.withMinimumBatch(4, 50),
            DEFAULT.withMinimumBatch(8, 1_000_000_000), DEFAULT.withWakeRule(WakeRule.ON_EMPTY),
            DEFAULT.withWakeRule(WakeRule.EACH_CYCLE), DEFAULT.withWakeRule(new WakeRule(3)));

    private final Workload workload = new Faults().random(20_231_102, 2_000, 3, 200).single();

    private Simulation run(final DeliveryDesign design, final DeliverySettings settings, final int batch) {
        return run(design, settings, batch, 32);
    }

    private Simulation run(final DeliveryDesign design, final DeliverySettings settings, final int batch,
            final int credits) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(design).withDelivery(settings)
                .withBatch(batch).withCredits(credits);
        final Simulation simulation = Simulation.of(SimulationSettings.of(config, CostProfile.UNIT, 1), workload,
                RaiseSchedules.closedLoop(), row -> {}, PathHooks.NONE, DisturbanceListener.NONE);
        while (!simulation.isQuiet()) {
            simulation.step();
        }
        assertTrue(simulation.path().isFinished(), () -> design + " " + settings);
        assertEquals(List.of(), simulation.finish().violations());
        assertEquals(workload.faults(), simulation.path().counters().get(Counter.FAULTS_HANDLED));
        return simulation;
    }

    private long count(final Counter counter, final DeliveryDesign design, final DeliverySettings settings,
            final int batch) {
        return run(design, settings, batch).path().counters().get(counter);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"SAMPLE_2023", "SVA", "SHARED_RING"})
    void shouldAnswerEveryFaultWhateverIsSet(final DeliveryDesign design) {
        int ran = 0;
        for (final DeliverySettings settings : ALL) {
            if (has(design, settings)) {
                run(design, settings, 1);
                run(design, settings, 16);
                ran++;
            }
        }
        assertTrue(ran > 1 || design == DeliveryDesign.BUSY_READ, design + " has " + ran);
    }

    private static boolean has(final DeliveryDesign design, final DeliverySettings settings) {
        try {
            settings.check(design);
            return true;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void shouldGiveFewerAnswersInEachWrite() {
        assertTrue(count(Counter.WRITES, DeliveryDesign.READ, DEFAULT, 16)
                < count(Counter.WRITES, DeliveryDesign.READ, DEFAULT.withAnswersPerWrite(1), 16));
        assertEquals(workload.faults(),
                count(Counter.WRITES, DeliveryDesign.READ, DEFAULT.withAnswersPerWrite(1), 16));
        assertTrue(count(Counter.WRITES, DeliveryDesign.EVENTFD, DEFAULT.withAnswersPerWrite(16), 16)
                < workload.faults());
    }

    @Test
    void shouldWakeMoreReadsThatArePosted() {
        assertTrue(count(Counter.RING_WAKES, DeliveryDesign.POSTED_READ, DEFAULT.withReads(1), 1)
                < count(Counter.RING_WAKES, DeliveryDesign.POSTED_READ, DEFAULT.withReads(16), 1));
    }

    @Test
    void shouldWaitForSeveralCompletions() {
        // Four are in flight, so that eight never come together and each wait lasts as long as it may.
        final long usual = run(DeliveryDesign.COMMIT_AND_FETCH, DEFAULT, 1, 4).path().activeNanos();
        final long waiting =
                run(DeliveryDesign.COMMIT_AND_FETCH, DEFAULT.withMinimumBatch(8, 1_000), 1, 4).path().activeNanos();
        assertTrue(waiting > 2 * usual, () -> usual + " ns, " + waiting + " ns");
    }

    @Test
    void shouldWakeByTheRule() {
        final long each = count(Counter.RING_WAKES, DeliveryDesign.MULTISHOT, DEFAULT, 1);
        assertTrue(count(Counter.RING_WAKES, DeliveryDesign.MULTISHOT, DEFAULT.withWakeRule(WakeRule.EACH_CYCLE), 1)
                <= each);
        assertTrue(count(Counter.RING_WAKES, DeliveryDesign.MULTISHOT, DEFAULT.withWakeRule(WakeRule.ON_EMPTY), 1)
                <= each);
        assertTrue(count(Counter.EVENT_READS, DeliveryDesign.EVENTFD, DEFAULT.withWakeRule(WakeRule.ON_EMPTY), 1)
                <= count(Counter.EVENT_READS, DeliveryDesign.EVENTFD, DEFAULT, 1));
    }
}
