/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** One read takes as many whole groups as fit, in the order in which they arrived. */
class SeveralGroupsTest extends RulesContract {

    @Test
    void shouldReadAsManyGroupsAsFit() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 10, 11, 12, 13, 14);
        assertEquals(3 * RECORD, queue.read(3));
        for (int i = 0; i < 3; i++) {
            assertEquals(10 + i, queue.record(i).groupIndex());
            assertEquals(1 + i, queue.record(i).cookie());
            assertTrue(queue.record(i).isLast());
        }
        assertTrue(queue.isReadable());
        assertEquals(2 * RECORD, queue.read(3));
        assertEquals(List.of(13, 14), List.of(queue.record(0).groupIndex(), queue.record(1).groupIndex()));
        assertEquals(List.of(4, 5), List.of(queue.record(0).cookie(), queue.record(1).cookie()));
        assertEquals(0, queue.read(3));
    }

    @Test
    void shouldKeepTheOrderOverDevices() {
        final FaultQueue queue = faultQueue();
        final List<MockDevice> devices = List.of(attached(queue), attached(queue), attached(queue));
        final List<Integer> raised = new ArrayList<>();
        final Random random = new Random(20);
        for (int i = 0; i < 200; i++) {
            raise(devices.get(random.nextInt(3)), i);
            raised.add(i);
        }
        assertEquals(raised, queue.drain());
    }

    @Test
    void shouldTakeGroupsOfTheSameIndexForDifferentOnes() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 4, 4, 4);
        assertEquals(3 * RECORD, queue.read(8));
        assertEquals(List.of(1, 2, 3), List.of(queue.record(0).cookie(), queue.record(1).cookie(),
                queue.record(2).cookie()));
    }

    @Test
    void shouldHoldAThousandGroupsUnread() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        for (int i = 0; i < 1000; i++) {
            raise(device, i);
        }
        assertEquals(IntStream.range(0, 1000).boxed().toList(), queue.drain());
    }
}
