/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InterruptLineTest {

    private final InterruptLine line = new InterruptLine();

    @Test
    void shouldBeginWithNothingPending() {
        assertFalse(line.take());
        assertEquals(0, line.raised().get());
    }

    @Test
    void shouldBeTakenOnce() {
        line.raise();
        assertTrue(line.take());
        assertFalse(line.take());
    }

    @Test
    void shouldMergeInterruptsThatAreNotTaken() {
        line.raise();
        line.raise();
        line.raise();
        assertEquals(3, line.raised().get());
        assertTrue(line.take());
        assertFalse(line.take());
        line.raise();
        assertEquals(4, line.raised().get());
        assertTrue(line.take());
    }

    @Test
    void shouldNotLoseAnInterruptByLookingAtTheCount() {
        line.raise();
        assertEquals(1, line.raised().get());
        assertTrue(line.take());
    }
}
