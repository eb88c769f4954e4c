/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.faultring.hwmodel.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedPageTableTest {

    private record Page(int pasid, long address) {}

    @Test
    void shouldCountHowOftenAPageWasMapped() {
        final SharedPageTable table = new SharedPageTable(4);
        final int entry = table.know(1, 0x7000);
        assertEquals(0, table.timesMapped(entry));
        assertTrue(table.map(1, 0x7000));
        assertEquals(1, table.timesMapped(entry));
        assertTrue(table.map(1, 0x7000));
        assertTrue(table.map(1, 0x7000));
        assertEquals(3, table.timesMapped(entry));
    }

    @Test
    void shouldIgnoreTheOffsetInThePage() {
        final SharedPageTable table = new SharedPageTable(4);
        final int entry = table.know(1, 0x7ABC);
        assertEquals(entry, table.know(1, 0x7000));
        assertTrue(table.map(1, 0x7FFF));
        assertEquals(1, table.timesMapped(entry));
        assertFalse(table.map(1, 0x8000));
        assertFalse(table.map(1, 0x6FFF));
    }

    @Test
    void shouldKeepAddressSpacesApart() {
        final SharedPageTable table = new SharedPageTable(4);
        final int one = table.know(1, 0x7000);
        final int two = table.know(2, 0x7000);
        assertNotEquals(one, two);
        assertTrue(table.map(2, 0x7000));
        assertEquals(0, table.timesMapped(one));
        assertEquals(1, table.timesMapped(two));
        assertFalse(table.map(3, 0x7000));
    }

    @Test
    void shouldNotMapAPageThatIsNotKnown() {
        final SharedPageTable table = new SharedPageTable(1);
        assertFalse(table.map(0, 0));
        assertFalse(table.map(1, -1));
        final int entry = table.know(0, 0);
        assertFalse(table.map(1, 0));
        assertFalse(table.map(0, 0x1000));
        assertTrue(table.map(0, 0));
        assertEquals(1, table.timesMapped(entry));
    }

    @Test
    void shouldKnowPagesOfAllOfTheAddressRange() {
        final long[] addresses = {0, 0x1000, 0x7FFF_FFFF_F000L, 0x8000_0000_0000_0000L, 0xFFFF_8000_0000_0000L,
            0xFFFF_FFFF_FFFF_F000L, 0x00FF_FFFF_FFFF_F000L};
        final SharedPageTable table = new SharedPageTable(addresses.length);
        final Set<Integer> entries = new HashSet<>();
        for (final long address : addresses) {
            entries.add(table.know(0xF_FFFF, address));
        }
        assertEquals(addresses.length, entries.size());
        for (int i = 0; i < addresses.length; i++) {
            for (int times = 0; times < i; times++) {
                assertTrue(table.map(0xF_FFFF, addresses[i]));
            }
        }
        for (int i = 0; i < addresses.length; i++) {
            assertEquals(i, table.timesMapped(table.know(0xF_FFFF, addresses[i])));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 1000})
    void shouldSayWhenItIsFull(final int maxPages) {
        final SharedPageTable table = new SharedPageTable(maxPages);
        for (int page = 0; page < maxPages; page++) {
            table.know(1, page * 4096L);
        }
        final IllegalStateException e = assertThrows(IllegalStateException.class,
                () -> table.know(1, maxPages * 4096L));
        assertEquals("maxPages=" + maxPages + " (expected: more pages than that)", e.getMessage());
        // What was refused is not known, what was known still is.
        assertFalse(table.map(1, maxPages * 4096L));
        final int entry = table.know(1, 0);
        assertTrue(table.map(1, 0));
        assertEquals(1, table.timesMapped(entry));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 24) + 1})
    void shouldRefuseASizeOutOfRange(final int maxPages) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new SharedPageTable(maxPages));
        assertEquals("maxPages=" + maxPages + " (expected: 1..16777216)", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64, 4095, 4096, 20_000})
    void shouldDoAsAMapDoesAtFullLoad(final int maxPages) {
        final Random random = new Random(maxPages);
        final SharedPageTable table = new SharedPageTable(maxPages);
        final List<Page> pages = new ArrayList<>();
        final Map<Page, Integer> entries = new HashMap<>();
        while (entries.size() < maxPages) {
            // Runs of neighbours, as programs have them, and loners anywhere.
            final long start = random.nextLong() >>> random.nextInt(52);
            final int pasid = 1 + random.nextInt(5);
            for (int k = random.nextInt(8); k >= 0 && entries.size() < maxPages; k--) {
                final Page page = new Page(pasid, (start & -4096L) + k * 4096L);
                final int entry = table.know(page.pasid(), page.address() + random.nextInt(4096));
                final Integer before = entries.put(page, entry);
                assertTrue(before == null || before == entry);
                if (before == null) {
                    pages.add(page);
                }
            }
        }
        assertEquals(maxPages, new HashSet<>(entries.values()).size(), "entries");
        checkAgainstAMap(random, table, pages, entries);
    }

    /**
     * Pages whose numbers differ in high bits only, one for each PASID, such that the two may cancel out in a hash:
     * all of them must be kept apart, wherever they land.
     */
    @ParameterizedTest
    @ValueSource(ints = {50, 52, 53, 54, 55, 56})
    void shouldKeepPagesApartThatCollide(final int shift) {
        final int pasids = 256;
        final SharedPageTable table = new SharedPageTable(4 * pasids);
        final List<Page> pages = new ArrayList<>();
        final Map<Page, Integer> entries = new HashMap<>();
        for (int pasid = 0; pasid < pasids; pasid++) {
            for (int k = 0; k < 4; k++) {
                final Page page = new Page(pasid, ((long) pasid << shift) + k * 4096L);
                pages.add(page);
                entries.put(page, table.know(page.pasid(), page.address()));
            }
        }
        assertEquals(4 * pasids, new HashSet<>(entries.values()).size(), "entries");
        checkAgainstAMap(new Random(shift), table, pages, entries);
    }

    private static void checkAgainstAMap(final Random random, final SharedPageTable table, final List<Page> pages,
            final Map<Page, Integer> entries) {
        final Map<Page, Integer> counts = new HashMap<>();
        for (int i = 0; i < 3 * pages.size(); i++) {
            final Page page = pages.get(random.nextInt(pages.size()));
            assertTrue(table.map(page.pasid(), page.address() + random.nextInt(4096)));
            counts.merge(page, 1, Integer::sum);
            final Page stranger = new Page(random.nextInt(8), random.nextLong() & -4096L);
            assertEquals(entries.containsKey(stranger), table.map(stranger.pasid(), stranger.address()));
            if (entries.containsKey(stranger)) {
                counts.merge(stranger, 1, Integer::sum);
            }
        }
        for (final Page page : pages) {
            assertEquals((int) entries.get(page), table.know(page.pasid(), page.address()));
            assertEquals(counts.getOrDefault(page, 0), table.timesMapped(entries.get(page)), page::toString);
        }
    }

    @Test
    void shouldAllocateNothing() {
        final SharedPageTable table = new SharedPageTable(1000);
        final int[] entries = new int[1000];
        for (int page = 0; page < 1000; page++) {
            entries[page] = table.know(page % 3, page * 4096L);
        }
        final int[] sum = new int[1];
        Allocation.assertNone(() -> {
            for (int page = 0; page < 1000; page++) {
                table.map(page % 3, page * 4096L);
                table.map(7, page * 4096L);
                sum[0] += table.timesMapped(entries[page]);
            }
        });
        assertTrue(sum[0] > 0);
    }

    @Test
    void shouldFindAPageWhileItIsMapped() {
        final SharedPageTable table = new SharedPageTable(2);
        table.know(1, 0x5000);
        assertEquals(0, table.find(0x308, 1, 0x5000));
        assertFalse(table.unmap(2, 0x5000));
        assertTrue(table.unmap(1, 0x5000));
        assertEquals(0, table.find(0x308, 1, 0x5000));
        for (int i = 0; i < 3; i++) {
            table.map(1, 0x5123);
            table.map(1, 0x5123);
            assertEquals(0x5003 | TranslationSource.EXECUTE, table.find(0x308, 1, 0x5000));
            assertEquals(0, table.find(0x308, 2, 0x5000));
            assertEquals(0, table.find(0x308, 1, 0x6000));
            table.unmap(1, 0x5FFF);
            assertEquals(0, table.find(0x308, 1, 0x5000));
        }
        // Unmapping is no mapping.
        assertEquals(6, table.timesMapped(0));
    }

    @Test
    void shouldFindTheHighestPage() {
        final SharedPageTable table = new SharedPageTable(1);
        table.know(0xF_FFFF, -4096L);
        table.map(0xF_FFFF, -1L);
        assertEquals(-4096L | 3 | TranslationSource.EXECUTE, table.find(0, 0xF_FFFF, -4096L));
    }
}
