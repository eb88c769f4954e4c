/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void shouldPrintNothingForWorkThatEndsAtOnce() {
        try (ProgressLine line = ProgressLine.of("run", out, false)) {
            assertInstanceOf(ProgressLine.Lines.class, line);
            line.at(1, 3);
        }
        assertEquals("", bytes.toString(UTF_8));
    }

    @Test
    void shouldDrawABarOnATerminal() {
        try (ProgressLine line = ProgressLine.of("run", out, true)) {
            assertInstanceOf(ProgressLine.Bar.class, line);
            line.at(0, 0);
            line.at(0.5, 1_000);
            line.at(1, 2_000);
        }
    }
}
