/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

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
class AmdRandomTest {

    private static final int PASID = 0x42;

    static long[] seeds() {
        return Seeds.of(4_001, 100);
    }

    private static Interleaving path(final Random random, final int autoResponse) {
        final Counters counters = new Counters();
        final DmaMemory memory = new DmaMemory(1 << 20);
        final Tally hardware = counters.tally();
        final Tally software = counters.tally();
        final AmdIommu iommu = new AmdIommu(memory, hardware);
        final AmdDriver driver = new AmdDriver(iommu, memory, AmdPlatform.PLAIN, 256 << random.nextInt(3), autoResponse,
                software);
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
            path.function(0x100 + i, AmdDriver.GRANTED_CREDITS);
        }
        return path;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldLoseNothing(final long seed) {
        Seeds.run(seed, () -> {
            final Interleaving path = path(new Random(seed), 0).run(20_000).finish();
            // Stop markers go up as requests, and end like requests where they were not dropped by the hardware.
            assertEquals(path.requests() + path.stopMarkers() - path.count(Counter.STOP_MARKERS_DROPPED), path.ended());
            assertEquals(0, path.count(Counter.DISCARDED));
            assertEquals(0, path.unanswered());
            assertEquals(0, path.count(Counter.UNANSWERED));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldCountWhatIsLeftUnanswered(final long seed) {
        Seeds.run(seed, () -> {
            final Interleaving path = path(new Random(seed), AmdDriver.NO_AUTO_RESPONSE).run(20_000).finish();
            assertEquals(path.requests() + path.stopMarkers() - path.count(Counter.STOP_MARKERS_DROPPED), path.ended());
            assertEquals(0, path.count(Counter.AUTO_ANSWERED));
            // A function whose unfinished group was answered because nothing is attached has no group left to miss.
            assertTrue(path.unanswered() <= path.count(Counter.UNANSWERED));
        });
    }

    @Test
    void shouldOverflowAndRecoverInSomeOfThem() {
        long overflows = 0;
        long refused = 0;
        for (final long seed : seeds()) {
            final Interleaving path = path(new Random(seed), 0).run(20_000).finish();
            overflows += path.count(Counter.OVERFLOWS);
            refused += path.count(Counter.REFUSED);
        }
        assertTrue(overflows > 100, "overflows=" + overflows);
        assertTrue(refused > 100, "refused=" + refused);
    }
}
