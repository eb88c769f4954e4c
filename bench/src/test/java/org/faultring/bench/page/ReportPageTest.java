/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.delivery.CellFigures;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.Measured;
import org.faultring.bench.result.Environment;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final int MAX_BYTES = 2_000_000;

    private static JsonNode data(final String page) throws Exception {
        final String begin = "<script type=\"application/json\" id=\"data\">";
        final int at = page.indexOf(begin) + begin.length();
        return new ObjectMapper().readTree(page.substring(at, page.indexOf("</script>", at)));
    }

    /** Ten designs on every ground at two batches. */
    static DeliveryResult large(final double factor) {
        final List<CellFigures> cells = new ArrayList<>();
        for (final Ground ground : Ground.values()) {
            for (final int batch : new int[] {1, 64}) {
                for (int design = 0; design < 10; design++) {
                    cells.add(Measured.cell("design-" + design, ground, batch, factor * (100 + 10 * design)));
                }
            }
        }
        return Measured.result(cells.toArray(CellFigures[]::new));
    }

    @Test
    void shouldHoldFiguresOfEachGroundByItself() throws Exception {
        final JsonNode data = data(ReportPage.of(List.of(Measured.result(Measured.cell("read", Ground.PIPE, 1, 300),
                Measured.cell("posted-read", Ground.PIPE, 1, 900), Measured.cell("read", Ground.MODEL, 1, 20),
                Measured.missing("sva", Ground.MODEL, "the kernel resolves.")))));
        assertEquals(2, data.path("grounds").size());
        assertEquals("virtual ns", data.at("/grounds/0/currency").asText());
        assertEquals("sva: the kernel resolves.", data.at("/grounds/0/points/0/missing/0").asText());
        assertEquals("host ns through a pipe", data.at("/grounds/1/currency").asText());
        assertEquals(300, data.at("/grounds/1/points/0/designs/0/cost/0").asDouble(), 1e-9);
        assertEquals("slower", data.at("/grounds/1/points/0/designs/1/verdict").asText());
        assertTrue(data.path("answer").asText().contains("read"));
        assertEquals("./faultring compare", data.at("/runs/0/command").asText());
    }

    @Test
    void shouldDrawLatencyAgainstLoadWhereThereAreRates() throws Exception {
        final JsonNode data = data(ReportPage.of(List.of(Measured.result(Measured.cell("read", Ground.PIPE, 1, 300),
                Measured.open("read", 30_000, 9_000, 5_000), Measured.open("read", 1_000, 1_000, 5_000),
                Measured.open("read", 10_000, 2_900, 5_000), Measured.open("read", 40_000, 2_000, 5_000),
                Measured.open("busy-read", 1_000, 1_000, 5_000)))));
        final JsonNode load = data.at("/grounds/0/loads/0");
        assertEquals(1, data.at("/grounds/0/loads").size());
        assertEquals(1, load.path("series").size(), "one rate is no curve");
        assertEquals(4, load.at("/series/0/points").size());
        assertEquals(1_000, load.at("/series/0/points/0/offered").asDouble());
        assertEquals(10_000, load.at("/series/0/knee").asDouble(), "three times the lowest is passed at 30,000");
        assertTrue(load.path("limit").isNull());
        assertTrue(load.path("title").asText().endsWith("arrivals constant"), load::toString);
        assertEquals("p99 of a fault's time", data.at("/grounds/0/points/1/figure").asText());
    }

    @Test
    void shouldLeaveEmptyWhatSamplesDoNotCarry() throws Exception {
        final JsonNode data = data(ReportPage.of(List.of(Measured.result(Measured.open("read", 1_000, 900, 999),
                Measured.open("read", 2_000, 900, 999)))));
        assertTrue(data.at("/grounds/0/points/0/designs/0/cost/0").isNull(), data::toString);
        assertTrue(data.at("/grounds/0/points/0/designs/0/latency/2").isNull());
        assertTrue(data.at("/grounds/0/loads/0/series/0/points/0/p99").isNull());
        assertTrue(data.at("/grounds/0/loads/0/series/0/knee").isNull());
        assertTrue(data.at("/grounds/0/points/0/designs/0/ofEachRun/0").isNull());
        assertFalse(data.toString().contains("NaN"));
    }

    @Test
    void shouldSayWhatARampFound() throws Exception {
        final JsonNode data = data(ReportPage.of(List.of(Measured.ramps())));
        assertTrue(
                data.path("answers").get(0).asText().startsWith("shared-ring on threads, batch 64, 32 in flight at "
                        + "most: p99 stays under 50,000 ns up to"),
                data.path("answers")::toString);
        assertTrue(data.path("answer").asText().matches("p99 stays under 50,000 ns up to [0-9,]+ faults a second on "
                + "threads, which takes shared-ring at batch 64\\."), data.path("answer")::asText);
        final JsonNode both = data(ReportPage.of(List.of(Measured.ramps(),
                Measured.result(Measured.cell("read", Ground.PIPE, 1, 300),
                        Measured.cell("posted-read", Ground.PIPE, 1, 900)))));
        assertTrue(both.path("answer").asText().matches("Eventfd plus read.*\\. p99 stays under .*"),
                "of the comparison as well: " + both.path("answer"));
        assertEquals(50_000, data.at("/grounds/0/loads/0/limit").asLong());
        assertEquals(2, data.at("/grounds/0/loads/0/series").size());
        assertEquals(50, data.at("/grounds/0/points/0/designs/0/occupancy/micros").size());
        assertTrue(data.at("/runs/0/environment/cost of timing").asText().contains("4.5 ns"),
                data.path("runs")::toString);
    }

    @Test
    void shouldNeedNothingButItself() {
        final String page = ReportPage.of(List.of(Measured.result(Measured.cell("read", Ground.PIPE, 1, 300))));
        assertFalse(page.contains("<script src") || page.contains("<link rel=\"stylesheet"), "no file is loaded");
        assertFalse(page.contains("@import"));
        assertFalse(page.contains("/*style*/") || page.contains("/*charts*/") || page.contains("/*data*/"));
    }

    @Test
    void shouldNotLetATextOfAResultEndTheScript() throws Exception {
        final String hostile = "</script><script>alert(1)</script>";
        final String page = ReportPage.of(List.of(Measured.result(Measured.missing(hostile, Ground.PIPE, hostile))));
        assertFalse(page.contains(hostile));
        assertEquals(hostile + ": " + hostile, data(page).at("/grounds/0/points/0/missing/0").asText());
    }

    @Test
    void shouldStaySmallWithManyDesignsAndRuns() throws Exception {
        final List<DeliveryResult> runs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(large(1 + i / 100.0));
        }
        final String page = ReportPage.of(runs);
        assertTrue(page.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES, () -> page.length() + " characters");
        assertEquals(50, data(page).at("/grounds/0/points/0/designs/0/ofEachRun").size());
        assertEquals(50, data(page).path("runs").size());
    }

    @Test
    void shouldNotMergeRunsOfTwoKindsOfMachine() {
        final DeliveryResult here = Measured.result(Measured.cell("read", Ground.PIPE, 1, 300));
        final Environment other = new Environment(here.environment().time(), "Another CPU", 2, "Linux 6.18",
                "A JVM 25.0.3+9", List.of(), here.environment().versions(), "abcdef");
        final DeliveryResult there =
                new DeliveryResult(here.schema(), other, here.noise(), here.command(), false, here.rounds(),
                        here.roundMillis(), here.setting(), here.cells(), here.timing(), here.ramps());
        assertThrows(IllegalArgumentException.class, () -> ReportPage.of(List.of(here, there)));
    }
}
