/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.faultring.ring.kernel.WakeRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeliverySettingsTest {

    private static final DeliverySettings DEFAULT = DeliverySettings.DEFAULT;

    private static String messageOf(final Runnable make) {
        return assertThrows(IllegalArgumentException.class, make::run).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveEveryDesignAsItIs(final DeliveryDesign design) {
        assertDoesNotThrow(() -> DEFAULT.check(design));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(DEFAULT.withAnswersPerWrite(2),
                        "READ BUSY_READ EVENTFD POSTED_READ POLL_THEN_READ MULTISHOT"),
                Arguments.of(DEFAULT.withReads(4), "POSTED_READ MULTISHOT COMMIT_AND_FETCH"),
                Arguments.of(DEFAULT.withReads(3), "POSTED_READ COMMIT_AND_FETCH"),
                Arguments.of(DEFAULT.withMinimumBatch(8, 1), "POSTED_READ MULTISHOT COMMIT_AND_FETCH"),
                Arguments.of(DEFAULT.withWakeRule(WakeRule.ON_EMPTY),
                        "READ EVENTFD POSTED_READ POLL_THEN_READ MULTISHOT COMMIT_AND_FETCH INJECT SAMPLE_2023"),
                Arguments.of(DEFAULT.withWakeRule(WakeRule.EACH_CYCLE),
                        "READ EVENTFD POSTED_READ POLL_THEN_READ MULTISHOT COMMIT_AND_FETCH INJECT SAMPLE_2023 "
                                + "VFIO_REGION"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldRefuseWhatWouldDoNothing(final DeliverySettings settings, final String designs) {
        final List<DeliveryDesign> having = Arrays.stream(designs.split(" ")).map(DeliveryDesign::valueOf).toList();
        for (final DeliveryDesign design : DeliveryDesign.values()) {
            if (having.contains(design)) {
                assertDoesNotThrow(() -> settings.check(design));
                assertEquals(settings, FaultPathConfig.DEFAULT.withDesign(design).withDelivery(settings).delivery());
            } else {
                final String message = messageOf(() -> settings.check(design));
                assertEquals(message,
                        messageOf(() -> FaultPathConfig.DEFAULT.withDesign(design).withDelivery(settings)));
            }
        }
    }

    @Test
    void shouldSayWhy() {
        assertEquals("reads=4 (expected: not with read, which posts no reads, or one only)",
                messageOf(() -> DEFAULT.withReads(4).check(DeliveryDesign.READ)));
        assertEquals("wakes=empty (expected: not with sva, which has no reader)",
                messageOf(() -> DEFAULT.withWakeRule(WakeRule.ON_EMPTY).check(DeliveryDesign.SVA)));
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        assertEquals("answersPerWrite=4097 (expected: 0..4096)", messageOf(() -> DEFAULT.withAnswersPerWrite(4097)));
        assertEquals("reads=1025 (expected: 0..1024)", messageOf(() -> DEFAULT.withReads(1025)));
        assertEquals("minimumBatch=9 (expected: 1..8)", messageOf(() -> DEFAULT.withMinimumBatch(9, 1)));
        assertEquals("minimumBatch=3 (expected: 1..2)",
                messageOf(() -> DEFAULT.withReads(2).withMinimumBatch(3, 1)));
        assertEquals("longestWaitNanos=1000000001 (expected: 0..1000000000)",
                messageOf(() -> DEFAULT.withMinimumBatch(2, 1_000_000_001)));
        assertEquals("minimumBatch=2 longestWaitNanos=0 (expected: above 1 and above 0, or 1 and 0)",
                messageOf(() -> DEFAULT.withMinimumBatch(2, 0)));
        assertEquals("minimumBatch=1 longestWaitNanos=5 (expected: above 1 and above 0, or 1 and 0)",
                messageOf(() -> DEFAULT.withMinimumBatch(1, 5)));
        assertEquals("wakeRule=null (expected: a rule)", messageOf(() -> DEFAULT.withWakeRule(null)));
    }
}
