/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachIndexTest {

    private static final long MAX_KEY = (1L << 44) - 1;

    private final AttachIndex index = new AttachIndex();

    private static int number(final AttachIndex table, final long key) {
        final int place = table.find(key);
        return place == AttachIndex.NONE ? AttachIndex.NONE : table.number(place);
    }

    @Test
    void shouldKeepTheOutermostKeysAndNumbers() {
        assertEquals(AttachIndex.NONE, number(index, MAX_KEY));
        assertEquals(AttachIndex.NONE, number(index, 0));
        index.put(MAX_KEY, AttachIndex.MAX_NUMBER, -1);
        assertEquals(AttachIndex.NONE, number(index, 0));
        index.put(0, 0, 0);
        assertEquals(AttachIndex.MAX_NUMBER, number(index, MAX_KEY));
        assertEquals(0, number(index, 0));
        index.put(MAX_KEY, 5, 7);
        assertEquals(5, number(index, MAX_KEY));
        index.remove(MAX_KEY);
        assertEquals(AttachIndex.NONE, number(index, MAX_KEY));
        assertEquals(0, number(index, 0));
    }

    /** Few keys in a small table, so that runs are long, wrap, and get holes. */
    @ParameterizedTest
    @ValueSource(ints = {4, 7, 8, 200, 5000})
    void shouldBeAMapInRandomHistories(final int most) {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            final AttachIndex table = new AttachIndex();
            final Map<Long, Integer> map = new HashMap<>();
            final long[] keys = random.longs(2L * most, 0, MAX_KEY + 1).toArray();
            for (int step = 0; step < 4 * most + 500; step++) {
                final String where = "seed=" + seed + " step=" + step;
                final long key = keys[random.nextInt(keys.length)];
                if (map.containsKey(key) && random.nextBoolean()) {
                    table.remove(key);
                    map.remove(key);
                } else if (map.size() < most) {
                    table.put(key, step, ~key);
                    map.put(key, step);
                }
                final long anyone = keys[random.nextInt(keys.length)];
                assertEquals(map.getOrDefault(anyone, AttachIndex.NONE), number(table, anyone), where);
            }
            for (final long key : keys) {
                assertEquals(map.getOrDefault(key, AttachIndex.NONE), number(table, key), "seed=" + seed);
                if (map.containsKey(key)) {
                    assertEquals(~key, table.value(table.find(key)), "seed=" + seed);
                }
            }
        }
    }
}
