/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

import org.faultring.ring.Allocations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTableTest {

    private static int open(final GroupTable table) {
        return table.open(1, 2, 3, 4, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 1024, GroupTable.MAX_CAPACITY})
    void shouldHoldAsManyGroupsAsItsCapacityAndNoMore(final int capacity) {
        final GroupTable table = new GroupTable(capacity);
        final int[] handles = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, table.openGroups());
            handles[i] = open(table);
            assertNotEquals(GroupTable.NONE, handles[i]);
        }
        assertEquals(capacity, table.openGroups());
        assertEquals(capacity, table.openRequests());
        assertEquals(GroupTable.NONE, open(table));
        assertEquals(capacity, table.openRequests());
        for (final int handle : handles) {
            assertTrue(table.isOpen(handle));
            table.close(handle);
            assertFalse(table.isOpen(handle));
        }
        assertEquals(0, table.openGroups());
        assertEquals(0, table.openRequests());
    }

    @Test
    void shouldRememberWhatTheAnswerNeeds() {
        final GroupTable table = new GroupTable(4);
        final int first = table.open(0xFF_FFFF, 7, -2, -3, 0xFFFF);
        final int second = table.open(0, 0, 0, 0, 1);
        final long group = table.find(first);
        assertEquals(0xFF_FFFF, GroupTable.device(group));
        assertEquals(7, GroupTable.flags(group));
        assertEquals(-2, table.pasid(first));
        assertEquals(-3, table.groupIndex(first));
        assertEquals(0xFFFF, GroupTable.length(group));
        final long other = table.find(second);
        assertNotEquals(0, other);
        assertEquals(0, GroupTable.device(other));
        assertEquals(0, GroupTable.flags(other));
        assertEquals(0, table.pasid(second));
        assertEquals(0, table.groupIndex(second));
        assertEquals(1, GroupTable.length(other));
        assertEquals(0x1_0000, table.openRequests());
    }

    @Test
    void shouldFindNoGroupUnderAHandleThatWasNeverGiven() {
        final GroupTable table = new GroupTable(4);
        final int handle = open(table);
        for (final int other : new int[] {0, -1, handle + 1, handle + 4, handle ^ Integer.MIN_VALUE, handle & 3}) {
            assertFalse(table.isOpen(other), "handle " + other);
        }
        assertTrue(table.isOpen(handle));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 64, GroupTable.MAX_CAPACITY})
    void shouldGiveNoHandleAgainSoon(final int capacity) {
        final GroupTable table = new GroupTable(capacity);
        final int generations = (int) Math.min((1L << 32) / capacity - 1, 20_000);
        final Set<Integer> handles = new HashSet<>();
        // One group at a time: the worst case, its place is used again and again.
        for (int i = 0; i < generations; i++) {
            final int handle = open(table);
            assertNotEquals(0, handle);
            assertTrue(handles.add(handle), "handle " + handle + " again after " + i + " groups");
            table.close(handle);
        }
    }

    @Test
    void shouldRefuseLateHandlesOverTheWrapOfTheGeneration() {
        // 12 bits of generation are left.
        final GroupTable table = new GroupTable(GroupTable.MAX_CAPACITY);
        final int generations = (1 << 12) - 1;
        final Queue<Integer> late = new ArrayDeque<>();
        for (int i = 0; i < 3 * generations; i++) {
            final int handle = open(table);
            assertNotEquals(0, handle);
            assertTrue(table.isOpen(handle));
            if (i % 64 == 0 || i % generations < 3 || i % generations > generations - 3) {
                for (final int old : late) {
                    assertFalse(table.isOpen(old), "late handle " + old + " hits group " + handle);
                }
            }
            table.close(handle);
            assertFalse(table.isOpen(handle));
            late.add(handle);
            if (late.size() == generations) {
                late.remove();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 256})
    void shouldNameOpenGroupsAndNoOthersInRandomHistories(final int capacity) {
        for (long seed = 1; seed <= 5; seed++) {
            final Random random = new Random(seed);
            final GroupTable table = new GroupTable(capacity);
            final List<Integer> open = new ArrayList<>();
            final List<Integer> closed = new ArrayList<>();
            for (int step = 0; step < 3_000; step++) {
                final String where = "seed=" + seed + " step=" + step;
                if (random.nextBoolean()) {
                    final int handle = table.open(step, 3, step, step & 0xFFFF, 1 + step % 5);
                    assertEquals(open.size() == capacity, handle == GroupTable.NONE, where);
                    if (handle != GroupTable.NONE) {
                        assertFalse(open.contains(handle), where);
                        assertEquals(step, GroupTable.device(table.find(handle)), where);
                        open.add(handle);
                    }
                } else if (!open.isEmpty()) {
                    final int handle = open.remove(random.nextInt(open.size()));
                    table.close(handle);
                    closed.add(handle);
                }
                assertEquals(open.size(), table.openGroups(), where);
                if (!open.isEmpty()) {
                    assertTrue(table.isOpen(open.get(random.nextInt(open.size()))), where);
                }
                if (!closed.isEmpty()) {
                    assertFalse(table.isOpen(closed.get(random.nextInt(closed.size()))), where);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1 << 21, -2})
    void shouldRefuseACapacityThatIsNoPowerOfTwoInRange(final int capacity) {
        assertEquals("capacity=" + capacity + " (expected: a power of two, 2..1048576)",
                assertThrows(IllegalArgumentException.class, () -> new GroupTable(capacity)).getMessage());
    }

    @Test
    void shouldNotAllocate() {
        final GroupTable table = new GroupTable(4);
        Allocations.assertNone(1, () -> {
            final int handle = open(table);
            assertTrue(table.isOpen(handle));
            table.close(handle);
        });
    }
}
