/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C compilers of this machine, and programs made by them. */
final class CCompiler {

    static final Path SOURCES = Path.of("..", "ring", "src", "main", "c");
    static final Path DRIVER = Path.of("..", "ring", "src", "test", "c", "driver.c");
    private static final List<String> STRICT = List.of("-Wall", "-Wextra", "-Werror", "-pedantic", "-g", "-pthread");

    private CCompiler() {}

    /** Those of gcc and clang that are there; none skips the test. */
    static List<String> found() {
        final List<String> found = all();
        assumeTrue(!found.isEmpty(), "no C compiler: neither gcc nor clang is on the PATH");
        return found;
    }

    static boolean isThere() {
        return !all().isEmpty();
    }

    private static List<String> all() {
        final String path = System.getenv().getOrDefault("PATH", "");
        return List.of("gcc", "clang").stream().filter(name -> Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)))).toList();
    }

    /** A program, made without a warning. */
    static Path compile(final String compiler, final Path source, final Path target, final String... flags)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(STRICT);
        command.addAll(List.of(flags));
        command.addAll(List.of("-I" + SOURCES, "-o", target.toString()));
        // After -x, which says what the next file is.
        command.add(source.toString());
        assertEquals("", run(command), String.join(" ", command));
        return target;
    }

    /** What a program that ends well has printed. */
    static String run(final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS), "time-out");
        assertEquals(0, process.exitValue(), String.join(" ", command) + " printed " + output);
        return output;
    }

    /** The driver of the tests, made once, sanitizers on. */
    static Path driver() {
        return Driver.PATH;
    }

    private static final class Driver {

        static final Path PATH = make();

        private static Path make() {
            try {
                final Path folder = Files.createTempDirectory("faultring");
                folder.toFile().deleteOnExit();
                final Path program = folder.resolve("driver");
                compile(found().get(0), DRIVER, program, "-std=c11", "-O2", "-fsanitize=address,undefined",
                        "-fno-sanitize-recover=all");
                program.toFile().deleteOnExit();
                return program;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
