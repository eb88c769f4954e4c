/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalidations as a driver sends them, and what an SMMU makes of them. */
class InvalidationTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int PASID = SmmuFixture.PASID;
    private static final int DEVICE = 0;

    private static SmmuFixture smmu(final boolean msi) {
        return new SmmuFixture(new Smmuv3Settings(0, 1, false, true, false, true, msi, 19, 19, 19, false,
                AbortReport.AT_ONCE));
    }

    private static Smmuv3Driver driver(final SmmuFixture smmu) {
        final Smmuv3Driver driver = new Smmuv3Driver(smmu.iommu, smmu.memory,
                new Smmuv3DriverSettings(7, 3, 3, 64, 1), smmu.tally);
        driver.start();
        driver.addDevice(FUNCTION, DEVICE);
        smmu.iommu.doWork();
        smmu.commandQueue = smmu.registers.read64(Smmuv3Registers.CMDQ_BASE) & ~0x1FL;
        return driver;
    }

    private static void assertCommand(final SmmuFixture smmu, final int entry, final long qw0, final long qw1) {
        assertEquals(Long.toHexString(qw0), Long.toHexString(smmu.word(smmu.commandQueue + entry * 16L)));
        assertEquals(Long.toHexString(qw1), Long.toHexString(smmu.word(smmu.commandQueue + entry * 16L + 8)));
    }

    /** TLBI, CMD_SYNC, ATC_INV, CMD_SYNC: the device cannot fill its cache from a stale TLB. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldInvalidateTheSmmuBeforeTheDevice(final boolean msi) {
        final SmmuFixture smmu = smmu(msi);
        final Smmuv3Driver driver = driver(smmu);
        final CachingFunction function = new CachingFunction(smmu.iommu, SmmuFixture.FUNCTION, smmu.tally)
                .answeringAtOnce();
        assertTrue(driver.invalidate(DEVICE, 0x21, PASID, SmmuFixture.PAGE, 0x45));
        assertFalse(driver.invalidate(DEVICE, 0x21, PASID, SmmuFixture.PAGE, 1));
        assertFalse(driver.isAtRest());
        assertEquals(3, smmu.read(Smmuv3Registers.CMDQ_PROD));
        assertCommand(smmu, 0, 0x0021000000004012L, 0x00007F1234567701L);
        assertCommand(smmu, 1, 0x0021000000600012L, 0x00007F123456C701L);
        assertCommand(smmu, 2, msi ? 0x0FC01046L : 0x0FC02046L, msi ? smmu.commandQueue + 32 : 0);
        assertEquals(0, driver.doWork());
        smmu.iommu.doWork();
        assertEquals(1, driver.doWork());
        assertEquals(List.of(), function.takeRequests());
        assertEquals(1, driver.doWork());
        assertEquals(5, smmu.read(Smmuv3Registers.CMDQ_PROD));
        assertEquals(0x0000030800042840L, smmu.word(smmu.commandQueue + 48));
        assertEquals(0, driver.doWork());
        smmu.iommu.doWork();
        assertEquals(1, function.takeRequests().size());
        assertEquals(1, driver.doWork());
        assertTrue(driver.isAtRest());
        assertTrue(driver.invalidate(DEVICE, 0x21, PASID, SmmuFixture.PAGE, 1));
    }

    @Test
    void shouldGetOverAnInvalidationThatTimesOut() {
        final SmmuFixture smmu = smmu(true);
        final Smmuv3Driver driver = driver(smmu);
        smmu.iommu.connectDeviceTlb(SmmuFixture.FUNCTION,
                (tag, pasid, body) -> smmu.iommu.timeOutInvalidations(SmmuFixture.FUNCTION));
        assertTrue(driver.invalidate(DEVICE, 0x21, PASID, SmmuFixture.PAGE, 1));
        for (int i = 0; i < 10; i++) {
            smmu.iommu.doWork();
            driver.doWork();
        }
        assertTrue(driver.isAtRest());
        assertEquals(4, smmu.read(Smmuv3Registers.CMDQ_CONS));
        assertEquals(1, driver.control().errorsHandled());
        assertEquals(1, smmu.count(Counter.COMMAND_ERRORS));
    }

    @Test
    void shouldForgetAWholeAddressSpaceWhereARangeCannotNameIt() {
        final SmmuFixture smmu = smmu(true);
        assertTrue(driver(smmu).invalidate(DEVICE, 0x21, PASID, 0, 1L << 52));
        assertCommand(smmu, 0, 0x0021000000000011L, 0);
    }

    @Test
    void shouldCoverEveryRangeWithTlbCommands() {
        final Random random = new Random(16);
        for (int i = 0; i < 2_000; i++) {
            final SmmuFixture smmu = i % 100 == 0 ? smmu(true) : null;
            final long pages = 1 + (random.nextLong() >>> 33 + random.nextInt(31));
            if (smmu != null) {
                final Smmuv3Driver driver = driver(smmu);
                assertTrue(driver.invalidate(DEVICE, 1, PASID, 0, pages));
                long covered = 0;
                final int commands = smmu.read(Smmuv3Registers.CMDQ_PROD) - 1;
                assertTrue(commands <= Invalidation.MAX_COMMANDS - 3);
                for (int c = 0; c < commands; c++) {
                    final long qw0 = smmu.word(smmu.commandQueue + c * 16L);
                    assertEquals(covered << 12, smmu.word(smmu.commandQueue + c * 16L + 8) & -4096L);
                    covered += ((qw0 >>> 12 & 0x1F) + 1) << (qw0 >>> 20 & 0x1F);
                }
                assertEquals(pages, covered);
            }
            assertAtcCovers(random.nextLong() >>> 12 & -4096L, 1 + (random.nextLong() >>> 30 + random.nextInt(34)));
        }
    }

    private static void assertAtcCovers(final long address, final long pages) {
        final long qw1 = Invalidation.atcQw1(address, pages);
        final int size = (int) qw1 & 0x3F;
        final long start = qw1 & -4096L;
        assertEquals(0, start & (1L << size + 12) - 1, "naturally aligned");
        assertTrue(start <= address && address + (pages << 12) <= start + (1L << size + 12), "covers");
        if (size > 0) {
            final long middle = start + (1L << size + 11);
            assertTrue(address < middle && middle < address + (pages << 12), "the smallest");
        }
    }
}
