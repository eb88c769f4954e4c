/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.junit.jupiter.api.Test;

/** What is set is what the identification registers say. */
class Smmuv3SettingsTest {

    private static Smmuv3Settings settings(final int stallModel, final int stallMax, final int log2Commands,
            final int log2Events, final int log2Requests) {
        return new Smmuv3Settings(stallModel, stallMax, true, true, true, true, true, log2Commands, log2Events,
                log2Requests, false, AbortReport.AT_ONCE);
    }

    @Test
    void shouldShowInTheIdentificationRegisters() {
        final SmmuFixture smmu = new SmmuFixture(settings(2, 0xFFFF, 19, 7, 3));
        assertEquals(2 << 24 | 1 << 26 | 1 << 16 | 1 << 14 | 1 << 13 | 1 << 10, smmu.read(Smmuv3Registers.IDR0));
        assertEquals(19 << 21 | 7 << 16 | 3 << 11 | 20 << 6 | 16, smmu.read(Smmuv3Registers.IDR1));
        assertEquals(1 << 10 | 1 << 5, smmu.read(Smmuv3Registers.IDR3));
        assertEquals(0xFFFF0000, smmu.read(Smmuv3Registers.IDR5));
        smmu.write(Smmuv3Registers.IDR0, 0);
        assertEquals(2, smmu.read(Smmuv3Registers.IDR0) >>> 24 & 3);
        final SmmuFixture bare = new SmmuFixture(new Smmuv3Settings(0, 1, false, false, false, false, false, 0, 0, 19,
                false, AbortReport.LATE));
        assertEquals(1 << 14, bare.read(Smmuv3Registers.IDR0));
        assertEquals(20 << 6 | 16, bare.read(Smmuv3Registers.IDR1));
        assertEquals(1 << 10, bare.read(Smmuv3Registers.IDR3));
    }

    private static void assertRefused(final String message, final Runnable settings) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, settings::run).getMessage());
    }

    @Test
    void shouldRefuseWhatNoSmmuHas() {
        assertRefused("stallModel=3 (expected: 0..2)", () -> settings(3, 1, 0, 0, 0));
        assertRefused("stallMax=0 (expected: 1..65535)", () -> settings(0, 0, 0, 0, 0));
        assertRefused("stallMax=65536 (expected: 1..65535)", () -> settings(0, 65536, 0, 0, 0));
        assertRefused("log2Commands=20 (expected: 0..19)", () -> settings(0, 1, 20, 0, 0));
        assertRefused("log2Events=-1 (expected: 0..19)", () -> settings(0, 1, 0, -1, 0));
        assertRefused("log2Requests=20 (expected: 0..19)", () -> settings(0, 1, 0, 0, 20));
    }

    @Test
    void shouldRefuseWhatNoDriverAsksFor() {
        assertRefused("log2Commands=6 (expected: 7..18)", () -> new Smmuv3DriverSettings(6, 0, 0, 1, 1));
        assertRefused("log2Events=18 (expected: 0..17)", () -> new Smmuv3DriverSettings(7, 18, 0, 1, 1));
        assertRefused("log2Requests=19 (expected: 0..18)", () -> new Smmuv3DriverSettings(7, 0, 19, 1, 1));
        assertRefused("responsesPerSubmission=65 (expected: 1..64)", () -> new Smmuv3DriverSettings(7, 0, 0, 65, 1));
        assertRefused("credits=0 (expected: 1..2147483647)", () -> new Smmuv3DriverSettings(7, 0, 0, 1, 0));
    }

    @Test
    void shouldReadTheFlagsOfAStreamFromItsTables() {
        final long ste = 1;
        final long cd = 1L << 31;
        assertEquals(0, StreamTable.flagsOf(0, -1L, -1L));
        assertEquals(0, StreamTable.flagsOf(ste, 0, 0));
        assertEquals(StreamTable.VALID, StreamTable.flagsOf(ste, 0, cd));
        assertEquals(StreamTable.VALID | StreamTable.PPAR, StreamTable.flagsOf(ste, 1L << 18, cd));
        assertEquals(StreamTable.VALID | StreamTable.MEV, StreamTable.flagsOf(ste, 1L << 19, cd));
        assertEquals(StreamTable.VALID | StreamTable.STALL, StreamTable.flagsOf(ste, 0, cd | 1L << 44));
        assertEquals(StreamTable.VALID, StreamTable.flagsOf(ste, 1L << 27, cd | 1L << 44));
        assertEquals(StreamTable.VALID | StreamTable.RECORD, StreamTable.flagsOf(ste, 0, cd | 1L << 45));
        assertEquals(StreamTable.VALID | StreamTable.ABORT, StreamTable.flagsOf(ste, 0, cd | 1L << 46));
    }
}
