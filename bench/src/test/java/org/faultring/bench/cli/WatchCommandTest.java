/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhatARunCounted() throws IOException {
        final Path file = folder.resolve("counters");
        final JsonNode run = Call.json("run", "--json", "--counters", file.toString());
        final JsonNode look = Call.json("watch", "--once", "--json", "--every-ms", "10", file.toString());
        assertEquals(run.at("/trials/0/counters"), look.path("counts"));
        assertEquals(0, look.at("/waiting/requests in flight").asLong());
        final Call text = Call.of("watch", "--once", "--every-ms", "10", file.toString());
        assertEquals(ExitCode.OK, text.exitCode(), text.err());
        assertTrue(text.out().contains("faultsResolved"), text.out());
    }

    @Test
    void shouldRefuseWhatCannotBeWatched() {
        assertEquals(ExitCode.BAD_INPUT, Call.of("watch", folder.resolve("nowhere").toString()).exitCode());
        assertEquals(ExitCode.BAD_INPUT, Call.of("watch").exitCode());
        assertEquals(ExitCode.BAD_INPUT,
                Call.of("run", "--counters", folder.resolve("no/such/folder").toString()).exitCode());
    }
}
