/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import org.faultring.ring.Allocations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTableTest {

    @Test
    void shouldGiveOneAgainAndAgainToOneGroupAtATime() {
        final CookieTable table = new CookieTable(64);
        for (int i = 1; i < 100; i++) {
            assertEquals(1, table.allocate());
            table.release(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 5000, 262_145})
    void shouldGiveEveryNumberUpToItsCapacityAndNoOther(final int capacity) {
        final CookieTable table = new CookieTable(capacity);
        for (int cookie = 1; cookie <= capacity; cookie++) {
            assertFalse(table.isFull());
            assertEquals(cookie, table.allocate());
        }
        assertTrue(table.isFull());
        for (final int cookie : new int[] {capacity, 1, capacity / 2 + 1}) {
            table.release(cookie);
            assertFalse(table.isFull());
            assertEquals(cookie, table.allocate());
            assertTrue(table.isFull());
        }
        for (int cookie = capacity; cookie >= 1; cookie--) {
            table.release(cookie);
        }
        assertEquals(1, table.allocate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 130, 4096, 5000})
    void shouldGiveTheLowestFreeNumberInRandomHistories(final int capacity) {
        for (long seed = 1; seed <= 4; seed++) {
            runHistory(capacity, seed);
        }
    }

    private static void runHistory(final int capacity, final long seed) {
        final Random random = new Random(seed);
        final CookieTable table = new CookieTable(capacity);
        final TreeSet<Integer> free = new TreeSet<>();
        for (int cookie = 1; cookie <= capacity; cookie++) {
            free.add(cookie);
        }
        final List<Integer> used = new ArrayList<>();
        boolean filling = true;
        for (int step = 0; step < 12_000; step++) {
            final String where = "capacity=" + capacity + " seed=" + seed + " step=" + step;
            assertEquals(free.isEmpty(), table.isFull(), where);
            // Long tides, so that full and empty come up often.
            if (random.nextInt(capacity + 20) == 0) {
                filling = !filling;
            }
            if (random.nextInt(4) == 0 ^ filling) {
                if (!free.isEmpty()) {
                    assertEquals(free.first(), table.allocate(), where);
                    used.add(free.pollFirst());
                }
            } else if (!used.isEmpty()) {
                Collections.swap(used, random.nextInt(used.size()), used.size() - 1);
                final int cookie = used.remove(used.size() - 1);
                table.release(cookie);
                free.add(cookie);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 24) + 1})
    void shouldRefuseACapacityOutOfRange(final int capacity) {
        assertEquals("cookies=" + capacity + " (expected: 1..16777216)",
                assertThrows(IllegalArgumentException.class, () -> new CookieTable(capacity)).getMessage());
    }

    @Test
    void shouldNotAllocate() {
        final CookieTable table = new CookieTable(5000);
        Allocations.assertNone(10_000, () -> {
            for (int i = 1; i <= 5000; i++) {
                table.allocate();
            }
            for (int i = 5000; i > 0; i--) {
                table.release(i);
            }
        });
    }
}
