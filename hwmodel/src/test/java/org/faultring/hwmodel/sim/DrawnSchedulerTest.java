/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Seeds;
import org.junit.jupiter.api.Test;

class DrawnSchedulerTest {

    private static Scheduler drawn(final long seed, final Agent... agents) {
        return Scheduler.drawn(seed, new VirtualClock(),
                Stream.of(agents).map(agent -> new Participant(agent, World.KERNEL)).toList());
    }

    private static Agent agent(final String role, final IntSupplier work) {
        return new Agent() {
            @Override
            public int doWork() {
                return work.getAsInt();
            }

            @Override
            public String roleName() {
                return role;
            }
        };
    }

    private static List<Integer> order(final long seed, final int agents, final int steps) {
        final List<Integer> order = new ArrayList<>();
        final Agent[] all = new Agent[agents];
        for (int i = 0; i < agents; i++) {
            final int number = i;
            all[i] = agent("agent " + i, () -> {
                order.add(number);
                return 1;
            });
        }
        final Scheduler stepper = drawn(seed, all);
        for (int i = 0; i < steps; i++) {
            assertEquals(1, stepper.step());
            assertFalse(stepper.isQuiet());
        }
        assertEquals(steps, stepper.steps());
        return order;
    }

    @Test
    void shouldStepInTheSameOrderForTheSameSeed() {
        assertEquals(order(5, 4, 1_000), order(5, 4, 1_000));
        assertNotEquals(order(5, 4, 1_000), order(6, 4, 1_000));
    }

    @Test
    void shouldStepEachAgentAndSomeMoreOften() {
        for (final long seed : Seeds.of(2_031, 50)) {
            final List<Integer> order = order(seed, 5, 10_000);
            for (int i = 0; i < 5; i++) {
                final int number = i;
                final long steps = order.stream().filter(who -> who == number).count();
                // A share of at least 1 in 1 + 4 * 8, at most 8 in 8 + 4.
                assertTrue(steps > 10_000 / 40 && steps < 10_000 * 3 / 4, () -> "seed=" + seed + " steps=" + steps);
            }
        }
    }

    @Test
    void shouldRunUntilNobodyHasWork() {
        final int[] left = {100, 0};
        final Scheduler stepper = drawn(1, agent("giver", () -> {
            if (left[0] == 0) {
                return 0;
            }
            left[0]--;
            left[1]++;
            return 1;
        }), agent("taker", () -> left[1] == 0 ? 0 : left[1]--));
        assertTrue(stepper.runUntilQuiet(100_000) >= 200);
        assertEquals(0, left[0]);
        assertEquals(0, left[1]);
        assertTrue(stepper.isQuiet());
        left[0] = 1;
        stepper.runUntilQuiet(100_000);
        assertEquals(0, left[0]);
    }

    @Test
    void shouldSayItsSeedWhenPatienceEnds() {
        final Scheduler stepper = drawn(77, agent("busy", () -> 1));
        assertEquals("seed=77 step=10 (expected: quiet within 10 steps)",
                assertThrows(IllegalStateException.class, () -> stepper.runUntilQuiet(10)).getMessage());
    }

    @Test
    void shouldSayItsSeedWhenAnAgentThrows() {
        final Scheduler stepper = drawn(78, agent("bad", () -> {
            throw new IllegalArgumentException("why");
        }));
        final IllegalStateException e = assertThrows(IllegalStateException.class, stepper::step);
        assertEquals("seed=78 step=1 role=bad: java.lang.IllegalArgumentException: why", e.getMessage());
        assertEquals("why", e.getCause().getMessage());
        final Scheduler failing = drawn(79, agent("test", () -> {
            throw new AssertionError("expected");
        }));
        assertTrue(assertThrows(IllegalStateException.class, failing::step).getMessage().startsWith("seed=79 step=1"));
    }

    @Test
    void shouldRefuseToStepNobody() {
        assertEquals("agents=0 (expected: 1..2147483647)",
                assertThrows(IllegalArgumentException.class, () -> drawn(1)).getMessage());
    }

    @Test
    void shouldAllocateNothing() {
        final Scheduler stepper = drawn(3, agent("a", () -> 0), agent("b", () -> 1),
                agent("c", () -> 0));
        Allocation.assertNone(() -> {
            for (int i = 0; i < 10_000; i++) {
                stepper.step();
            }
        });
    }
}
