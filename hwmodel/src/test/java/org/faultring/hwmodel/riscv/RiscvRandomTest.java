/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.faultring.hwmodel.Interleaving;
import org.faultring.hwmodel.KernelFixture;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.IommuDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions, IOMMU, driver and handler in any order: every request ends in exactly one way. */
class RiscvRandomTest {

    private static final int PASID = 0x42;

    static long[] seeds() {
        return Seeds.of(5_001, 100);
    }

    private static Interleaving path(final Random random) {
        final Counters counters = new Counters();
        final DmaMemory memory = new DmaMemory(1 << 20);
        final Tally hardware = counters.tally();
        final Tally software = counters.tally();
        final RiscvIommu iommu = new RiscvIommu(memory, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID, hardware);
        final RiscvDriver driver = new RiscvDriver(iommu, memory, 2 << random.nextInt(11), software);
        final KernelFixture kernel = new KernelFixture(driver, 1 << (8 + random.nextInt(6)), software);
        driver.reportTo(kernel.reporter);
        driver.start();
        iommu.doWork();
        final Interleaving path = new Interleaving(random, iommu, driver, kernel, counters, PASID, hardware, software);
        final int functions = 1 + random.nextInt(60);
        for (int i = 0; i < functions; i++) {
            driver.addDevice(0x100 + i, kernel.reporter.addDevice());
            // Now and then nothing is attached.
            if (random.nextInt(10) != 0) {
                kernel.attachments.attach(i, PASID, IommuDomain.paging(kernel.object.sink()));
            }
            path.function(0x100 + i, 4 + random.nextInt(60));
        }
        return path;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseNothing(final long seed) {
        Seeds.run(seed, () -> {
            final Interleaving path = path(new Random(seed)).run(20_000).finish();
            assertEquals(path.requests(), path.ended());
            assertEquals(path.stopMarkers(),
                    path.count(Counter.STOP_MARKERS) + path.count(Counter.STOP_MARKERS_DROPPED));
            assertEquals(0, path.unanswered());
        });
    }

    @Test
    void shouldOverflowAndRecoverInSomeOfThem() {
        long overflows = 0;
        long discarded = 0;
        for (final long seed : seeds()) {
            final Interleaving path = path(new Random(seed)).run(20_000).finish();
            overflows += path.count(Counter.OVERFLOWS);
            discarded += path.count(Counter.DISCARDED);
        }
        assertTrue(overflows > 1000, "overflows=" + overflows);
        assertTrue(discarded > 1000, "discarded=" + discarded);
    }
}
