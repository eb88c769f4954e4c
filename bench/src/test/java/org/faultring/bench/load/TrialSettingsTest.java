/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

import org.faultring.hwmodel.path.FaultPathConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialSettingsTest {

    private static final Pace CLOSED = Pace.parse("closed");

    private static String refusal(final long laps, final int threads, final Duration duration) {
        final FaultPathConfig config = FaultPathConfig.DEFAULT.withLaps(laps);
        return assertThrows(IllegalArgumentException.class, () -> new TrialSettings(config, CLOSED, threads, duration))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, Integer.MAX_VALUE})
    void shouldRefuseOtherNumbersOfThreads(final int threads) {
        assertEquals("threads=" + threads + " (expected: 1..3)", refusal(1, threads, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S"})
    void shouldRefuseADurationOfNothing(final Duration duration) {
        assertTrue(refusal(1, 1, duration).startsWith("duration=" + duration + " "));
    }

    @Test
    void shouldRefuseARunWithoutEnd() {
        assertTrue(refusal(0, 1, null).startsWith("duration=null "));
    }

    @Test
    void shouldAcceptLapsOrADurationOrBoth() {
        final FaultPathConfig endless = FaultPathConfig.DEFAULT.withLaps(0);
        assertNull(new TrialSettings(FaultPathConfig.DEFAULT, CLOSED, 1, null).duration());
        assertEquals(Duration.ofNanos(1), new TrialSettings(endless, CLOSED, 2, Duration.ofNanos(1)).duration());
        assertEquals(3, new TrialSettings(FaultPathConfig.DEFAULT, CLOSED, 3, Duration.ofNanos(1)).threads());
    }
}
