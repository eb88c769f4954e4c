/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs under {@code docs/examples} compile and do what they say, each in a machine without a flag. */
class ExamplesTest {

    private static final Path SOURCES = Path.of("..", "docs", "examples", "src", "main", "java");
    private static final int LINES = 60;
    private static final int PATIENCE_SECONDS = 60;

    /** What each prints. It checks its books itself, and ends with a stack trace if they do not balance. */
    private static final Map<String, String> PRINTS = Map.of(
            "TenLines", "17874 faults answered, and the books balance.",
            "EventLoop", "17874 faults answered in 178 ms of simulated time, beside 179 ticks of another model.",
            "OwnDevice", "17874 faults of a device of one's own answered.",
            "OwnIommu", "17874 faults answered by an IOMMU of one's own in [0-9]+ us of simulated time.",
            "ThreeThreads", "17874 faults answered by 3 threads, and the books balance.",
            "DisruptorChain", "100000 faults passed two event handlers, each once and in order.",
            "FastReplay", "17874 faults recorded in [0-9]+ ms, replayed and answered in [0-9]+ ms.",
            "OneFile", "100000 faults answered over one file.",
            "LateHandler", "17874 faults answered late, up to [0-9]+ groups waiting at a time.");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void shouldCompileWithoutAWarning() throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            final boolean compiled = compiler.getTask(messages, files, null,
                    List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none", "-d", folder.toString(), "-cp",
                            System.getProperty("java.class.path")),
                    null, files.getJavaFileObjectsFromPaths(sources())).call();
            assertTrue(compiled, messages::toString);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().toList();
        }
    }

    private static String nameOf(final Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    @Test
    void shouldAllBeRun() throws IOException {
        assertEquals(new TreeSet<>(PRINTS.keySet()),
                sources().stream().map(ExamplesTest::nameOf).collect(Collectors.toCollection(TreeSet::new)));
    }

    static Set<String> names() {
        return PRINTS.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldPrintOneLineThatSaysWhatWasDone(final String name) throws Exception {
        final Path output = folder.resolve(name + ".txt");
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", folder + File.pathSeparator + System.getProperty("java.class.path"), name)
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            final boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            final String printed = Files.readString(output).strip();
            assertTrue(ended, () -> name + " has not ended; it printed: " + printed);
            assertTrue(printed.matches(PRINTS.get(name)), printed);
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldBeShort() throws IOException {
        for (final Path source : sources()) {
            final List<String> lines = Files.readAllLines(source);
            assertTrue(lines.size() < LINES, source + " has " + lines.size() + " lines");
            assertTrue(lines.stream().allMatch(line -> line.length() <= 120), source + " has a long line");
        }
    }
}
