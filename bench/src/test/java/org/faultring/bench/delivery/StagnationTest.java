/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StagnationTest {

    /** Rounds until it is over, or -1. */
    private static int roundsOf(final double... costs) {
        final Stagnation stagnation = new Stagnation();
        for (int i = 0; i < costs.length; i++) {
            if (stagnation.add(costs[i])) {
                return i + 1;
            }
        }
        return -1;
    }

    @Test
    void shouldEndWhereRoundsJumpButNoneIsBetter() {
        assertEquals(7, roundsOf(900, 400, 200, 100, 300, 150, 95, 210, 220));
    }

    @Test
    void shouldGoOnWhileThereIsGain() {
        assertEquals(-1, roundsOf(900, 800, 700, 600, 500, 400, 350, 300, 250, 220));
        assertEquals(-1, roundsOf(100, 100, 100));
        assertEquals(4, roundsOf(100, 100, 100, 100));
    }
}
