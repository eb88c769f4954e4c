/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A reader of the output that has had enough. */
class BrokenPipeTest {

    @Test
    void shouldEndQuietlyWhereNobodyReads() {
        final Writer broken = new Writer() {
            @Override
            public void write(final char[] text, final int offset, final int length) throws IOException {
                throw new IOException("Broken pipe");
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
        assertEquals(StandardOutput.BROKEN_PIPE, Faultring.execute(new PrintWriter(broken, true),
                new PrintWriter(err, true), () -> true, "explore", "--seed", "3", "--log"));
        assertEquals("", err.toString());
    }

    /** A process of its own: the end of a real pipe. */
    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(120)
    void shouldTellAPipeFromAFullDisk() throws IOException, InterruptedException {
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String command = "\"" + java + "\" -cp \"" + System.getProperty("java.class.path")
                + "\" org.faultring.bench.cli.Faultring explore --seed 3 --log";
        assertEquals("141 ", outcome("{ " + command + "; echo $? >&2; } | head -n 1 >/dev/null"));
        if (Files.exists(Path.of("/dev/full"))) {
            assertTrue(outcome("{ " + command + "; echo $? >&2; } >/dev/full")
                    .startsWith("faultring: the output could not be written 3"));
        }
    }

    private static String outcome(final String script) throws IOException, InterruptedException {
        final Process shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        final String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(shell.waitFor(60, TimeUnit.SECONDS));
        return said.replace('\n', ' ');
    }
}
