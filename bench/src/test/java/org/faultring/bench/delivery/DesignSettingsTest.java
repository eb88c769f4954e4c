/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;

import org.faultring.bench.linux.CpuPlacement;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.ring.kernel.WakeRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DesignSettingsTest {

    private static final DeliverySettings USUAL = DeliverySettings.DEFAULT;

    private static String refusal(final DesignSettings settings, final DeliveryDesign design, final Ground ground) {
        return assertThrows(CannotRunException.class, () -> settings.check(design, ground)).getMessage();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveEveryGroundAsItIs(final Ground ground) {
        for (final DeliveryDesign design : DeliveryDesign.values()) {
            assertDoesNotThrow(() -> DesignSettings.DEFAULT.check(design, ground));
        }
        assertEquals("", DesignSettings.DEFAULT.description());
    }

    @Test
    void shouldRefuseWhatHasNoMeaning() throws Exception {
        final DesignSettings threads = DesignSettings.of(USUAL, 2, 0);
        threads.check(DeliveryDesign.READ, Ground.PIPE);
        threads.check(DeliveryDesign.READ, Ground.USERFAULT);
        assertEquals("readerThreads=2 (expected: not on model, which has one user world: several threads are for "
                + "stand-ins).", refusal(threads, DeliveryDesign.READ, Ground.MODEL));
        assertEquals("readerThreads=2 (expected: not with eventfd, whose counter one thread takes).",
                refusal(threads, DeliveryDesign.EVENTFD, Ground.PIPE));
        final DesignSettings polling = DesignSettings.of(USUAL, 1, 10);
        polling.check(DeliveryDesign.MULTISHOT, Ground.PIPE);
        assertEquals("submissionPollingMs=10 (expected: not on threads, which has no thread of a kernel to do it).",
                refusal(polling, DeliveryDesign.MULTISHOT, Ground.THREADS));
        assertEquals("submissionPollingMs=10 (expected: not with read, which submits nothing).",
                refusal(polling, DeliveryDesign.READ, Ground.PIPE));
        final DesignSettings wakes = DesignSettings.of(USUAL.withWakeRule(WakeRule.ON_EMPTY), 1, 0);
        wakes.check(DeliveryDesign.READ, Ground.MODEL);
        assertEquals("wakes=empty (expected: not on pipe, which wakes as its kernel does).",
                refusal(wakes, DeliveryDesign.READ, Ground.PIPE));
        assertEquals("reads=4 (expected: not with read, which posts no reads, or one only).",
                refusal(DesignSettings.of(USUAL.withReads(4), 1, 0), DeliveryDesign.READ, Ground.PIPE));
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        assertEquals("readerThreads=17 (expected: 1..16)", assertThrows(IllegalArgumentException.class,
                () -> DesignSettings.of(USUAL, 17, 0)).getMessage());
        assertEquals("submissionPollingMs=60001 (expected: 0..60000)", assertThrows(IllegalArgumentException.class,
                () -> DesignSettings.of(USUAL, 1, 60_001)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new DesignSettings(0, 0, 1, 0, "never", 1, 0));
    }

    @Test
    void shouldTellWhatIsSet() {
        assertEquals("3 answers a write at most, 16 reads posted, or buffers provided, 4 completions waited for, up to "
                + "2.5 us, wake-ups by rule cycle, 2 reader threads, submissions polled for, 7 ms before sleep",
                DesignSettings.of(new DeliverySettings(3, 16, 4, 2_500, WakeRule.EACH_CYCLE), 2, 7).description());
    }

    private static RoundFigures round(final String design, final DesignSettings settings) throws Exception {
        final DeliveryCell cell =
                new DeliveryCell(design, Ground.PIPE, 1, 16, 0, CpuPlacement.SAME);
        try {
            StandIns.check(cell);
        } catch (final CannotRunException e) {
            assumeTrue(false, e.getMessage());
        }
        try (StandInRunner runner = new StandInRunner(cell, settings, null)) {
            final RoundFigures round = runner.round(0, Duration.ofMillis(5));
            assertEquals(List.of(), round.violations());
            return round;
        }
    }

    @ParameterizedTest
    @CsvSource({"read, 2, 0", "busy-read, 2, 0", "posted-read, 3, 0", "multishot, 2, 0", "poll-then-read, 2, 5",
        "posted-read, 1, 5", "commit-and-fetch, 1, 5"})
    void shouldAnswerEveryFaultOnce(final String design, final int threads, final int pollingMillis)
            throws Exception {
        round(design, DesignSettings.of(USUAL, threads, pollingMillis));
    }

    @Test
    void shouldDoSomething() throws Exception {
        final String calls = EventKind.SYSTEM_CALLS.key();
        // Who has a thread that submits enters to wait only; who gives fewer answers a write writes more often.
        assertTrue(
                round("read", DesignSettings.of(USUAL.withAnswersPerWrite(1), 1, 0)).eventsPerFault().get(calls) > 1);
        assertTrue(round("posted-read", DesignSettings.of(USUAL.withReads(1), 1, 0)).eventsPerFault().get(calls)
                > round("posted-read", DesignSettings.of(USUAL.withReads(16).withMinimumBatch(8, 1_000_000), 1, 0))
                        .eventsPerFault().get(calls));
    }
}
