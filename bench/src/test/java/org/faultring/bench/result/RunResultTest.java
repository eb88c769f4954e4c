/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.Samples;
import org.junit.jupiter.api.Test;

class RunResultTest {

    private static JsonNode json(final TrialResult trial) throws IOException {
        return new ObjectMapper().readTree(ResultWriter.json(Samples.run(trial)));
    }

    private static Set<String> keys(final JsonNode node) {
        final Set<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static void assertHas(final JsonNode node, final String names) {
        final Set<String> missing = new TreeSet<>(Arrays.asList(names.split(" ")));
        missing.removeAll(keys(node));
        assertEquals(Set.of(), missing, () -> "missing in " + keys(node));
    }

    @Test
    void shouldHaveTheDocumentedKeys() throws IOException {
        final JsonNode run = json(Samples.trial().build());
        assertEquals(Set.of("schema", "interrupted", "environment", "scenario", "trials", "timing"), keys(run));
        assertEquals("faultring-result/1", run.get("schema").asText());
        assertEquals(Set.of("time", "cpu", "cores", "kernel", "jvm", "jvmFlags", "versions", "commit"),
                keys(run.get("environment")));
        assertEquals(1, run.get("trials").size());
        final JsonNode trial = run.get("trials").get(0);
        assertHas(trial, "design threads pace faultsRaised requests retries answered autoAnswered droppedSilently "
                + "discarded refused unanswered overflows conserved faultsPerSecond allocatedBytesPerFault "
                + "latencyNanos stagesNanos");
        final Set<String> latency = Set.of("count", "p50", "p90", "p99", "p999", "p9999", "max");
        assertEquals(latency, keys(trial.get("latencyNanos")));
        assertEquals(latency, keys(trial.get("stagesNanos").get("queue")));
    }

    @Test
    void shouldKeepEachCountUnderItsName() throws IOException {
        final JsonNode trial = json(Samples.trial().faultsFailed(7).build()).get("trials").get(0);
        final Map<String, Long> counts = Map.of("faultsRaised", 1_234_567L, "requests", 1_234_600L, "retries", 33L,
                "answered", 1_234_501L, "autoAnswered", 41L, "droppedSilently", 17L, "discarded", 19L, "refused", 21L,
                "unanswered", 1L, "overflows", 3L);
        counts.forEach((name, count) -> assertEquals(count, trial.get(name).asLong(), name));
        assertEquals(7, trial.get("faultsFailed").asLong());
        assertTrue(trial.get("conserved").asBoolean());
        assertEquals("read", trial.get("design").asText());
    }

    @Test
    void shouldShowEmptyPercentilesAsNull() throws IOException {
        final JsonNode latency = json(Samples.trial().samples(20).build()).get("trials").get(0).get("latencyNanos");
        assertEquals(10, latency.get("p50").asLong());
        assertTrue(latency.get("p90").isNull());
        assertTrue(latency.get("p9999").isNull());
    }

    @Test
    void shouldSayThatItWasInterrupted() throws IOException {
        assertTrue(json(Samples.trial().interrupted().build()).get("interrupted").asBoolean());
        assertFalse(json(Samples.trial().build()).get("interrupted").asBoolean());
    }

    @Test
    void shouldResolveTheVersions() {
        final Map<String, String> versions = Versions.all();
        assertTrue(versions.keySet().containsAll(List.of("faultring", "agrona", "hdrhistogram")), versions::toString);
        versions.forEach((name, version) -> {
            assertFalse(version.contains("${") || version.contains("@") || version.isBlank(), name + "=" + version);
            assertTrue(Character.isDigit(version.charAt(0)), name + "=" + version);
        });
        assertEquals(versions.get("faultring"), Versions.faultring());
    }

    @Test
    void shouldLookAtThisMachine() {
        final Environment environment = Environment.collect();
        assertEquals(Runtime.getRuntime().availableProcessors(), environment.cores());
        assertFalse(Instant.parse(environment.time()).isAfter(Instant.now()));
        assertTrue(environment.jvm().contains(Runtime.version().toString()), environment::jvm);
        assertFalse(environment.cpu().isBlank());
        assertFalse(environment.kernel().isBlank());
        assertNotNull(environment.jvmFlags());
        assertEquals(System.getProperty(Environment.COMMIT_PROPERTY, "unknown"), environment.commit());
        assertEquals(Versions.all(), environment.versions());
    }
}
