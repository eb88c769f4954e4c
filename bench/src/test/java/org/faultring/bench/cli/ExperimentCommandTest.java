/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.experiment.Experiment;
import org.faultring.bench.experiment.Experiments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldListAndShowAllOfThem() {
        final Call list = Call.of("experiment", "list");
        assertEquals(ExitCode.OK, list.exitCode());
        for (final Experiment experiment : Experiments.all()) {
            assertTrue(list.out().contains(experiment.name() + " "), list.out());
            final Call show = Call.of("experiment", "show", experiment.name());
            assertEquals(ExitCode.OK, show.exitCode());
            assertTrue(show.out().contains("does not show: "), show.out());
            assertTrue(show.out().contains("./faultring experiment run " + experiment.name()), show.out());
        }
    }

    @Test
    void shouldLabelFiguresWithTheirCurrencyAndRepeatToTheLetter() {
        final Call first = Call.of("experiment", "run", "fairness", "--quick", "--profile", "unit", "--seed", "5");
        assertEquals(ExitCode.OK, first.exitCode(), first.err());
        assertTrue(first.out().contains("virtual time under profile unit"), first.out());
        assertTrue(first.out().contains("(events)"), first.out());
        assertTrue(first.out().endsWith(
                "again: ./faultring experiment run fairness --quick --profile unit --seed 5\n"), first.out());
        assertEquals(first.out(),
                Call.of("experiment", "run", "fairness", "--quick", "--profile", "unit", "--seed", "5").out());
    }

    @Test
    void shouldWriteAResultAndAPageThatReportShowsToo() throws IOException {
        final Path out = folder.resolve("credits");
        final JsonNode printed =
                Call.json("experiment", "run", "credits", "--quick", "--json", "--out", out.toString());
        assertEquals(printed, new ObjectMapper().readTree(Files.readString(out.resolve("experiment.json"))));
        assertTrue(Files.readString(out.resolve("report.html")).contains("\"experiment\":\"credits\""));
        final Path page = folder.resolve("page.html");
        final Call report = Call.of("report", out.toString(), out.toString(), "--out", page.toString());
        assertEquals(ExitCode.OK, report.exitCode(), report.err());
        assertTrue(Files.readString(page).contains("2 experiments"));
        final Call markdown = Call.of("report", out.toString(), "--markdown");
        assertEquals(ExitCode.BAD_INPUT, markdown.exitCode());
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() throws IOException {
        refused("experiment=speed (expected: delivery, ", "experiment", "run", "speed");
        refused("experiment=speed (expected: delivery, ", "experiment", "show", "speed");
        refused("--profile=nowhere.json (expected: ", "experiment", "run", "credits", "--profile", "nowhere.json");
        final Path file = Files.writeString(folder.resolve("file"), "");
        refused("--out=" + file, "experiment", "run", "credits", "--quick", "--out", file.toString());
        Files.writeString(folder.resolve("experiment.json"), "{\"schema\": \"faultring-experiment/9\"}");
        refused("$.schema=faultring-experiment/9 (expected: faultring-experiment/1)", "report", folder.toString());
    }

    private static void refused(final String wanted, final String... args) {
        final Call call = Call.of(args);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode(), call.err());
        assertTrue(call.err().contains(wanted), call.err());
        assertEquals("", call.out());
    }
}
