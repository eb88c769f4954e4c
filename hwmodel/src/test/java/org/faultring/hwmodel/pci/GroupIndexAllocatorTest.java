/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Random;

import org.faultring.hwmodel.Allocation;
import org.junit.jupiter.api.Test;

class GroupIndexAllocatorTest {

    private static final int INDEXES = PageRequestMessage.GROUP_INDEXES;

    private final GroupIndexAllocator indexes = new GroupIndexAllocator();

    @Test
    void shouldGiveEachOf512IndexesOnce() {
        final BitSet given = new BitSet();
        for (int i = 0; i < INDEXES; i++) {
            assertEquals(i, indexes.inUse());
            given.set(indexes.take());
        }
        assertEquals(INDEXES, given.cardinality());
        assertEquals(INDEXES, given.length());
        assertEquals(INDEXES, indexes.inUse());
        assertEquals(GroupIndexAllocator.NONE, indexes.take());
        assertEquals(GroupIndexAllocator.NONE, indexes.take());
        assertEquals(INDEXES, indexes.inUse());
    }

    @Test
    void shouldGiveAnIndexAgainOnlyAfterItCameBack() {
        for (int i = 0; i < INDEXES; i++) {
            indexes.take();
        }
        indexes.giveBack(300);
        assertEquals(INDEXES - 1, indexes.inUse());
        assertEquals(300, indexes.take());
        assertEquals(GroupIndexAllocator.NONE, indexes.take());
        indexes.giveBack(0);
        indexes.giveBack(511);
        assertEquals(0, indexes.take());
        assertEquals(511, indexes.take());
        assertEquals(GroupIndexAllocator.NONE, indexes.take());
    }

    @Test
    void shouldGiveTheIndexThatHasBeenFreeLongest() {
        final int first = indexes.take();
        indexes.giveBack(first);
        for (int i = 1; i < INDEXES; i++) {
            assertNotEquals(first, indexes.take());
        }
        assertEquals(first, indexes.take());
    }

    @Test
    void shouldKeepOrderOverManyLaps() {
        final Random random = new Random(4);
        final ArrayDeque<Integer> free = new ArrayDeque<>();
        final ArrayDeque<Integer> used = new ArrayDeque<>();
        for (int i = 0; i < INDEXES; i++) {
            free.add(i);
        }
        for (int i = 0; i < 200_000; i++) {
            if (random.nextBoolean()) {
                final int expected = free.isEmpty() ? GroupIndexAllocator.NONE : free.poll();
                final int index = indexes.take();
                assertEquals(expected, index);
                if (index != GroupIndexAllocator.NONE) {
                    // Answers come in any order.
                    if (random.nextBoolean()) {
                        used.addFirst(index);
                    } else {
                        used.addLast(index);
                    }
                }
            } else if (!used.isEmpty()) {
                final int index = used.poll();
                indexes.giveBack(index);
                free.add(index);
            }
            assertEquals(used.size(), indexes.inUse());
        }
    }

    @Test
    void shouldAllocateNoMemory() {
        Allocation.assertNone(() -> {
            for (int i = 0; i < 10_000; i++) {
                indexes.giveBack(indexes.take());
            }
        });
    }
}
