/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.hwmodel.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaiseSchedulesTest {

    /** Groups of 2, 1 and 3 faults at 0, 100,000 and 250,000 ns; the last fault is at 252,000 ns. */
    private final Workload workload = new Faults().at(0).run(0, 2).at(100_000).run(2, 1).at(250_000).run(3, 3)
            .grouped();

    @Test
    void shouldRaiseWheneverItCanInAClosedLoop() {
        final RaiseSchedule schedule = RaiseSchedules.closedLoop();
        assertEquals(RaiseSchedule.WHENEVER, schedule.dueNanos(0, 0));
        assertEquals(RaiseSchedule.WHENEVER, schedule.dueNanos(0, 2));
        assertEquals(RaiseSchedule.WHENEVER, schedule.dueNanos(Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void shouldRaiseWhenItWasRecorded() {
        assertEquals(3, workload.groups());
        final RaiseSchedule schedule = RaiseSchedules.recorded(workload);
        assertEquals(0, schedule.dueNanos(0, 0));
        assertEquals(100_000, schedule.dueNanos(0, 1));
        assertEquals(250_000, schedule.dueNanos(0, 2));
    }

    @Test
    void shouldLetEachRecordedLapFollowTheOneBefore() {
        final RaiseSchedule schedule = RaiseSchedules.recorded(workload);
        assertEquals(252_001, schedule.dueNanos(1, 0));
        assertEquals(352_001, schedule.dueNanos(1, 1));
        assertEquals(5 * 252_001L + 250_000, schedule.dueNanos(5, 2));
        long before = -1;
        for (int lap = 0; lap < 100; lap++) {
            for (int group = 0; group < 3; group++) {
                final long due = schedule.dueNanos(lap, group);
                assertTrue(due > before);
                before = due;
            }
        }
    }

    @Test
    void shouldGiveALapOfOneMomentATimeOfItsOwn() {
        final RaiseSchedule schedule = RaiseSchedules.recorded(new Faults().run(0, 1).single());
        assertEquals(0, schedule.dueNanos(0, 0));
        assertEquals(1, schedule.dueNanos(1, 0));
        assertEquals(7, schedule.dueNanos(7, 0));
    }

    @Test
    void shouldRaiseAGroupWithItsFirstFaultAtAConstantRate() {
        final RaiseSchedule schedule = RaiseSchedules.constantRate(workload, 1_000_000);
        assertEquals(0, schedule.dueNanos(0, 0));
        assertEquals(2_000, schedule.dueNanos(0, 1));
        assertEquals(3_000, schedule.dueNanos(0, 2));
        assertEquals(6_000, schedule.dueNanos(1, 0));
        assertEquals(8_000, schedule.dueNanos(1, 1));
        assertEquals(6_000_000_003_000L, schedule.dueNanos(1_000_000_000L, 2));
    }

    @Test
    void shouldKeepARateThatIsNoWholeNumberOfNanoseconds() {
        final RaiseSchedule schedule = RaiseSchedules.constantRate(workload, 3);
        assertEquals(666_666_666, schedule.dueNanos(0, 1));
        assertEquals(1_000_000_000, schedule.dueNanos(0, 2));
        // No drift: 6 faults a lap, 3 a second.
        assertEquals(2_000_000_000_000L, schedule.dueNanos(1_000, 0));
    }

    @Test
    void shouldTakeTheHighestAndTheLowestRate() {
        assertEquals(3, RaiseSchedules.constantRate(workload, 1e9).dueNanos(0, 2));
        assertEquals(3_000_000_000_000L, RaiseSchedules.constantRate(workload, 1e-3).dueNanos(0, 2));
        final RaiseSchedule once = RaiseSchedules.constantRate(workload, Double.MIN_VALUE);
        assertEquals(0, once.dueNanos(0, 0));
        assertEquals(Long.MAX_VALUE, once.dueNanos(0, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, 1e9 + 1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseARateThatMakesNoSense(final double rate) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> RaiseSchedules.constantRate(workload, rate));
        assertEquals("faultsPerSecond=" + rate + " (expected: more than 0, at most 1e9)", e.getMessage());
    }
}
