/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            assertEquals(1, table.allocate(i));
            assertEquals(i, table.handle(1));
            table.release(1);
            assertEquals(CookieTable.NONE, table.handle(1));
            assertEquals(0, table.used());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 5000, 262_145})
    void shouldGiveEveryNumberUpToItsCapacityAndNoOther(final int capacity) {
        final CookieTable table = new CookieTable(capacity);
        for (int cookie = 1; cookie <= capacity; cookie++) {
            assertEquals(cookie, table.allocate(-cookie));
        }
        assertEquals(CookieTable.NONE, table.allocate(1));
        assertEquals(capacity, table.used());
        for (int cookie = 1; cookie <= capacity; cookie++) {
            assertEquals(-cookie, table.handle(cookie));
        }
        table.release(capacity);
        assertEquals(capacity, table.allocate(7));
        assertEquals(CookieTable.NONE, table.allocate(1));
        for (int cookie = capacity; cookie >= 1; cookie--) {
            table.release(cookie);
        }
        assertEquals(0, table.used());
        assertEquals(1, table.allocate(9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 4096, 5000})
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
        final Map<Integer, Integer> handles = new HashMap<>();
        final List<Integer> used = new ArrayList<>();
        boolean filling = true;
        for (int step = 0; step < 12_000; step++) {
            final String where = "capacity=" + capacity + " seed=" + seed + " step=" + step;
            // Long tides, so that full and empty come up often.
            if (random.nextInt(capacity + 20) == 0) {
                filling = !filling;
            }
            if (random.nextInt(4) == 0 ^ filling) {
                final int handle = random.nextInt() | 1;
                final int cookie = table.allocate(handle);
                assertEquals(free.isEmpty() ? CookieTable.NONE : free.first(), cookie, where);
                if (cookie != CookieTable.NONE) {
                    free.remove(cookie);
                    handles.put(cookie, handle);
                    used.add(cookie);
                }
            } else if (!used.isEmpty()) {
                Collections.swap(used, random.nextInt(used.size()), used.size() - 1);
                final int cookie = used.remove(used.size() - 1);
                table.release(cookie);
                handles.remove(cookie);
                free.add(cookie);
            }
            assertEquals(used.size(), table.used(), where);
            final int anyone = 1 + random.nextInt(capacity);
            assertEquals(handles.getOrDefault(anyone, CookieTable.NONE), table.handle(anyone), where);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 66, 67, Integer.MIN_VALUE, Integer.MAX_VALUE, 65 + (1 << 16)})
    void shouldKnowNothingOfNumbersItCannotGive(final int cookie) {
        final CookieTable table = new CookieTable(65);
        assertEquals(CookieTable.NONE, table.handle(cookie));
        for (int i = 0; i < 65; i++) {
            table.allocate(1);
        }
        assertEquals(CookieTable.NONE, table.handle(cookie));
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
                table.allocate(i);
            }
            for (int i = 5000; i > 0; i--) {
                table.release(i);
            }
        });
    }
}
