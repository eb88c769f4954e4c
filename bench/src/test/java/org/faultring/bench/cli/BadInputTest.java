/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bad input: exit code 2 and one line that says which value was bad. */
@Timeout(60)
class BadInputTest {

    @TempDir
    private Path folder;

    private String refusal(final String... args) {
        final Path out = folder.resolve("out");
        final List<String> all = new ArrayList<>(List.of("run", "--json"));
        all.addAll(Arrays.asList(args));
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", out.toString()));
        }
        final Call call = Call.of(all.toArray(new String[0]));
        assertEquals(ExitCode.BAD_INPUT, call.exitCode(), call::err);
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().startsWith("faultring run: "), call::err);
        assertFalse(call.err().contains("at org."), call::err);
        assertFalse(call.err().contains("null"), call::err);
        assertFalse(Files.exists(out.resolve("result.json")));
        return call.err();
    }

    private void assertRefused(final String value, final String... args) {
        final String message = refusal(args);
        assertTrue(message.contains(value), message);
    }

    private String file(final String name, final byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    @ParameterizedTest
    @CsvSource({"--design,foo", "--pace,0", "--pace,fast", "--pace,-5", "--pace,NaN", "--pace,1000000000000",
        "--credits,0",
        "--credits,5000", "--credits,-1", "--iommu,foo", "--iommu,VTD", "--prq-entries,64",
        "--prq-entries,129", "--prq-entries,32768", "--auto-response,16", "--auto-response,-1", "--auto-response,yes",
        "--prq-order,8", "--prq-order,-1", "--batch,0", "--batch,3",
        "--batch,4097", "--threads,0", "--threads,4", "--duration,0", "--duration,-1", "--duration,NaN",
        "--duration,86401", "--repeat,0", "--repeat,-1", "--responses-per-submission,0",
        "--responses-per-submission,127"})
    void shouldNameTheOptionAndItsValue(final String option, final String value) {
        assertRefused(option + "=" + value, option, value);
    }

    @ParameterizedTest
    @CsvSource({"--group-faults,0", "--group-faults,65", "--group-window-ns,-1"})
    void shouldNameTheValueOfAGroupingOption(final String option, final String value) {
        assertRefused("=" + value, option, value);
    }

    @ParameterizedTest
    @CsvSource({"--group-faults,0", "--group-faults,65", "--group-window-ns,-1"})
    void shouldNameTheGroupingOption(final String option, final String value) {
        assertRefused(option + "=" + value, option, value);
    }

    @ParameterizedTest
    @CsvSource({"--credits,many", "--batch,1.5", "--prq-order,four", "--threads,two", "--duration,long",
        "--repeat,99999999999999999999", "--group-faults,x", "--group-window-ns,1us",
        "--responses-per-submission,all"})
    void shouldNameWhatIsNoNumber(final String option, final String value) {
        final String message = refusal(option, value);
        assertTrue(message.contains("'" + value + "'"), message);
        assertTrue(message.contains("'" + option + "'"), message);
        assertTrue(message.contains("--help"), message);
    }

    @ParameterizedTest
    @CsvSource({"smmuv3-pri,--prq-entries,0", "smmuv3-pri,--prq-entries,524288", "smmuv3-stall,--prq-entries,262144",
        "amd,--prq-entries,128", "amd,--prq-entries,65536", "riscv,--prq-entries,1", "riscv,--prq-entries,1048576",
        "smmuv3-stall,--credits,513", "amd,--credits,2049", "amd,--responses-per-submission,2",
        "smmuv3-pri,--responses-per-submission,65", "riscv,--responses-per-submission,8192",
        "riscv,--auto-response,1", "smmuv3-pri,--auto-response,15", "amd,--prq-order,3", "riscv,--prq-entries,4"})
    void shouldNameWhatAnIommuDoesNotTake(final String iommu, final String option, final String value) {
        assertRefused(option + "=" + value + " (expected: ", "--iommu", iommu, option, value);
    }

    @Test
    void shouldNameTheIommusThatThereAre() {
        assertRefused("--iommu=intel (expected: vtd, smmuv3-pri, smmuv3-stall, amd, riscv)", "--iommu", "intel");
    }

    @Test
    void shouldTakeOneSizeOfTheQueueOnly() {
        assertRefused("--prq-order=0 (expected: not next to --prq-entries)", "--prq-order", "0", "--prq-entries",
                "128");
    }

    @Test
    void shouldNameTheLongestGroup() {
        final String message = refusal("--batch", "2");
        assertTrue(message.contains("at least 4"), message);
        assertTrue(message.contains("longest group"), message);
    }

    @Test
    void shouldNameAnUnknownOption() {
        assertRefused("--frobnicate", "--frobnicate");
    }

    @Test
    void shouldNameAnUnknownArgumentOrCommand() {
        assertRefused("'extra'", "extra");
        final Call call = Call.of("walk");
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains("walk"), call::err);
    }

    @Test
    void shouldNameAMissingTrace() {
        final String missing = folder.resolve("missing.txt").toString();
        assertRefused(missing, "--trace", missing);
    }

    @Test
    void shouldNameADirectoryGivenAsTrace() {
        assertRefused(folder.toString(), "--trace", folder.toString());
    }

    @Test
    void shouldNameATruncatedTrace() throws IOException {
        final byte[] whole = Samples.gzip(Samples.recording(1_000));
        final String truncated = file("truncated.gz", Arrays.copyOf(whole, whole.length / 2));
        final String message = refusal("--trace", truncated);
        assertTrue(message.contains(truncated), message);
        assertTrue(message.contains("ends early"), message);
    }

    @Test
    void shouldNameABrokenLine() throws IOException {
        final String broken = file("broken.txt",
                (Samples.recording(2) + "this is no fault\n" + Samples.recording(2)).getBytes(ISO_8859_1));
        final String message = refusal("--trace", broken);
        assertTrue(message.contains(broken), message);
        assertTrue(message.contains("line 3"), message);
        assertTrue(message.contains("this is no fault"), message);
    }

    @Test
    void shouldNameATraceWithoutFaults() throws IOException {
        final String empty = file("empty.txt", new byte[0]);
        assertRefused(empty, "--trace", empty);
        final String broken = file("nothing.txt", "this is no fault\n".getBytes(ISO_8859_1));
        assertRefused(broken, "--lenient", "--trace", broken);
    }

    @Test
    void shouldNameAFileGivenAsFolder() throws IOException {
        final String file = file("taken", "mine".getBytes(ISO_8859_1));
        assertRefused("--out=" + file, "--out", file);
        assertEquals("mine", Files.readString(Path.of(file)));
    }
}
