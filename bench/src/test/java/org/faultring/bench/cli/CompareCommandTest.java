/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {

    private static final String LITTLE = "compare --on model --designs read,shared-ring --rounds 6 --round-ms 1 --out ";

    @TempDir
    private Path folder;

    private Path at(final String name) {
        return folder.resolve(name);
    }

    /** A result with every cost multiplied. */
    private void writeScaled(final String from, final String to, final double factor) throws IOException {
        final JsonNode result = new ObjectMapper().readTree(at(from).resolve("result.json").toFile());
        for (final JsonNode cell : result.path("cells")) {
            for (final JsonNode round : cell.path("rounds")) {
                ((ObjectNode) round).put("nanosPerFault", round.path("nanosPerFault").asDouble() * factor);
            }
        }
        Files.createDirectories(at(to));
        Files.writeString(at(to).resolve("result.json"), result.toString());
    }

    @Test
    void shouldCompareWriteAndRepeat() throws IOException {
        final Call call = Call.ofLine(LITTLE + at("first"));
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        assertTrue(call.out().contains("virtual ns"), call.out());
        assertTrue(call.out().contains("or not measurably dearer than the cheapest: on model shared-ring"),
                call.out());
        assertTrue(call.out().contains("report: " + at("first").resolve("report.html")), call.out());
        assertTrue(call.out().contains("again: ./faultring " + LITTLE + at("first")), call.out());
        assertTrue(Files.exists(at("first").resolve("model-read-batch1-inflight32-handler0ns-awake.hgrm")));

        final Call same = Call.ofLine(LITTLE + at("second") + " --baseline " + at("first"));
        assertEquals(ExitCode.OK, same.exitCode(), same.err());
        assertTrue(same.out().contains("same"), same.out());

        writeScaled("first", "faster", 0.5);
        final Call slower = Call.ofLine(LITTLE + at("third") + " --baseline " + at("faster"));
        assertEquals(ExitCode.REGRESSION, slower.exitCode(), slower.err());
        assertTrue(slower.out().contains("slower"), slower.out());

        final Call page = Call.of("report", at("first").toString(), at("second").toString(), "--out",
                at("both.html").toString());
        assertEquals(ExitCode.OK, page.exitCode(), page.err());
        assertTrue(Files.readString(at("both.html")).contains("\"ofEachRun\":["), "a figure of each run");
        final Call summary = Call.of("report", "--markdown", at("first").toString());
        assertTrue(summary.out().contains("| shared-ring | "), summary.out());
    }

    @Test
    void shouldRefuseABaselineOfAnotherMachine() throws IOException {
        assertEquals(ExitCode.OK, Call.ofLine(LITTLE + at("first")).exitCode());
        final Path file = at("first").resolve("result.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"cores\" : \\d+", "\"cores\" : 999"));
        final Call refused = Call.ofLine(LITTLE + at("second") + " --baseline " + at("first"));
        assertEquals(ExitCode.BAD_INPUT, refused.exitCode());
        assertTrue(refused.err().contains("--any-machine"), refused.err());
        assertFalse(Files.exists(at("second")), "before anything runs");
        assertEquals(ExitCode.OK,
                Call.ofLine(LITTLE + at("second") + " --any-machine --baseline " + at("first")).exitCode());
    }

    @Test
    void shouldPrintJsonAlone() throws IOException {
        final Call call = Call.ofLine(LITTLE + at("first") + " --json");
        final JsonNode result = new ObjectMapper().readTree(call.out());
        assertEquals("faultring-compare/1", result.path("schema").asText());
        assertEquals(4, result.path("cells").size());
    }

    @Test
    void shouldSayWhyNothingCouldRun() {
        final Call call = Call.ofLine("compare --on threads --handler-us 5 --designs read --batch 1 --rounds 1 --out "
                + at("none"));
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
        assertTrue(call.out().contains("read: the emulated path on threads"), call.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--designs nonsense|--designs=nonsense", "--on moon|on=moon",
        "--batch 0|batch=0", "--in-flight 5000|in-flight=5000", "--placement nowhere|placement=nowhere",
        "--rounds 0|rounds=0", "--handler-us -1|handler-us=-1.0", "--baseline /nowhere|/nowhere",
        "--profile /nowhere|/nowhere", "--pace fast|pace=fast", "--pace poisson:0|pace=0",
        "--pace closed,bursts:4|pace=bursts:4"})
    void shouldRefuseBadInputBeforeAnythingRuns(final String options, final String named) {
        final Call call = Call.ofLine("compare --out " + at("bad") + " " + options);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertTrue(call.err().contains(named), call.err());
        assertFalse(Files.exists(at("bad").resolve("result.json")));
    }

    @Test
    void shouldCompareInOpenLoopAndAgainstItself() throws IOException {
        final Call call = Call.ofLine("compare --on model --designs read,shared-ring --rounds 6 --batch 16 --pace "
                + "closed,poisson:1M --against-itself --out " + at("open"));
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        assertTrue(call.out().contains("pace poisson:1000000, at most 32 in flight"), call.out());
        assertTrue(call.out().contains("has the lowest p99"), call.out());
        assertTrue(call.out().lines().anyMatch(line -> line.matches("\\s*read \\(again\\).*1.00 same.*")), call.out());
        final JsonNode result = new ObjectMapper().readTree(at("open").resolve("result.json").toFile());
        assertEquals(8, result.path("cells").size());
        assertEquals("poisson:1000000", result.at("/cells/4/pace").asText());
        assertEquals(1, result.at("/cells/6/copy").asInt());
        assertTrue(result.at("/timing/sampleNanos").asDouble() > 0);
        assertTrue(Files.exists(at("open").resolve(
                "model-read-batch16-inflight32-handler0ns-awake-poisson-1000000-again.hgrm")));
        final Call summary = Call.of("report", "--markdown", at("open").toString());
        assertTrue(summary.out().contains("p99 | 99 % interval"), summary.out());
    }

    @Test
    void shouldRampWriteAndReport() throws IOException {
        final Call call = Call.ofLine("ramp --on model --designs read --batch 16 --rounds 6 --p99-under 200ns --out "
                + at("ramp"));
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        assertTrue(call.out().contains("p99 stays under 200 ns up to"), call.out());
        assertTrue(call.out().contains("again: ./faultring ramp"), call.out());
        final JsonNode result = new ObjectMapper().readTree(at("ramp").resolve("result.json").toFile());
        assertTrue(result.at("/ramps/0/steps").size() > 3);
        assertTrue(Files.readString(at("ramp").resolve("report.html")).contains("\"limit\":200"));
        assertEquals(ExitCode.OK, Call.of("report", at("ramp").toString(), "--out", at("again.html").toString())
                .exitCode());
        final String summary = Call.of("report", "--markdown", at("ramp").toString()).out();
        assertTrue(summary.startsWith("**p99 stays under 200 ns up to "), summary);
        assertTrue(summary.contains("- read on model, batch 16, 32 in flight at most: p99 stays"), summary);
        assertEquals(ExitCode.OK, Call.ofLine("ramp --help").exitCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"--p99-under 50|p99-under=50", "--p99-under 0us|p99-under=0us",
        "--p99-under 1us --arrivals trace|arrivals=trace", "--p99-under 1us --arrivals never|arrivals=never",
        "--p99-under 1us --arrivals bursts:0|arrivals=bursts:0", "--batch 1|--p99-under",
        "--p99-under 1us --designs nonsense|--designs=nonsense"})
    void shouldRefuseABadRampBeforeAnythingRuns(final String options, final String named) {
        final Call call = Call.ofLine("ramp --out " + at("bad") + " " + options);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertTrue(call.err().contains(named), call.err());
        assertFalse(Files.exists(at("bad")));
    }

    @Test
    void shouldRefuseAReportOfNothing() throws IOException {
        assertEquals(ExitCode.BAD_INPUT, Call.of("report", folder.toString()).exitCode());
        Files.writeString(at("result.json"), "{\"schema\": \"faultring-compare/1\"}");
        final Call broken = Call.of("report", folder.toString());
        assertEquals(ExitCode.BAD_INPUT, broken.exitCode());
        assertTrue(broken.err().contains("$: required property"), broken.err());
    }

    @Test
    void shouldExamineThisMachine() throws IOException {
        final JsonNode findings = Call.json("doctor", "--json");
        assertEquals("faultring-doctor/1", findings.path("schema").asText());
        assertTrue(findings.path("findings").size() > 10);
        final Call text = Call.of("doctor");
        assertTrue(text.out().contains("clock source"), text.out());
    }

    @Test
    void shouldShowWhatIsSetAndCompareOnlyWithTheSame() {
        final String line = "compare --on model --designs posted-read,read --batch 1 --reads 2 --rounds 6 --round-ms 1 "
                + "--out ";
        final Call call = Call.ofLine(line + at("two"));
        assertEquals(ExitCode.OK, call.exitCode(), call.err());
        assertTrue(call.out().contains("designs with 2 reads posted, or buffers provided"), call.out());
        assertTrue(call.out().contains("read: reads=2 (expected: not with read, which posts no reads"), call.out());
        final Call json = Call.ofLine(line + at("json") + " --json");
        assertTrue(json.out().replace(" ", "").contains("\"reads\":2"), json.out());
        final Call other = Call.ofLine(line.replace("--reads 2", "--reads 4") + at("four") + " --baseline "
                + at("two"));
        assertEquals(ExitCode.BAD_INPUT, other.exitCode());
        assertTrue(other.err().contains("the same settings of designs"), other.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"--designs read --reads 4; --reads=4 (expected: not with read",
        "--on model --reader-threads 2; --reader-threads=2 (expected: not on model",
        "--on pipe --wakes empty; --wakes=empty (expected: not on pipe",
        "--designs read --submission-polling-ms 3; --submission-polling-ms=3 (expected: not",
        "--minimum-batch 4; --minimum-batch=4 (expected: next to --longest-wait-us",
        "--longest-wait-us 4; --longest-wait-us=4.0 (expected: next to --minimum-batch",
        "--reads 0; --reads=0 (expected: 1 or more)", "--wakes never; --wakes=never (expected: group"})
    void shouldRefuseWhatMeansNothingToAnyOfTheDesigns(final String options, final String message) {
        final Call call = Call.ofLine("compare --rounds 1 --round-ms 1 --out " + at("none") + " " + options);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode(), call.out());
        assertTrue(call.err().contains(message), call.err());
    }
}
