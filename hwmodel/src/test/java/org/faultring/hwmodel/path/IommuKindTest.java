/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.stream.Stream;

import org.faultring.hwmodel.amd.AmdDriver;
import org.faultring.hwmodel.riscv.RiscvDriver;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IommuKindTest {

    private static FaultPathConfig usual(final IommuKind kind) {
        return FaultPathConfig.DEFAULT.withIommu(kind);
    }

    private static String messageOf(final Runnable make) {
        return assertThrows(IllegalArgumentException.class, make::run).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEachByItsName(final IommuKind kind) {
        assertSame(kind, IommuKind.ofKey(kind.key()));
    }

    @Test
    void shouldNameThemAllToWhoAsksForAnother() {
        assertEquals("iommu=VTD (expected: vtd, smmuv3-pri, smmuv3-stall, amd, riscv)",
                messageOf(() -> IommuKind.ofKey("VTD")));
    }

    @Test
    void shouldKnowWhichDriversAreNotLinuxs() {
        assertEquals(EnumSet.of(IommuKind.VTD, IommuKind.SMMUV3_STALL, IommuKind.AMD), EnumSet.copyOf(
                Stream.of(IommuKind.values()).filter(IommuKind::isDriverOfLinux).toList()));
    }

    @ParameterizedTest
    @CsvSource({"VTD, 2048, 512, 64", "SMMUV3_PRI, 65536, 512, 64", "SMMUV3_STALL, 32768, 512, 64", "AMD, 512, 32, 1",
        "RISCV, 4096, 512, 64"})
    void shouldGiveWhatIsUsual(final IommuKind kind, final int entries, final int credits, final int responses) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withAutoResponse(1).withPrqEntries(128).withCredits(7)
                .withResponsesPerSubmission(3).withLaps(5).withBatch(9).withIommu(kind);
        assertEquals(new FaultPathConfig(kind, DeliveryDesign.SHARED_RING, entries, credits, 9, responses, 48, 0, 5, 1),
                config);
    }

    @ParameterizedTest
    @CsvSource({"VTD, 128, 16384", "SMMUV3_PRI, 1, 262144", "SMMUV3_STALL, 1, 131072", "AMD, 256, 32768",
        "RISCV, 2, 524288"})
    void shouldTakeQueuesThatTheHardwareTakes(final IommuKind kind, final int least, final int most) {
        final FaultPathConfig config = usual(kind);
        final String expected = " (expected: a power of two, " + least + ".." + most + ")";
        for (final int bad : new int[] {least / 2, 2 * most, 3 * least, -least, 0}) {
            assertEquals("prqEntries=" + bad + expected, messageOf(() -> config.withPrqEntries(bad)));
        }
        assertEquals(least, config.withPrqEntries(least).prqEntries());
        assertEquals(most, config.withPrqEntries(most).prqEntries());
    }

    @ParameterizedTest
    @CsvSource({"VTD, 2048, 126", "SMMUV3_PRI, 2048, 64", "SMMUV3_STALL, 512, 64", "AMD, 2048, 1",
        "RISCV, 2048, 8191"})
    void shouldBoundCreditsAndSubmissions(final IommuKind kind, final int credits, final int responses) {
        final FaultPathConfig config = usual(kind);
        assertEquals(credits, config.withCredits(credits).credits());
        assertEquals(responses, config.withResponsesPerSubmission(responses).responsesPerSubmission());
        assertEquals("credits=" + (credits + 1) + " (expected: 1.." + credits + ")",
                messageOf(() -> config.withCredits(credits + 1)));
        assertEquals("responsesPerSubmission=" + (responses + 1) + " (expected: 1.." + responses + ")",
                messageOf(() -> config.withResponsesPerSubmission(responses + 1)));
    }

    @ParameterizedTest
    @CsvSource({"VTD, 0, 15", "SMMUV3_PRI, 0, 0", "SMMUV3_STALL, 0, 0", "AMD, -1, 15", "RISCV, 0, 0"})
    void shouldTakeAnAutomaticAnswerOnlyWhereThereIsAChoice(final IommuKind kind, final int least, final int most) {
        final FaultPathConfig config = usual(kind);
        final String expected = " (expected: " + least + ".." + most + ")";
        assertEquals(most, config.withAutoResponse(most).autoResponse());
        assertEquals("autoResponse=" + (least - 1) + expected, messageOf(() -> config.withAutoResponse(least - 1)));
        assertEquals("autoResponse=" + (most + 1) + expected, messageOf(() -> config.withAutoResponse(most + 1)));
    }

    @Test
    void shouldUseLinuxsUnitForVtdAlone() {
        assertEquals("prqOrder=0 (expected: none, the queue of amd is set in entries)",
                messageOf(() -> usual(IommuKind.AMD).withPrqOrder(0)));
        for (int order = 0; order <= VtdDriver.MAX_ORDER; order++) {
            final FaultPathConfig config = FaultPathConfig.DEFAULT.withPrqOrder(order);
            assertEquals(128 << order, config.prqEntries());
            assertEquals(order, config.prqOrder());
        }
    }

    @Test
    void shouldGrantNoMoreCreditsByDefaultThanTheDriversDo() {
        assertEquals(AmdDriver.GRANTED_CREDITS, usual(IommuKind.AMD).credits());
        assertEquals(Math.min(512, VtdDriver.GRANTED_CREDITS), usual(IommuKind.VTD).credits());
        assertEquals(Math.min(512, RiscvDriver.GRANTED_CREDITS), usual(IommuKind.RISCV).credits());
    }

    @Test
    void shouldRefuseNoIommu() {
        assertEquals("iommu=null (expected: a kind)", messageOf(() -> new FaultPathConfig(null, DeliveryDesign.READ,
                2048, 512, 64, 64, 48, 0, 1, 1)));
    }
}
