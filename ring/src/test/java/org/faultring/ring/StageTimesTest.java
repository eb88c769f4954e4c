/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.faultring.ring.StageTimes.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTimesTest {

    private final StageTimes stages = new StageTimes(3);

    @Test
    void shouldHaveARowForEachGroupOfEachDevice() {
        assertEquals(512, StageTimes.GROUPS_PER_DEVICE);
        final Set<Integer> rows = new HashSet<>();
        for (int deviceId = 1; deviceId <= 3; deviceId++) {
            for (int groupIndex = 0; groupIndex < 512; groupIndex++) {
                final int row = stages.row(deviceId, groupIndex);
                assertTrue(rows.add(row));
                assertFalse(stages.isSampled(row));
                stages.open(row, row);
                stages.stamp(row, Stage.ACCEPTED, -row);
            }
        }
        for (final int row : rows) {
            assertTrue(stages.isSampled(row));
            assertEquals(row, stages.nanos(row, Stage.RAISED));
            assertEquals(-row, stages.nanos(row, Stage.ACCEPTED));
        }
    }

    @Test
    void shouldKeepEachStageOfAGroup() {
        final int row = stages.row(2, 17);
        stages.open(row, 1_000);
        for (final Stage stage : Stage.values()) {
            stages.stamp(row, stage, 1_000L + stage.ordinal());
        }
        for (final Stage stage : Stage.values()) {
            assertEquals(1_000L + stage.ordinal(), stages.nanos(row, stage));
        }
    }

    @Test
    void shouldNotSampleAGroupThatIsSkipped() {
        final int row = stages.row(1, 0);
        stages.skip(row);
        assertFalse(stages.isSampled(row));
        stages.open(row, 5);
        assertTrue(stages.isSampled(row));
        assertFalse(stages.isSampled(row + 1));
        stages.skip(row);
        assertFalse(stages.isSampled(row));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025})
    void shouldRefuseTooFewOrTooManyDevices(final int devices) {
        assertEquals("devices=" + devices + " (expected: 1..1024)",
                assertThrows(IllegalArgumentException.class, () -> new StageTimes(devices)).getMessage());
    }

    @Test
    void shouldReachTheLastRowOfTheLargestTable() {
        final StageTimes large = new StageTimes(1024);
        final int row = large.row(1024, 511);
        large.open(row, 1);
        large.stamp(row, Stage.ACCEPTED, 2);
        assertEquals(1, large.nanos(row, Stage.RAISED));
        assertEquals(2, large.nanos(row, Stage.ACCEPTED));
    }

    @Test
    void shouldNeverSampleADeviceThatItWasNotMadeFor() {
        final StageTimes table = new StageTimes(1);
        table.open(table.row(1, 511), 5);
        assertTrue(table.isSampled(table.row(1, 511)));
        assertFalse(table.isSampled(table.row(2, 0)));
        assertFalse(table.isSampled(table.row(1 << 22, 511)));
        assertFalse(table.isSampled(-1));
    }
}
