/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths whose devices translate before they ask for pages. */
class TranslatingPathTest {

    private static final int FAULTS = 4_000;
    private static final int PAGES = 600;

    private static FaultPath path(final FaultPathConfig config, final int devices, final int entries,
            final Workload workload) {
        return FaultPath.create(config, PathShape.roomy(config, devices, 1).withCacheEntries(entries), workload,
                RaiseSchedules.closedLoop(), new ManualClock(0, 1), row -> {}, PathHooks.NONE);
    }

    @ParameterizedTest
    @EnumSource(value = IommuKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SMMUV3_STALL")
    void shouldAskOnlyForPagesThatAreMissing(final IommuKind kind) {
        final Workload workload = new Faults().random(7, FAULTS, 2, PAGES).grouped();
        for (final DeliveryDesign design : Paths.SERVING) {
            final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(kind).withDesign(design).withLaps(2);
            final FaultPath path = path(config, 1, 1024, workload);
            Paths.run(path, 3);
            final Conservation books = Paths.settled(path);
            final Counters counters = path.counters();
            final long hits = counters.get(Counter.TRANSLATION_HITS);
            assertEquals(2L * FAULTS, books.faultsRaised() + hits, kind + " " + design);
            // Each page has to be asked for once at least, and the second time all are there.
            assertTrue(books.faultsRaised() >= workload.trace().distinctPages(), "raised " + books.faultsRaised());
            assertTrue(hits >= FAULTS, "hits " + hits);
            assertEquals(0, counters.get(Counter.FAULTS_UNTRANSLATED));
            assertEquals(0, counters.get(Counter.TRANSLATIONS_REFUSED));
            assertEquals(0, counters.get(Counter.TRANSLATIONS_ABORTED));
            assertEquals(books.faultsRaised(), counters.get(Counter.FAULTS_RESOLVED));
        }
    }

    @Test
    void shouldTranslateMoreOftenWithASmallCache() {
        final Workload workload = new Faults().random(7, FAULTS, 2, PAGES).grouped();
        long small = 0;
        for (final int entries : new int[] {1, 64, 4096}) {
            final FaultPath path = path(FaultPathConfig.DEFAULT.withLaps(2), 1, entries, workload);
            Paths.run(path, 3);
            Paths.settled(path);
            final long granted = path.counters().get(Counter.TRANSLATIONS_GRANTED);
            assertTrue(entries == 1 || granted < small, granted + " with " + entries + ", before " + small);
            small = granted;
        }
    }

    @Test
    void shouldConserveInOverflow() {
        final Workload workload = new Faults().random(11, FAULTS, 3, 3_000).grouped();
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withPrqEntries(128).withCredits(2048);
        final FaultPath path = path(config, 2, 256, workload);
        final Random random = new Random(3);
        for (int i = 0; i < 3_000_000 && !path.isFinished(); i++) {
            switch (random.nextInt(8)) {
                case 0 -> Paths.step(path.kernel());
                case 1 -> Paths.step(path.user());
                default -> Paths.step(path.hardware());
            }
        }
        final Conservation books = Paths.settled(path);
        assertTrue(path.counters().get(Counter.OVERFLOWS) > 0);
        assertTrue(books.retries() > 0);
        assertEquals(2L * FAULTS, books.faultsRaised() + path.counters().get(Counter.TRANSLATION_HITS));
    }

    @Test
    void shouldWaitForTheCacheWhenAPasidIsDetached() {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withDesign(DeliveryDesign.READ);
        final FaultPath path = path(config, 1, 64, new Faults().groups(0, 8, 4).grouped());
        Paths.run(path, 1);
        path.controls().detach(0, Workload.FIRST_PASID);
        for (int i = 0; i < 50; i++) {
            Paths.step(path.kernel());
            Paths.step(path.controls().owner());
        }
        assertTrue(path.controls().isChanging(), "the function has not completed its invalidation");
        for (int i = 0; i < 50; i++) {
            Paths.step(path.hardware());
            Paths.step(path.kernel());
            Paths.step(path.controls().owner());
        }
        assertEquals(false, path.controls().isChanging());
        assertTrue(path.counters().get(Counter.INVALIDATIONS_COMPLETED) > 0);
        Paths.settled(path);
    }

    @Test
    void shouldRefuseACacheWhereTransactionsStall() {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withIommu(IommuKind.SMMUV3_STALL);
        final Workload workload = new Faults().groups(0, 1, 1).grouped();
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> path(config, 1, 64, workload));
        assertEquals("cacheEntries=64 (expected: 0, a device of smmuv3-stall has no cache of translations)",
                refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> path(FaultPathConfig.DEFAULT, 1, 3, workload));
    }
}
