/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AllocationsTest {

    /** Keeps the JIT from leaving the allocation out. */
    private static volatile Object sink;

    private int calls;

    @Test
    void shouldNoticeAnOperationThatAllocates() {
        assertThrows(AssertionError.class, () -> Allocations.assertNone(1, () -> sink = new byte[16]));
    }

    @Test
    void shouldNoticeAnOperationThatAllocatesNowAndThen() {
        assertThrows(AssertionError.class, () -> Allocations.assertNone(1, () -> {
            if (++calls % 50_000 == 0) {
                sink = new byte[16];
            }
        }));
    }

    @Test
    void shouldPassAnOperationThatDoesNot() {
        Allocations.assertNone(1, () -> calls++);
    }
}
