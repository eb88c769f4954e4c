/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--markdown", "--overview"})
    void shouldRefuseTextOfSizesRatherThanWriteAPage(final String option) throws IOException {
        Files.writeString(folder.resolve("tuning.json"), "{}");
        final Path page = folder.resolve("page.html");
        final Call call = Call.of("report", folder.toString(), option, "--out", page.toString());
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("faultring report: " + option + " (expected: not with a result of tune or sweep, whose tuning.txt "
                + "is text already)" + System.lineSeparator(), call.err());
        assertFalse(Files.exists(page));
    }
}
