/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {

    private static String refusal(final String yaml) {
        return assertThrows(IllegalArgumentException.class, () -> ScenarioReader.read("x.yaml", yaml)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "devices: {credit: 5} | line 2: unknown key devices.credit (the nearest is devices.credits)",
        "iommu: {credits: 5} | line 2: unknown key iommu.credits (the nearest is devices.credits)",
        "durations: 5ms | line 2: unknown key durations (the nearest is duration)",
        "duration: 5 | line 2: duration=5 (expected: a time with its unit, as 250ns, 20us, 5ms or 1s, more than 0)",
        "devices: {credits: 5000} | line 2: devices.credits=5000 (expected: a whole number, 1..2048)",
        "iommu: {kind: amd, queue: 128} | line 2: iommu.queue=128 (expected: ",
        "iommu: {kind: amd, queue: 1000} | line 2: iommu.queue=1000 (expected: ",
        "iommu: {kind: smmu} | line 2: iommu.kind=smmu (expected: vtd, smmuv3-pri, smmuv3-stall, amd, riscv)",
        "delivery: {depth: 64} | line 2: delivery.depth=64 (expected: nothing",
        "delivery: {batch: 1} | fine",
        "name: again | line 2: name again (expected: once, line 1)",
        "'devices: [1, [2]]' | line 2: unknown key devices",
        "'handler: {service: histogram, histogram: [5:1]}' | line 2: handler.histogram=5:1 (expected: times",
        "'name: [' | name has more than words in its list"})
    void shouldSayWhatIsWrongAndWhere(final String second, final String expected) {
        final String yaml = "name: x\n" + second + "\n"
                + "arrival: {process: closed}\n";
        if (expected.equals("fine")) {
            assertEquals("1", ScenarioReader.read("x.yaml", yaml).text(ScenarioKey.BATCH));
        } else {
            final String message = refusal(yaml);
            assertTrue(message.startsWith("x.yaml, line ") && message.contains(expected), message);
        }
    }

    @Test
    void shouldRefuseWhatIsNoMapping() {
        assertTrue(refusal("").contains("no scenario"));
        assertTrue(refusal("name: \"x\n").contains("not YAML"));
        assertTrue(refusal("- 5\n").contains("no scenario"));
        assertTrue(refusal("arrival: {process: closed}\n---\nname: x\n").contains("second document"));
    }

    @Test
    void shouldWriteWhatItReads() {
        final Scenario scenario = ScenarioReader.read("x", """
                name: x
                about: "a \\"quoted\\" text: with a colon"
                arrival: {process: constant, rate: 1.5M}
                handler: {service: histogram, histogram: [500ns:10, 2us:3]}
                disturb: {kinds: [overflow, detach]}
                """);
        assertEquals(scenario.said(), ScenarioReader.read("y", scenario.yaml()).said());
        assertEquals(1.5e6, scenario.number(ScenarioKey.RATE));
        assertEquals((5000 + 6000) / 13.0, scenario.service().meanNanos(), 1e-9);
        assertEquals(2, scenario.disturbances().kinds().size());
    }
}
