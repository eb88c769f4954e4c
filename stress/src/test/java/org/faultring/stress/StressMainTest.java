/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** The command line, in a process of its own as users start it: jcstress keeps settings in static fields. */
class StressMainTest {

    private static final int TIMEOUT_MINUTES = 10;
    private static final Path FOLDER = Path.of("target", "jcstress-jdk" + Runtime.version().feature());

    /** Exit status and all that was printed. */
    private record Ended(int status, String output) {}

    private static Ended run(final String... args) throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        final Path output = FOLDER.resolve("output.txt");
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"), StressMain.class.getName(), "--out",
                FOLDER.toString()));
        command.addAll(List.of(args));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(new File("/dev/null")).start();
        try {
            final boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
            final String text = Files.readString(output);
            assertTrue(ended, () -> "still running after " + TIMEOUT_MINUTES + " minutes:\n" + text);
            return new Ended(process.exitValue(), text);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The short mode: every test that there is, on every ring. */
    @Test
    void shouldSeeNothingThatMustNotBeSeen() throws Exception {
        final Ended ended = run();
        assertEquals(0, ended.status(), ended::output);
        for (final StressCase stressCase : StressCase.all()) {
            assertTrue(ended.output().contains("\nok     " + stressCase.name() + "  "),
                    () -> stressCase.name() + " is missing in\n" + ended.output());
        }
    }

    @Test
    void shouldExplainItself() throws Exception {
        final Ended ended = run("--help");
        assertEquals(0, ended.status(), ended::output);
        assertTrue(ended.output().startsWith("Usage: faultring stress "), ended::output);
    }

    @Test
    void shouldListTests() throws Exception {
        final Ended ended = run("--", "-l", "-t", "^CommitPoll/ONE_");
        assertEquals(0, ended.status(), ended::output);
        assertTrue(ended.output().contains("\nCommitPoll/ONE_TO_ONE  A producer"), ended::output);
    }

    @Test
    void shouldRefuseAnUnknownArgument() throws Exception {
        final Ended ended = run("--longer");
        assertEquals(2, ended.status(), ended::output);
        assertEquals("faultring stress: bad argument '--longer'; see 'faultring stress --help'\n", ended.output());
    }

    @Test
    void shouldRefuseAnUnknownOptionOfJcstress() throws Exception {
        assertEquals(2, run("--", "-nonsense").status());
    }

    @Test
    void shouldRefuseASelectionOfNothing() throws Exception {
        final Ended ended = run("--", "-t", "no such test");
        assertEquals(2, ended.status(), ended::output);
        assertTrue(ended.output().endsWith("no test matches -t\n"), ended::output);
    }
}
