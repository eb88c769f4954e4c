/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The C client: its sources, which are resources of this package, and how it is compiled. */
public final class CountingClient {

    /** What compiles it. */
    public static final String COMPILER = "gcc";

    /** The name of the program. */
    static final String PROGRAM = "client";

    private static final List<String> SOURCES = List.of("asleep.c", "cell.c", "design.c", "lines.c", "main.c",
            "mock.c", "reader.c", "ring.c", "sample.c");

    private static final List<String> HEADERS = List.of("cell.h", "design.h", "lines.h", "mock.h", "reader.h",
            "ring.h", "sample.h", "stamp.h");

    private static final List<String> FLAGS = List.of("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static",
            "-pthread");

    private final String compiler;

    /**
     * A client.
     *
     * @param compiler a command that takes gcc's arguments
     */
    public CountingClient(final String compiler) {
        this.compiler = compiler;
    }

    /**
     * Compile it.
     *
     * @param sources a folder for its sources
     * @param target  a folder for the program {@link #PROGRAM}
     * @throws CannotCountException if the compiler, headers or libraries are missing
     * @throws IOException          if a file cannot be written
     */
    public void compile(final Path sources, final Path target) throws CannotCountException, IOException {
        final List<String> command = new ArrayList<>();
        command.add(compiler);
        command.addAll(FLAGS);
        command.add("-o");
        command.add(target.resolve(PROGRAM).toString());
        for (final String name : SOURCES) {
            unpack(name, sources);
            command.add(name);
        }
        for (final String name : HEADERS) {
            unpack(name, sources);
        }
        run(command, sources);
    }

    private static void unpack(final String name, final Path folder) throws IOException {
        try (InputStream in = CountingClient.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build lacks the client's " + name);
            }
            Files.copy(in, folder.resolve(name));
        }
    }

    private void run(final List<String> command, final Path folder) throws CannotCountException {
        final Process process;
        try {
            process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw new CannotCountException("cannot start the C compiler " + compiler
                    + ": install it (for example: apt-get install gcc libc6-dev)");
        }
        try {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new CannotCountException(reason(output));
            }
        } catch (final IOException e) {
            throw new CannotCountException("the C compiler " + compiler + " was interrupted");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCountException("interrupted");
        } finally {
            new ProcessTree(process).end();
        }
    }

    /** What to do about what the compiler says. */
    static String reason(final String output) {
        final String first = output.lines().filter(line -> line.contains("error:") || line.contains("cannot find"))
                .findFirst().orElse(output.lines().findFirst().orElse("no message")).strip();
        if (first.contains("linux/") && first.contains("No such file")) {
            return "the headers of Linux are missing: install them (for example: apt-get install linux-libc-dev): "
                    + first;
        }
        if (first.contains("cannot find -l") || first.contains("No such file")) {
            return "the headers or static libraries of C are missing: install them (for example: apt-get install "
                    + "libc6-dev): " + first;
        }
        return "the C client does not compile here; headers of Linux 6.1 or newer are needed: " + first;
    }
}
