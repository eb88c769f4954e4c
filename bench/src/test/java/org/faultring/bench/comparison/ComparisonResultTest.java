/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import org.faultring.bench.rings.RingUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonResultTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static ComparisonResult result(final int forks) throws ForkFailedException {
        final Effort effort = new Effort(forks, 1, 2, 10);
        final Comparison comparison = Comparison.run(
                Cell.of(List.of(RingUnderTest.ONE_TO_ONE, RingUnderTest.REFERENCE, RingUnderTest.PING_PONG)), effort,
                (cell, e) -> Forked.of(cell, 0, cell.ring() == RingUnderTest.ONE_TO_ONE ? 9 : 10,
                        cell.ring() == RingUnderTest.ONE_TO_ONE ? 9 : 10),
                (done, cell) -> {
                });
        return new ComparisonResult(Environment.collect(), "./faultring jmh rings", effort, comparison);
    }

    private JsonNode read(final String name) throws IOException {
        return JSON.readTree(folder.resolve("out").resolve(name).toFile());
    }

    @Test
    void shouldWriteEverythingThatAReaderNeeds() throws IOException, ForkFailedException {
        final Path ratios = result(2).write(ResultFolder.at(folder.resolve("out")), "the table\n");
        assertEquals(folder.resolve("out/ratios.json"), ratios);
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals(Set.of("command.txt", "environment.json", "jmh.json", "ratios.json", "table.txt"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        assertEquals("./faultring jmh rings\n", Files.readString(folder.resolve("out/command.txt")));
        assertEquals("the table\n", Files.readString(folder.resolve("out/table.txt")));
        assertTrue(read("environment.json").get("versions").has("disruptor"));
        final JsonNode jmh = read("jmh.json");
        assertEquals(5, jmh.size());
        assertEquals(2, jmh.get(0).get("forks").asInt());
        assertEquals("OneToOneFaultRing", jmh.get(0).get("params").get("ring").asText());
        assertEquals(2, jmh.get(0).get("primaryMetric").get("rawData").size());
    }

    @Test
    void shouldListRatiosWithTheirIntervals() throws IOException, ForkFailedException {
        result(2).write(ResultFolder.at(folder.resolve("out")), "");
        final JsonNode ratios = read("ratios.json");
        assertEquals(3, ratios.size());
        final JsonNode first = ratios.get(0);
        final Set<String> keys = new TreeSet<>();
        first.fieldNames().forEachRemaining(keys::add);
        assertEquals(Set.of("ring", "peer", "measure", "batch", "producers", "ratio", "low", "high"), keys);
        assertEquals("OneToOneFaultRing", first.get("ring").asText());
        assertEquals("reference", first.get("peer").asText());
        assertEquals("throughput", first.get("measure").asText());
        assertEquals(0.9, first.get("ratio").asDouble(), 1e-9);
        assertEquals(0.9, first.get("low").asDouble(), 1e-9);
        assertEquals(10, ratios.get(1).get("batch").asInt());
        assertEquals("roundTrip", ratios.get(2).get("measure").asText());
        assertEquals("ping-pong", ratios.get(2).get("peer").asText());
    }

    @Test
    void shouldSayNullWhereThereIsNoInterval() throws IOException, ForkFailedException {
        result(1).write(ResultFolder.at(folder.resolve("out")), "");
        assertTrue(read("ratios.json").get(0).get("low").isNull());
    }

    @Test
    void shouldShowTheSameAsJson() throws IOException, ForkFailedException {
        final JsonNode json = JSON.readTree(result(2).json());
        assertEquals("faultring-rings/1", json.get("schema").asText());
        assertEquals(5, json.get("figures").size());
        assertEquals(3, json.get("ratios").size());
        assertEquals("M/s", json.get("figures").get(0).get("unit").asText());
        assertEquals(2, json.get("figures").get(0).get("scoresOfForks").size());
        assertEquals(2, json.get("effort").get("forks").asInt());
    }

    @Test
    void shouldLeaveNothingBehindWhenAbandoned() throws IOException {
        ResultFolder.at(folder.resolve("new")).abandon();
        assertTrue(Files.notExists(folder.resolve("new")));
        ResultFolder.at(folder).abandon();
        assertTrue(Files.exists(folder));
        final ResultFolder used = ResultFolder.at(folder.resolve("used"));
        used.replace("a.txt", "a");
        used.abandon();
        assertEquals("a", Files.readString(folder.resolve("used/a.txt")));
    }
}
