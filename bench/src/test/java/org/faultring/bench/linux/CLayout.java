/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the C compiler of this machine makes of names in the system's headers: constants, lengths, places of fields. A
 * test adds each name with the value that Java uses, and compares all in one program.
 */
final class CLayout {

    private static final String COMPILER = "gcc";

    private final List<String> headers;
    private final Map<String, Long> expected = new LinkedHashMap<>();

    private CLayout(final List<String> headers) {
        this.headers = headers;
    }

    /** Names of these headers, such as {@code linux/io_uring.h}. */
    static CLayout of(final String... headers) {
        return new CLayout(List.of(headers));
    }

    /** An expression of C, such as the name of a macro, and its value, compared as 64 bits. */
    CLayout constant(final String expression, final long value) {
        expected.put(expression, value);
        return this;
    }

    /** Length of a type, such as {@code struct pollfd}. */
    CLayout size(final String type, final long bytes) {
        return constant("sizeof(" + type + ")", bytes);
    }

    /** Place of a field. */
    CLayout offset(final String type, final String field, final long offset) {
        return constant("offsetof(" + type + ", " + field + ")", offset);
    }

    /**
     * Fails unless all values are the headers'. Without a compiler or header the test is
     * skipped.
     */
    void assertAgrees(final Path folder) throws IOException, InterruptedException {
        final Map<String, Long> found = values(folder, expected.keySet().stream().toList());
        for (final Map.Entry<String, Long> entry : expected.entrySet()) {
            final Long value = found.get(entry.getKey());
            assertNotNull(value, () -> entry.getKey() + " was not printed");
            assertEquals(entry.getValue(), value, entry.getKey());
        }
    }

    private Map<String, Long> values(final Path folder, final List<String> expressions)
            throws IOException, InterruptedException {
        final Path source = folder.resolve("layout.c");
        Files.writeString(source, program(expressions));
        final String program = folder.resolve("layout").toString();
        final String complaints = run(List.of(COMPILER, "-D_GNU_SOURCE", "-w", "-o", program, source.toString()));
        if (!Files.exists(Path.of(program))) {
            final String first = complaints.lines().filter(line -> line.contains("error")).findFirst()
                    .orElse(complaints);
            if (first.contains("No such file")) {
                abort("a header of this system is missing: " + first);
            }
            throw new AssertionError(COMPILER + " refused the names: " + first);
        }
        final Map<String, Long> found = new LinkedHashMap<>();
        final List<String> lines = run(List.of(program)).lines().toList();
        assertEquals(expressions.size(), lines.size(), () -> "lines of the C program: " + lines);
        for (int i = 0; i < lines.size(); i++) {
            found.put(expressions.get(i), Long.parseLong(lines.get(i)));
        }
        return found;
    }

    private String program(final List<String> expressions) {
        final List<String> lines = new ArrayList<>();
        lines.add("#include <stddef.h>");
        lines.add("#include <stdio.h>");
        headers.forEach(header -> lines.add("#include <" + header + ">"));
        lines.add("int main(void) {");
        for (final String expression : expressions) {
            lines.add("printf(\"%lld\\n\", (long long)(" + expression + "));");
        }
        lines.add("return 0; }");
        return String.join("\n", lines) + "\n";
    }

    /** What it prints; the test is skipped where the command does not exist. */
    private static String run(final List<String> command) throws IOException, InterruptedException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException e) {
            return abort("headers are compared only where there is a C compiler (" + command.getFirst() + ")");
        }
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
