/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.faultring.bench.result.OccupancySeries;
import org.faultring.bench.result.ResultFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryResultFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DeliveryResult RESULT = Measured.result(Measured.cell("read", Ground.PIPE, 1, 300),
            Measured.missing("sva", Ground.MODEL, "the kernel resolves."));

    @TempDir
    private Path folder;

    private Path write(final String text) throws IOException {
        return Files.writeString(folder.resolve("result.json"), text);
    }

    private String refusal(final String text) throws IOException {
        final Path file = write(text);
        return assertThrows(IllegalArgumentException.class, () -> DeliveryResultFile.read(file)).getMessage();
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        final Path written = DeliveryResultFile.write(ResultFolder.at(folder), RESULT);
        assertEquals(RESULT, DeliveryResultFile.read(written));
        assertEquals(DeliveryResultFile.json(RESULT), DeliveryResultFile.json(DeliveryResultFile.read(written)));
        final List<CellFigures> figures = DeliveryResultFile.read(written).figures();
        assertEquals(300, figures.get(0).nanosPerFault().median(), 1e-9);
        assertEquals(70_000, figures.get(0).latencies().orElseThrow().getTotalCount());
        assertEquals("the kernel resolves.", figures.get(1).whyNot().orElseThrow());
        assertTrue(Files.readString(folder.resolve("pipe-read-batch1-inflight32-handler0ns-awake.hgrm"))
                .contains("Percentile"), "other tools read it");
    }

    @Test
    void shouldReadRampsAndOpenLoopsThatItWrote() throws IOException {
        final RampStep step = new RampStep(1_000, 999.5, 10.0, null, null, null, false, null);
        final CellFigures open = Measured.open("read", 1_000, 900, 5_000);
        open.occupancy(new OccupancySeries(List.of(0L, 10L), Map.of("requests in flight", List.of(1L, 2L))));
        final DeliveryResult plain = Measured.result(open);
        final DeliveryResult result = new DeliveryResult(plain.schema(), plain.environment(), plain.noise(),
                plain.command(), false, 7, 100, plain.setting(), plain.cells(), plain.timing(),
                List.of(new RampResult("read", "pipe", 1, 32, 0, "awake", "poisson:1000", 50_000, 2e5, null, null,
                        List.of(step))));
        final DeliveryResult read = DeliveryResultFile.read(DeliveryResultFile.write(ResultFolder.at(folder), result));
        assertEquals(result, read);
        assertEquals("1000", read.figures().get(0).cell().pace().toString());
        assertEquals(900, read.figures().get(0).medianFigure(), 1);
        assertTrue(refusal(DeliveryResultFile.json(result).replace("\"holds\" : false", "\"holds\" : 3"))
                .contains("$.ramps[0].steps[0].holds"));
        assertTrue(refusal(DeliveryResultFile.json(result).replace("\"pace\" : \"1000\"", "\"pace\" : \"soon\""))
                .contains("pace=soon"));
    }

    @Test
    void shouldReadResultsOfEarlierVersions() throws IOException {
        final String json = DeliveryResultFile.json(RESULT);
        final ObjectNode root = (ObjectNode) JSON.readTree(json);
        root.remove(List.of("timing", "ramps"));
        root.path("cells").forEach(cell -> {
            ((ObjectNode) cell).remove(List.of("pace", "copy", "occupancy"));
            cell.path("rounds").forEach(round -> ((ObjectNode) round).remove("latencyNanos"));
        });
        final DeliveryResult read = DeliveryResultFile.read(write(root.toString()));
        assertEquals(RESULT.figures().get(0).rounds(), read.figures().get(0).rounds());
        assertEquals("closed", read.figures().get(0).cell().pace().toString());
    }

    @ParameterizedTest
    @CsvSource({"/command,$.command", "/environment/cpu,$.environment.cpu", "/cells/0/batch,$.cells[0].batch",
        "/cells/0/rounds/3/nanosPerFault,$.cells[0].rounds[3].nanosPerFault", "/setting/prices,$.setting.prices"})
    void shouldNameAFieldThatIsBroken(final String pointer, final String path) throws IOException {
        final JsonNode root = JSON.readTree(DeliveryResultFile.json(RESULT));
        final int end = pointer.lastIndexOf('/');
        final ObjectNode parent = (ObjectNode) root.at(pointer.substring(0, end));
        parent.putArray(pointer.substring(end + 1)).addObject();
        assertTrue(refusal(root.toString()).contains(path), () -> "expected " + path);
        parent.remove(pointer.substring(end + 1));
        final String missing = refusal(root.toString());
        assertTrue(missing.contains(path.substring(0, path.lastIndexOf('.'))), missing);
        assertTrue(missing.contains("'" + pointer.substring(end + 1) + "'"), missing);
    }

    @Test
    void shouldRefuseWhatIsNotOfThisLayout() throws IOException {
        final String json = DeliveryResultFile.json(RESULT);
        assertTrue(refusal("").contains("$.schema"));
        assertTrue(refusal("{").contains("not JSON"));
        assertTrue(refusal(json.replace("faultring-compare/1", "faultring-compare/9")).contains("faultring-compare/9"));
        assertTrue(refusal(json.replaceFirst("\"latencies\" : \"[^\"]{20}", "\"latencies\" : \"AAAA"))
                .contains("compressed histogram"));
        assertTrue(refusal(json.replaceFirst("\"interrupted\"", "\"whatever\" : 1, \"interrupted\""))
                .contains("whatever"));
    }

    @Test
    void shouldNeverFailOtherwiseOnDamagedFiles() throws IOException {
        final byte[] json = DeliveryResultFile.json(RESULT).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final long seed = 42;
        final Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            final byte[] damaged = json.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                damaged[random.nextInt(damaged.length)] = (byte) (' ' + random.nextInt(95));
            }
            final Path file = Files.write(folder.resolve("damaged.json"), damaged);
            try {
                DeliveryResultFile.read(file);
            } catch (final IllegalArgumentException expected) {
                assertTrue(expected.getMessage().startsWith(file.toString()), expected.getMessage());
            }
        }
    }
}
