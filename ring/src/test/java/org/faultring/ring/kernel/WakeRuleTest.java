/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.WakeCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakeRuleTest {

    @ParameterizedTest
    @CsvSource({"1, 7, 7, 7", "3, 7, 2, 3", "7, 7, 1, 1", "8, 7, 0, 1", "2147483647, 7, 0, 1", "3, 0, 0, 0"})
    void shouldWakeByItsRuleAndAtTheEndOfTheCycle(final int groups, final int arrived, final int before,
            final int after) {
        final LinuxFaultObject object = new LinuxFaultObject(8, 8, FileShape.IOMMUFD_FAULT, new WakeRule(groups));
        for (int i = 0; i < arrived; i++) {
            object.sink().groupArrived();
        }
        assertEquals(before, object.wakes().get());
        object.sink().cycleEnded();
        object.sink().cycleEnded();
        assertEquals(after, object.wakes().get());
    }

    @Test
    void shouldRefuseNoGroups() {
        assertEquals("groups=0 (expected: 1..2147483647)",
                assertThrows(IllegalArgumentException.class, () -> new WakeRule(0)).getMessage());
    }

    @Test
    void shouldCountWakesAsAnEventDescriptorDoes() {
        final WakeCount wakes = new WakeCount();
        wakes.raise();
        final ModelEventCounter events = new ModelEventCounter(wakes);
        assertFalse(events.isReady());
        assertEquals(0, events.take());
        wakes.raise();
        wakes.raise();
        assertTrue(events.isReady());
        assertEquals(2, events.take());
        assertFalse(events.isReady());
        wakes.raise();
        events.close();
        assertFalse(events.isReady());
        assertEquals(-Errno.EBADF, events.take());
    }
}
