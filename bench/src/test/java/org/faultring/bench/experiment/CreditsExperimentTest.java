/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.junit.jupiter.api.Test;

class CreditsExperimentTest {

    private final Results results = QuickRun.of("credits");

    @Test
    void shouldKeepLittlesLaw() {
        results.points().forEach(point -> assertEquals(1, point.values().get("little"), 0.02, point::toString));
    }

    @Test
    void shouldBeBoundByCreditsWherePagesTakeLong() {
        final double few = results.value("rate", "page", "100", "credits", "32");
        assertTrue(few <= 32 / 100e-6, () -> "no more than credits / time of a page: " + few);
        assertTrue(few > 0.8 * 32 / 100e-6, () -> "and not much less: " + few);
        assertTrue(results.value("rate", "page", "100", "credits", "512") > 1.5 * few);
    }

    @Test
    void shouldGainLessFromCreditsWhereTheHandlerIsBusy() {
        assertTrue(gain("0") < gain("100"), () -> gain("0") + " " + gain("100"));
    }

    private double gain(final String page) {
        return results.value("rate", "page", page, "credits", "512")
                / results.value("rate", "page", page, "credits", "32");
    }

    @Test
    void shouldNeverHaveMoreInFlightThanCredits() {
        for (final PointResult point : results.points()) {
            final Map<String, String> at = point.at();
            assertTrue(point.values().get("inFlight") <= Integer.parseInt(at.get("credits")), point::toString);
        }
    }
}
