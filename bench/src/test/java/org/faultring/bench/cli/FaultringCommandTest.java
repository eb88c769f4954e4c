/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.Samples;
import org.faultring.bench.result.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FaultringCommandTest {

    @TempDir
    private Path folder;

    private String trace() throws IOException {
        return Files.writeString(folder.resolve("sample.perf.txt"), Samples.recording(1_000)).toString();
    }

    private static JsonNode conserved(final JsonNode run) {
        final JsonNode trial = run.get("trials").get(0);
        assertTrue(trial.get("conserved").asBoolean());
        assertTrue(trial.get("atRest").asBoolean());
        assertEquals(0, trial.get("unanswered").asLong());
        assertEquals(trial.get("requests").asLong(), trial.get("answered").asLong()
                + trial.get("autoAnswered").asLong() + trial.get("droppedSilently").asLong()
                + trial.get("discarded").asLong() + trial.get("refused").asLong());
        assertEquals(trial.get("requests").asLong(),
                trial.get("faultsRaised").asLong() + trial.get("retries").asLong());
        return trial;
    }

    @Test
    void shouldPrintItsHelpWhenAskedOrWithoutArguments() {
        final Call help = Call.of("--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertEquals("", help.err());
        assertTrue(help.out().startsWith("Usage: faultring"), help::out);
        assertTrue(help.out().contains("Example: faultring run"), help::out);
        assertEquals(help, Call.of());
    }

    @Test
    void shouldExplainRun() {
        final Call help = Call.of("run", "--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertEquals("", help.err());
        assertTrue(help.out().contains("Example: faultring run"), help::out);
        for (final String option : new String[] {"--trace", "--lenient", "--group-faults", "--group-window-ns",
            "--iommu", "--design", "--prq-entries", "--prq-order", "--credits", "--auto-response", "--batch",
            "--responses-per-submission", "--threads", "--pace",
            "--duration", "--repeat", "--out", "--json"}) {
            assertTrue(help.out().contains(option), option);
        }
        assertFalse(help.out().contains("${"), help::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run --version"})
    void shouldPrintItsVersion(final String line) {
        final Call call = Call.ofLine(line);
        assertEquals(ExitCode.OK, call.exitCode());
        assertEquals("", call.err());
        assertTrue(call.out().startsWith("faultring " + Versions.faultring() + " ("), call::out);
        assertEquals(1, call.out().lines().count());
    }

    @Test
    void shouldRaiseTheBundledTraceByDefault() throws IOException {
        final JsonNode run = Call.json("run", "--json");
        final JsonNode trial = conserved(run);
        assertEquals(17_874, trial.get("faultsRaised").asLong());
        assertFalse(run.get("interrupted").asBoolean());
        assertEquals("sqlite-page-faults", run.get("scenario").get("trace").asText());
        assertEquals("shared-ring", trial.get("design").asText());
        assertEquals("closed", trial.get("pace").asText());
        assertEquals(12_913, trial.get("latencyNanos").get("count").asLong());
    }

    @Test
    void shouldRaiseATraceSeveralTimes() throws IOException {
        final JsonNode run = Call.json("run", "--json", "--repeat", "2");
        assertEquals(35_748, conserved(run).get("faultsRaised").asLong());
        assertEquals(2, run.get("scenario").get("repeat").asLong());
    }

    @ParameterizedTest
    @CsvSource({"1,read", "2,shared-ring", "3,read"})
    void shouldRunOnOneTwoOrThreeThreads(final int threads, final String design) throws IOException {
        final JsonNode trial = conserved(Call.json("run", "--json", "--trace", trace(), "--threads",
                Integer.toString(threads), "--design", design));
        assertEquals(1_000, trial.get("faultsRaised").asLong());
        assertEquals(threads, trial.get("threads").asInt());
        assertEquals(design, trial.get("design").asText());
    }

    @ParameterizedTest
    @CsvSource({"vtd,read,1,linux", "smmuv3-pri,shared-ring,2,specification", "smmuv3-stall,read,3,linux",
        "amd,shared-ring,1,linux", "riscv,read,2,specification", "smmuv3-stall,shared-ring,2,linux",
        "amd,read,2,linux", "smmuv3-pri,read,1,specification", "riscv,shared-ring,3,specification"})
    void shouldRunOverEveryIommu(final String iommu, final String design, final int threads, final String driver)
            throws IOException {
        final JsonNode run = Call.json("run", "--json", "--trace", trace(), "--iommu", iommu, "--design", design,
                "--threads", Integer.toString(threads));
        final JsonNode trial = conserved(run);
        assertEquals(1_000, trial.get("faultsRaised").asLong());
        assertEquals(0, trial.get("faultsFailed").asLong());
        assertEquals(iommu, trial.get("iommu").asText());
        assertEquals(iommu, run.get("scenario").get("iommu").asText());
        assertEquals(driver, run.get("scenario").get("driver").asText());
    }

    @ParameterizedTest
    @CsvSource({"smmuv3-pri,4,2048", "smmuv3-stall,1,512", "amd,256,2048", "riscv,8,2048"})
    void shouldConserveRequestsThroughATinyQueueOfEveryIommu(final String iommu, final String entries,
            final String credits) throws IOException {
        final JsonNode trial = Call.json("run", "--json", "--trace", trace(), "--iommu", iommu, "--prq-entries",
                entries, "--credits", credits, "--threads", "1").get("trials").get(0);
        assertTrue(trial.get("conserved").asBoolean());
        assertTrue(trial.get("atRest").asBoolean());
        assertEquals(1_000, trial.get("counters").get("faultsResolved").asLong());
        assertEquals(!iommu.equals("smmuv3-stall"), trial.get("overflows").asLong() > 0);
    }

    @Test
    void shouldRaiseLongGroupsWithinWhatAmdGrants() throws IOException {
        final JsonNode run = Call.json("run", "--json", "--iommu", "amd", "--group-faults", "64",
                "--group-window-ns", "1000000000");
        assertEquals(17_874, conserved(run).get("faultsRaised").asLong());
        assertEquals(32, run.get("scenario").get("credits").asInt());
    }

    @Test
    void shouldSayWhichDriversAreNotLinuxs() throws IOException {
        final Call call = Call.of("run", "--trace", trace(), "--iommu", "riscv");
        assertEquals(ExitCode.OK, call.exitCode(), call::err);
        assertTrue(call.out().contains("riscv, shared-ring, "), call::out);
        assertTrue(call.out().contains("note: the driver is by the specification, not Linux's"), call::out);
    }

    @Test
    void shouldPrintATableOtherwise() throws IOException {
        final Call call = Call.of("run", "--trace", trace(), "--pace", "1M", "--out", folder.resolve("out").toString());
        assertEquals(ExitCode.OK, call.exitCode());
        assertEquals("", call.err());
        assertTrue(call.out().lines().anyMatch(line -> line.matches("\\s*raised\\s+1,000\\b.*")), call::out);
        assertTrue(call.out().lines().anyMatch(line -> line.matches("\\s*conserved\\s+yes\\b.*")), call::out);
        assertTrue(call.out().contains("pace 1000000"), call::out);
        assertTrue(call.out().contains("written: " + folder.resolve("out").resolve("result.json")), call::out);
    }

    @Test
    void shouldWriteWhatItPrintsAndOneHistogramPerStage() throws IOException {
        final Path out = folder.resolve("new/out");
        final JsonNode printed = Call.json("run", "--json", "--trace", trace(), "--out", out.toString());
        conserved(printed);
        assertEquals(printed, new ObjectMapper().readTree(out.resolve("result.json").toFile()));
        final Set<String> expected = new TreeSet<>(Set.of("result.json", "total.hgrm", "latencies.hlog"));
        printed.get("trials").get(0).get("stagesNanos").fieldNames().forEachRemaining(
                stage -> expected.add(stage + ".hgrm"));
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(expected, files.map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertEquals(8, expected.size());
    }

    @Test
    void shouldSkipAndCountBrokenLinesWhenLenient() throws IOException {
        final Path broken = Files.writeString(folder.resolve("broken.txt"),
                Samples.recording(10) + "this is no fault\n" + Samples.recording(10));
        final JsonNode run = Call.json("run", "--json", "--lenient", "--trace", broken.toString());
        assertEquals(20, conserved(run).get("faultsRaised").asLong());
        assertEquals(1, run.get("scenario").get("skippedLines").asLong());
    }

    /** On one thread a duty cycle raises 32 long groups before the kernel gets to see any: the queue must overflow. */
    @ParameterizedTest
    @ValueSource(strings = {"read", "shared-ring"})
    void shouldConserveRequestsThroughOverflow(final String design) throws IOException {
        final JsonNode trial = conserved(Call.json("run", "--json", "--prq-order", "0", "--credits", "2048",
                "--group-faults", "64", "--group-window-ns", "1000000000", "--threads", "1", "--design", design));
        assertTrue(trial.get("overflows").asLong() > 0);
        assertTrue(trial.get("retries").asLong() > 0);
        assertTrue(trial.get("autoAnswered").asLong() > 0);
        assertEquals(17_874, trial.get("faultsRaised").asLong());
        assertEquals(0, trial.get("faultsFailed").asLong());
    }

    @Test
    void shouldConserveRequestsThroughASmallQueueAndManyCredits() throws IOException {
        final JsonNode run = Call.json("run", "--json", "--prq-order", "0", "--credits", "2048", "--threads", "2");
        assertEquals(17_874, conserved(run).get("faultsRaised").asLong());
        assertEquals(128, run.get("scenario").get("prqEntries").asInt());
        assertEquals(2_048, run.get("scenario").get("credits").asInt());
    }

    @Test
    void shouldKeepEverySettingInTheScenario() throws IOException {
        final JsonNode scenario = Call.json("run", "--json", "--trace", trace(), "--group-faults", "2",
                "--group-window-ns", "777", "--prq-order", "7", "--credits", "100", "--batch", "33",
                "--responses-per-submission", "1", "--duration", "0.25", "--repeat", "3", "--pace", "200k")
                .get("scenario");
        assertEquals("sample.perf.txt", scenario.get("trace").asText());
        assertEquals(2, scenario.get("groupFaults").asInt());
        assertEquals(777, scenario.get("groupWindowNanos").asInt());
        assertEquals("vtd", scenario.get("iommu").asText());
        assertEquals("linux", scenario.get("driver").asText());
        assertEquals(16_384, scenario.get("prqEntries").asInt());
        assertEquals(0, scenario.get("autoResponse").asInt());
        assertEquals(100, scenario.get("credits").asInt());
        assertEquals(33, scenario.get("batch").asInt());
        assertEquals(1, scenario.get("responsesPerSubmission").asInt());
        assertEquals(0.25, scenario.get("durationSeconds").asDouble());
        assertEquals(3, scenario.get("repeat").asInt());
        assertEquals("200000", scenario.get("pace").asText());
    }

    @Test
    void shouldRaiseNothingMoreAfterItsDuration() throws IOException {
        final JsonNode run = Call.json("run", "--json", "--trace", trace(), "--duration", "0.2");
        conserved(run);
        assertFalse(run.get("interrupted").asBoolean());
        assertEquals(0, run.get("scenario").get("repeat").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "explore --seeds 1"})
    void shouldSayThatTheOutputIsLost(final String line) {
        final Writer full = new Writer() {
            @Override
            public void write(final char[] text, final int offset, final int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {
                // Keeps nothing.
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
        final StringWriter err = new StringWriter();
        assertEquals(ExitCode.CANNOT_RUN, Faultring.execute(new PrintWriter(full, true), new PrintWriter(err, true),
                () -> false, line.split(" ")));
        assertEquals("faultring: the output could not be written" + System.lineSeparator(), err.toString());
    }
}
