/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTableTest {

    private record Entry(int cookie, int handle, int attachment) {}

    @Test
    void shouldKnowTheNewestGroupOfEachAttachment() {
        final ResponseTable table = new ResponseTable(4);
        assertEquals(ResponseTable.NONE, table.newest(0));
        assertEquals(ResponseTable.NONE, table.newest(1 << 19));
        assertEquals(1, table.add(11, 0));
        assertEquals(2, table.add(12, 70_000));
        assertEquals(3, table.add(13, 0));
        assertEquals(3, table.newest(0));
        assertEquals(2, table.newest(70_000));
        assertFalse(table.isFull());
        assertEquals(4, table.add(14, 63));
        assertTrue(table.isFull());
        table.remove(3);
        assertEquals(1, table.newest(0));
        table.remove(1);
        assertEquals(ResponseTable.NONE, table.newest(0));
        assertEquals(1, table.add(15, 64));
        assertEquals(1, table.newest(64));
        assertEquals(15, table.handle(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 66, 67, Integer.MIN_VALUE, Integer.MAX_VALUE, 65 + (1 << 16)})
    void shouldKnowNothingOfCookiesItCannotGive(final int cookie) {
        final ResponseTable table = new ResponseTable(65);
        assertEquals(ResponseTable.NO_GROUP, table.handle(cookie));
        for (int i = 1; i <= 65; i++) {
            table.add(i, 3);
        }
        assertEquals(ResponseTable.NO_GROUP, table.handle(cookie));
        for (int i = 1; i <= 65; i++) {
            assertEquals(i, table.handle(i));
        }
    }

    @Test
    void shouldKeepListsApartInRandomHistories() {
        for (long seed = 1; seed <= 50; seed++) {
            final Random random = new Random(seed);
            final int capacity = 1 + random.nextInt(100);
            final ResponseTable table = new ResponseTable(capacity);
            final List<Entry> entries = new ArrayList<>();
            for (int step = 0; step < 2000; step++) {
                final String where = "seed=" + seed + " step=" + step;
                if (random.nextBoolean() && !table.isFull()) {
                    final int attachment = random.nextInt(5);
                    entries.add(new Entry(table.add(step + 1, attachment), step + 1, attachment));
                } else if (!entries.isEmpty()) {
                    Collections.swap(entries, random.nextInt(entries.size()), random.nextInt(entries.size()));
                    final Entry gone = entries.remove(random.nextInt(entries.size()));
                    assertEquals(gone.handle, table.handle(gone.cookie), where);
                    table.remove(gone.cookie);
                    assertEquals(ResponseTable.NO_GROUP, table.handle(gone.cookie), where);
                }
                assertEquals(entries.size() == capacity, table.isFull(), where);
                for (int attachment = 0; attachment < 5; attachment++) {
                    final int number = attachment;
                    final int newest = entries.stream().filter(entry -> entry.attachment == number)
                            .max((a, b) -> a.handle - b.handle).map(Entry::cookie).orElse(ResponseTable.NONE);
                    assertEquals(newest, table.newest(attachment), where);
                }
            }
        }
    }
}
