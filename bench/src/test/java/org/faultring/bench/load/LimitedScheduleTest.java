/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.Samples;
import org.faultring.hwmodel.workload.Workload;
import org.junit.jupiter.api.Test;

class LimitedScheduleTest {

    /** Two groups of four faults; at 1,000 faults a second a group each 4 ms. */
    private final Workload workload = Samples.workload(8);
    private final LimitedSchedule schedule =
            new LimitedSchedule(Pace.parse("1k").schedule(workload, 1), 14_000_000);

    private List<Long> overdue(final long laps) {
        final List<Long> moments = new ArrayList<>();
        schedule.forEachOverdue(workload, laps, moments::add);
        return moments;
    }

    @Test
    void shouldEndWithTheFirstGroupThatIsDueAfterTheEnd() {
        assertEquals(0, schedule.dueNanos(0, 0));
        assertEquals(4_000_000, schedule.dueNanos(0, 1));
        assertEquals(8_000_000, schedule.dueNanos(1, 0));
        assertEquals(12_000_000, schedule.dueNanos(1, 1));
        assertFalse(schedule.isAtEnd());
        assertTrue(schedule.dueNanos(2, 0) > Long.MAX_VALUE / 8);
        assertTrue(schedule.isAtEnd());
        assertEquals(List.of(), overdue(0));
    }

    @Test
    void shouldNameWhatTheDeviceNeverCameTo() {
        schedule.dueNanos(0, 0);
        schedule.dueNanos(0, 1);
        assertEquals(List.of(4_000_000L, 8_000_000L, 12_000_000L), overdue(0));
    }

    @Test
    void shouldNotGoBeyondTheLaps() {
        schedule.dueNanos(0, 0);
        assertEquals(List.of(0L, 4_000_000L), overdue(1));
    }

    @Test
    void shouldNameNothingBeforeTheRunBegins() {
        assertEquals(List.of(), overdue(0));
    }
}
