/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.tune.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        final ExperimentResult result = QuickRun.result("credits", 3);
        final Path file = ExperimentFile.write(ResultFolder.at(folder), result);
        assertTrue(ExperimentFile.isIn(folder));
        assertEquals(result, ExperimentFile.read(file));
    }

    @Test
    void shouldNotDependOnAnythingButTheSeed() {
        assertEquals(ExperimentFile.json(QuickRun.result("wakes", 1)),
                ExperimentFile.json(QuickRun.result("wakes", 1)));
        assertNotEquals(QuickRun.result("wakes", 1).points(), QuickRun.result("wakes", 2).points());
    }

    @Test
    void shouldNameTheFieldThatIsWrong() throws IOException {
        final String json = ExperimentFile.json(QuickRun.result("credits", 3));
        refused(json.replaceFirst("\"seed\" : 3", "\"seed\" : \"three\""), "$.seed");
        refused(json.replaceFirst("\"finding\" :", "\"findings\" :"), "finding");
        refused(json.replaceFirst("\"currency\" : \"virtual time\"", "\"currency\" : \"host ns\""),
                "$.measures[0].currency");
        refused(json.replaceFirst("faultring-experiment/1", "faultring-experiment/2"), "$.schema");
        refused(json.substring(0, json.length() / 2), "not JSON");
        refused("", "$.schema");
    }

    private void refused(final String text, final String wanted) throws IOException {
        final Path file = Files.writeString(folder.resolve("broken.json"), text);
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ExperimentFile.read(file));
        assertTrue(refused.getMessage().contains(wanted), refused::getMessage);
    }

    @Test
    void shouldStopBetweenPointsAndThenHaveNoResult() {
        final int[] asked = new int[1];
        final ExperimentResult stopped = new ExperimentRunner(Experiments.ofName("credits"),
                new Conditions(Extent.QUICK, Profiles.EXAMPLE, 1), "")
                .run((done, at) -> {
                }, () -> ++asked[0] > 2);
        assertNull(stopped);
        assertEquals(3, asked[0]);
    }

    @Test
    void shouldHaveNoFindingWhereFaultsWereNotConserved() {
        final Point at = new Point(Map.of("credits", "1"));
        final PointResult lost = new Outcome().put("rate", 5).violated(List.of("requests=2 but 1")).at(at);
        assertEquals(Map.of(), lost.values());
        assertEquals(List.of("requests=2 but 1"), lost.violations());
    }
}
