/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCommandTest {

    @TempDir
    private Path folder;

    private static Call from(final Path project, final Path out) {
        final String before = System.getProperty(ResultNames.HOME_PROPERTY);
        System.setProperty(ResultNames.HOME_PROPERTY, project.toString());
        try {
            return Call.of("site", "--out", out.toString());
        } finally {
            if (before == null) {
                System.clearProperty(ResultNames.HOME_PROPERTY);
            } else {
                System.setProperty(ResultNames.HOME_PROPERTY, before);
            }
        }
    }

    @Test
    void shouldLeaveAFolderAloneThatHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");
        final Call call = from(Path.of(".."), folder);
        assertEquals("faultring site: --out=" + folder
                + " (expected: a new folder, an empty one, or one that holds such a site)\n", call.err());
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertTrue(Files.exists(folder.resolve("thesis.txt")));
    }

    @Test
    void shouldSayThatItNeedsTheSources() {
        final Path out = folder.resolve("site");
        final Call call = from(folder, out);
        assertEquals("faultring site: cannot make " + out + ": there are no sources in " + folder
                + ": start it as ./faultring\n", call.err());
        assertEquals(ExitCode.CANNOT_RUN, call.exitCode());
    }

    @Test
    void shouldWantToKnowWhereTo() {
        final Call call = Call.of("site");
        assertTrue(call.err().startsWith("faultring site: Missing required option: '--out=DIR'"), call.err());
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
    }
}
