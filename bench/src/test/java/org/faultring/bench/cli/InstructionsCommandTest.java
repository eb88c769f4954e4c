/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.instructions.Recorded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class InstructionsCommandTest {

    @TempDir
    private Path folder;

    private Path asItIs;
    private Path changed;

    @BeforeEach
    void writeRecordings() throws IOException {
        asItIs = Files.writeString(folder.resolve("as-it-is"), Recorded.lines(Recorded.AS_IT_IS));
        changed = Files.writeString(folder.resolve("changed"), Recorded.lines(Recorded.CHANGED));
    }

    private static boolean isThere(final String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private Call replay(final Path kernel, final String... more) throws IOException {
        assumeTrue(isThere("gcc"), "no gcc");
        return Call.of(Stream.concat(Stream.of("instructions", "--vm", Recorded.machine(folder).toString(), "--kernel",
                kernel.toString()), Stream.of(more)).toArray(String[]::new));
    }

    private static long temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("faultring-instructions-")).count();
        }
    }

    @Test
    void shouldExplainItself() {
        final Call help = Call.of("instructions", "--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertEquals("", help.err());
        for (final String words : List.of("--vm", "FAULTRING_VM", "--kernel", "--rounds", "--timeout", "--out",
                "--json", "Exit code", "Example: faultring instructions")) {
            assertTrue(help.out().contains(words), words);
        }
        assertFalse(help.out().contains("${"), help::out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "instructions --rounds 63 | --rounds=63 (expected: 64..20000)",
        "instructions --rounds 20001 | --rounds=20001 (expected: 64..20000)",
        "instructions --rounds many | --rounds",
        "instructions --timeout 0 | --timeout=0 (expected: at least 1)",
        "instructions --kernel /no/such/image | --kernel=/no/such/image (expected: an image that can be read)",
        "instructions --kernel / | --kernel=/ (expected: an image that can be read)",
        "instructions --nothing | --nothing",
        "instructions extra | extra",
    })
    void shouldRefuseBadInputInOneSentence(final String line, final String words) {
        final Call call = Call.ofLine(line);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains(words), call::err);
    }

    @Test
    void shouldSayHowToSetTheMachine() {
        final Call call = Call.of("instructions", "--vm", "");
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
        assertEquals("faultring instructions: there is no machine to count in: set FAULTRING_VM to the program that "
                + "boots one, see docs/instructions.md\n", call.err());
    }

    @Test
    void shouldSayThatThereIsNoSuchMachine() {
        assumeTrue(isThere("gcc"), "no gcc");
        final Call call = Call.of("instructions", "--vm", "/no/such/machine");
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains("cannot start /no/such/machine: set FAULTRING_VM"), call::err);
    }

    @Test
    void shouldPassOnWhyTheMachineDoesNotStart() throws IOException {
        assumeTrue(isThere("gcc"), "no gcc");
        final Path machine = Recorded.program(folder, "echo 'boot: qemu is not installed (apt-get …)' >&2", "exit 3");
        final Path out = folder.resolve("out");
        final Call call = Call.of("instructions", "--vm", machine.toString(), "--out", out.toString());
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
        assertEquals("faultring instructions: the machine with own-kernel ended without a result: boot: qemu is not "
                + "installed (apt-get …)\n", call.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void shouldPrintKernelsSideBySide() throws IOException {
        final long before = temporaryFolders();
        final Call call = replay(asItIs, "--kernel", changed.toString());
        assertEquals(ExitCode.OK, call.exitCode(), call::err);
        assertTrue(call.out().contains("as-it-is") && call.out().contains("changed"), call::out);
        assertTrue(call.out().contains("to first"), call::out);
        assertTrue(call.out().lines().anyMatch(line -> line.matches(" READ posted +default +1 +148,.* 0\\.03.")),
                call::out);
        assertEquals(before, temporaryFolders());
    }

    @Test
    void shouldTellApartKernelsOfOneName() throws IOException {
        final Call call = replay(asItIs, "--kernel", asItIs.toString());
        assertTrue(call.out().contains("as-it-is-2: Linux 7.2.12"), call::out);
    }

    @Test
    void shouldPrintJson() throws IOException {
        final Call call = replay(asItIs, "--json");
        assertEquals(ExitCode.OK, call.exitCode(), call::err);
        final JsonNode json = new ObjectMapper().readTree(call.out());
        assertEquals("faultring-instructions/1", json.get("schema").asText());
        final JsonNode kernel = json.get("kernels").get(0);
        assertEquals("7.2.12", kernel.get("release").asText());
        final JsonNode read = kernel.get("figures").get(0);
        assertEquals("read", read.get("form").asText());
        assertEquals("none", read.get("ring").asText());
        assertEquals("COUNTED", read.get("state").asText());
        assertEquals(1366, read.get("receive").asDouble());
        assertFalse(read.has("wrong"));
    }

    @Test
    void shouldKeepTheClientsLines() throws IOException {
        final Path out = folder.resolve("out");
        final Call call = replay(asItIs, "--out", out.toString());
        assertEquals(ExitCode.OK, call.exitCode(), call::err);
        assertEquals(Recorded.lines(Recorded.AS_IT_IS), Files.readString(out.resolve("lines-as-it-is.txt")));
        assertEquals(call.out(), Files.readString(out.resolve("table.txt")));
        for (final String name : List.of("instructions.json", "environment.json", "command.txt")) {
            assertTrue(Files.size(out.resolve(name)) > 0, name);
        }
    }

    @Test
    void shouldEndWithOneIfAFaultWasLost() throws IOException {
        final String lines =
                Recorded.lines(Recorded.AS_IT_IS).replaceFirst("faultring cell (form=poll-read .*) rounds=.*",
                        "faultring wrong $1 what=\"faults received: 0\"");
        final Call call = replay(Files.writeString(folder.resolve("lossy"), lines));
        assertEquals(ExitCode.WRONG_RESULT, call.exitCode(), call::err);
        assertTrue(call.out().contains("wrong: lossy, poll, read, batch 1: faults received: 0"), call::out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "faultring error open /dev/iommu: ENOENT | ended without a result: open /dev/iommu: ENOENT",
        "faultring cell for[    1.2] Kernel panic | prints what the client does not",
        "Kernel panic - not syncing | ended without a result: Kernel panic - not syncing",
    })
    void shouldNotRunWhereTheClientDoesNot(final String line, final String words) throws IOException {
        final Call call = replay(Files.writeString(folder.resolve("broken"), line + "\n"));
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains(words), call::err);
    }

    @Test
    void shouldCountOnARealKernel() throws IOException {
        assumeTrue(System.getenv("FAULTRING_VM") != null, "FAULTRING_VM is not set");
        assumeTrue(isThere("gcc") && isThere("qemu-system-x86_64"), "no gcc or no qemu");
        final Call call = Call.of("instructions", "--rounds", "64", "--timeout", "100", "--json");
        assertEquals(ExitCode.OK, call.exitCode(), call::err);
        final JsonNode kernel = new ObjectMapper().readTree(call.out()).get("kernels").get(0);
        final double getppid = kernel.get("calls").get("getppid").asDouble();
        assertTrue(getppid > 100 && getppid < 1000, () -> "instructions of getppid: " + getppid);
        assertEquals(74, kernel.get("figures").size());
    }
}
