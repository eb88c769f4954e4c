/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.hwmodel.sim.DrawnTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceLawTest {

    private static DrawnTime law(final String json) throws Exception {
        return PriceLaw.of("read", new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    @Test
    void shouldReadEachLaw() throws Exception {
        assertEquals(DrawnTime.constant(300), law("{'law': 'constant', 'mean': 300}"));
        assertEquals(DrawnTime.exponential(300), law("{'law': 'exponential', 'mean': 300}"));
        assertEquals(DrawnTime.lognormal(300, 0.5), law("{'law': 'lognormal', 'mean': 300, 'sigma': 0.5}"));
    }

    @Test
    void shouldSpreadBetweenQuantiles() throws Exception {
        final DrawnTime law = law("{'law': 'quantiles', '0.5': 100, '1': 300}");
        // Half at 100, half evenly from 100 to 300.
        assertEquals(150, law.meanNanos(), 1);
        assertEquals(100, law("{'law': 'quantiles', '1': 100}").meanNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'law': 'gamma'}", "{'law': 'constant'}", "{'law': 'quantiles'}",
        "{'law': 'quantiles', '0.5': 100}", "{'law': 'quantiles', '0.5': 100, '1': 90}",
        "{'law': 'quantiles', 'half': 100, '1': 200}", "{'law': 'exponential', 'mean': 3, 'sigma': 1}",
        "{'law': 'lognormal', 'mean': -1, 'sigma': 1}", "{}"})
    void shouldRefuseWhatIsNoLaw(final String json) {
        assertThrows(IllegalArgumentException.class, () -> law(json));
    }
}
