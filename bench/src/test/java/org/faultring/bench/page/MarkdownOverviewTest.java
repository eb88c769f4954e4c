/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.faultring.bench.delivery.DeliveryResultFile;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.Measured;
import org.junit.jupiter.api.Test;

class MarkdownOverviewTest {

    private static final Pattern BLOCK = Pattern.compile(
            "<!-- \\./faultring report jmh-results/(\\S+) --overview -->\\n(.*?)<!-- end -->", Pattern.DOTALL);

    private static Path inProject(final String path) {
        final Path inModule = Path.of("..", path);
        return Files.exists(inModule) ? inModule : Path.of(path);
    }

    @Test
    void shouldHaveAColumnForEachPointOfClosedLoop() {
        final String table = MarkdownOverview.of(List.of(Measured.result(Measured.cell("read", Ground.PIPE, 1, 3_000),
                Measured.cell("read", Ground.MODEL, 64, 20.5), Measured.cell("sva", Ground.MODEL, 64, 7),
                Measured.open("read", 1_000, 900, 5_000), Measured.missing("inject", Ground.MODEL, "it cannot."))));
        final List<String> lines = table.lines().toList();
        assertEquals("| ns for a fault | pipe, 1 | model, 64 |", lines.get(0));
        assertEquals("|---|--:|--:|", lines.get(1));
        assertEquals("| read | 3,000 | 20.5 |", lines.get(2));
        assertEquals("| sva |  | 7.0 |", lines.get(3));
        assertEquals("", lines.get(4));
        assertEquals("A CPU, 2 cores, Linux 6.18, A JVM 25.0.3, 2026-11-26, `./faultring compare`", lines.get(5));
    }

    @Test
    void shouldBeInTheReadmeForTheNewestRun() throws IOException {
        final Matcher block = BLOCK.matcher(Files.readString(inProject("README.md")));
        assertTrue(block.find(), "the README has the table of the newest run of compare");
        final String newest;
        try (Stream<Path> folders = Files.list(inProject("jmh-results"))) {
            newest = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches(".*-compare(-\\d+)?")).sorted().reduce((one, next) -> next)
                    .orElseThrow();
        }
        assertEquals(newest, block.group(1));
        final Path file = inProject("jmh-results").resolve(newest).resolve(DeliveryResultFile.NAME);
        assertEquals(MarkdownOverview.of(List.of(DeliveryResultFile.read(file))).strip(), block.group(2).strip(),
                "make it again with the command in the README");
    }
}
