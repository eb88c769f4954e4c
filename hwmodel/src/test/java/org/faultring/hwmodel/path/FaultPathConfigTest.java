/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPathConfigTest {

    private static final FaultPathConfig DEFAULT = FaultPathConfig.DEFAULT;

    private static String messageOf(final Runnable make) {
        return assertThrows(IllegalArgumentException.class, make::run).getMessage();
    }

    @Test
    void shouldBeginWithWhatLinuxHas() {
        assertEquals(new FaultPathConfig(IommuKind.VTD, DeliveryDesign.SHARED_RING, 2048, 512, 64, 64, 48, 0, 1, 1),
                DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseAQueueOfNoSuchOrder(final int order) {
        assertEquals("prqOrder=" + order + " (expected: 0..7)", messageOf(() -> DEFAULT.withPrqOrder(order)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2049})
    void shouldRefuseCreditsThatLinuxDoesNotGrant(final int credits) {
        assertEquals("credits=" + credits + " (expected: 1..2048)", messageOf(() -> DEFAULT.withCredits(credits)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4097})
    void shouldRefuseABatchOutOfRange(final int batch) {
        assertEquals("batch=" + batch + " (expected: 1..4096)", messageOf(() -> DEFAULT.withBatch(batch)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 127})
    void shouldRefuseSubmissionsOutOfRange(final int responses) {
        assertEquals("responsesPerSubmission=" + responses + " (expected: 1..126)",
                messageOf(() -> DEFAULT.withResponsesPerSubmission(responses)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void shouldRefuseLapsOutOfRange(final long laps) {
        assertEquals("laps=" + laps + " (expected: 0..9223372036854775807)", messageOf(() -> DEFAULT.withLaps(laps)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void shouldRefuseASamplingOutOfRange(final int every) {
        assertEquals("sampleEvery=" + every + " (expected: 1..2147483647)",
                messageOf(() -> DEFAULT.withSampleEvery(every)));
    }

    @Test
    void shouldRefuseNoDesign() {
        assertEquals("design=null (expected: a design)", messageOf(() -> DEFAULT.withDesign(null)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"47; 0; addressBits=47 (expected: 48 or 57)",
        "56; 0; addressBits=56 (expected: 48 or 57)", "64; 0; addressBits=64 (expected: 48 or 57)",
        "48; -1; autoResponse=-1 (expected: 0..15)", "48; 16; autoResponse=16 (expected: 0..15)"})
    void shouldRefuseTheRestOutOfRange(final int addressBits, final int autoResponse, final String message) {
        assertEquals(message, messageOf(
                () -> new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 2048, 512, 64, 64, addressBits,
                        autoResponse, 1, 1)));
    }

    @Test
    void shouldTakeTheEndsOfAllRanges() {
        final FaultPathConfig least =
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 128, 1, 1, 1, 48, 0, 0, 1);
        final FaultPathConfig most =
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 16_384, 2048, 4096, 126, 57, 15,
                        Long.MAX_VALUE, Integer.MAX_VALUE);
        assertNotEquals(least, most);
    }

    @Test
    void shouldChangeOneValueAtATime() {
        final FaultPathConfig all = new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 2, 3, 4, 57, 5, 6, 7);
        assertEquals(all, all.withDesign(DeliveryDesign.READ).withPrqOrder(1).withCredits(2).withBatch(3)
                .withResponsesPerSubmission(4).withLaps(6).withSampleEvery(7));
        assertEquals(List.of(new FaultPathConfig(IommuKind.VTD, DeliveryDesign.SHARED_RING, 256, 2, 3, 4, 57, 5, 6, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 128, 2, 3, 4, 57, 5, 6, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 99, 3, 4, 57, 5, 6, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 2, 99, 4, 57, 5, 6, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 2, 3, 99, 57, 5, 6, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 2, 3, 4, 57, 5, 99, 7),
                new FaultPathConfig(IommuKind.VTD, DeliveryDesign.READ, 256, 2, 3, 4, 57, 5, 6, 99)),
                List.of(all.withDesign(DeliveryDesign.SHARED_RING), all.withPrqOrder(0), all.withCredits(99),
                        all.withBatch(99), all.withResponsesPerSubmission(99), all.withLaps(99),
                        all.withSampleEvery(99)));
    }
}
