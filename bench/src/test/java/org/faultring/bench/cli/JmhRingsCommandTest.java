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
import java.util.List;
import java.util.Map;

import org.faultring.bench.result.Environment;
import org.faultring.bench.rings.RingUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JmhRingsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldExplainItself() {
        final Call help = Call.of("jmh", "rings", "--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertEquals("", help.err());
        assertTrue(help.out().contains("Example: faultring jmh rings"), help::out);
        for (final String option : List.of("--quick", "--full", "--forks", "--ring", "--out", "--json")) {
            assertTrue(help.out().contains(option), option);
        }
        for (final RingUnderTest ring : RingUnderTest.values()) {
            assertTrue(help.out().contains(ring.label()), ring.label());
        }
        assertFalse(help.out().contains("${"), help::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jmh", "jmh --help"})
    void shouldListWhatCanBeMeasured(final String line) {
        final Call help = Call.ofLine(line);
        assertEquals(ExitCode.OK, help.exitCode());
        assertTrue(help.out().contains("rings"), help::out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jmh rings --ring OneToOneFaultRing nobody | --ring=nobody (expected: OneToOneFaultRing, ",
        "jmh rings --forks 0 | --forks=0 (expected: 1..100)",
        "jmh rings --quick --forks 101 | --forks=101 (expected: 1..100)",
        "jmh rings --forks many | --forks",
        "jmh rings --quick --full | mutually exclusive",
        "jmh rings --nothing | --nothing",
        "jmh nothing | nothing",
    })
    void shouldRefuseBadInputInOneSentence(final String line, final String words) {
        final Call call = Call.ofLine(line);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains(words), call::err);
    }

    @Test
    void shouldRefuseAFolderThatCannotBeWrittenBeforeItMeasures() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "");
        final Call call = Call.of("jmh", "rings", "--out", file.toString());
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("faultring jmh rings: --out=" + file + " (expected: a folder that can be written): there is a "
                + "file of that name\n", call.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "AMD EPYC 7763 64-Core Processor | amd-epyc-7763",
        "AMD EPYC | amd-epyc",
        "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz | intel-xeon-platinum-8370c",
        "unknown | unknown",
        "'' | unknown",
    })
    void shouldNameAMachineInAFewWords(final String cpu, final String machine) {
        assertEquals(machine, ResultNames.machine(cpu));
    }

    @Test
    void shouldNameANewFolderAfterDateAndMachine() throws IOException {
        final Environment environment = new Environment("2026-11-20T10:00:00Z", "AMD EPYC", 2, "", "", List.of(),
                Map.of(), "");
        final String before = System.getProperty(ResultNames.HOME_PROPERTY);
        System.setProperty(ResultNames.HOME_PROPERTY, folder.toString());
        try {
            final Path first = folder.resolve("jmh-results/2026-11-20-amd-epyc-2-cores-rings");
            assertEquals(first, ResultNames.newFolder(environment, "rings"));
            Files.createDirectories(first);
            assertEquals(first.resolveSibling(first.getFileName() + "-2"),
                    ResultNames.newFolder(environment, "rings"));
        } finally {
            if (before == null) {
                System.clearProperty(ResultNames.HOME_PROPERTY);
            } else {
                System.setProperty(ResultNames.HOME_PROPERTY, before);
            }
        }
    }
}
