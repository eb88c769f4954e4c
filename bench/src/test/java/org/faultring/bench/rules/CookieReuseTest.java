/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie given is the smallest free one, from 1. */
class CookieReuseTest extends RulesContract {

    @Test
    void shouldReuseACookieAtOnce() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        for (int group = 0; group < 5; group++) {
            raise(device, group);
            assertEquals(1, queue.readOne().cookie());
            assertEquals(RESPONSE, queue.write(1, SUCCESS));
        }
    }

    @Test
    void shouldFillGapsFromBelow() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2, 3, 4, 5);
        assertEquals(5 * RECORD, queue.read(5));
        assertEquals(2 * RESPONSE, queue.write(4, SUCCESS, 2, SUCCESS));
        raise(device, 6, 7, 8);
        assertEquals(3 * RECORD, queue.read(3));
        assertEquals(List.of(2, 4, 6), List.of(queue.record(0).cookie(), queue.record(1).cookie(),
                queue.record(2).cookie()));
    }

    @Test
    void shouldLetALateAnswerHitAnotherGroup() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1);
        final int late = queue.readOne().cookie();
        assertEquals(RESPONSE, queue.write(late, SUCCESS));
        raise(device, 2);
        assertEquals(late, queue.readOne().cookie());
        assertEquals(RESPONSE, queue.write(late, INVALID), "an answer meant for the first group");
        assertFails(Errno.EINVAL, queue.write(late, SUCCESS));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveTheSmallestFreeCookieInAnyHistory(final long seed) {
        final Random random = new Random(seed);
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        final TreeSet<Integer> open = new TreeSet<>();
        for (int step = 0; step < 500; step++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                raise(device, step);
                int expected = 1;
                while (open.contains(expected)) {
                    expected++;
                }
                assertEquals(expected, queue.readOne().cookie(), "seed=" + seed + ", step=" + step);
                open.add(expected);
            } else {
                final int cookie = open.ceiling(1 + random.nextInt(open.last()));
                assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
                open.remove(cookie);
            }
        }
    }
}
