/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningPageTest {

    @TempDir
    private Path folder;

    private static String evaluation(final double overflows, final double p99, final long bytes,
            final String objective) {
        return String.format(Locale.ROOT, "{'runs':6,'objective':'%s','overflows':{'mean':%s,'low':%s,'high':%s,"
                + "'verdict':'met'},'overflowsPerSecond':%s,'goodputShare':0.99,'faultsPerSecond':2e5,'p50Nanos':9000,"
                + "'p99Nanos':%s,'requests':1000,'retries':0,'eventsLostShare':0,'bytes':%d}", objective, overflows,
                overflows / 2, overflows * 2 + 2, overflows, p99, bytes);
    }

    /** As tune writes it. */
    static String tuning() {
        final String answer = evaluation(0, 250_000, 19_456, "kept");
        final List<String> curve = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            curve.add("'" + (128 << i) + "':" + evaluation(i < 2 ? 800.0 / (1 + 20 * i) : 0, 300_000 - 10_000 * i,
                    4096L << i, i < 2 ? "missed" : "kept"));
        }
        return ("{'schema':'faultring-tuning/1','command':'./faultring tune mine.yaml','results':["
                + "{'scenario':{'name':'four <b>accelerators</b>',"
                + "'delivery.design':'read','objective.overflows':'10'},'profile':'example',"
                + "'capacityFaultsPerSecond':328955,'possible':true,'sizes':{'iommu.queue':512,'delivery.batch':64},"
                + "'bindsFirst':'iommu.queue','answer':" + answer + ",'curves':{'iommu.queue':{"
                + String.join(",", curve) + "},'delivery.batch':{'64':" + answer + ",'128':" + answer + "}},'loads':{"
                + "'0.5':" + answer + ",'1.0':" + evaluation(0, 9e6, 19_456, "missed") + "},'prices':{'fault x 2.0':"
                + evaluation(0, 9e5, 19_456, "missed") + "},'occupancy':[{'share':0.5,'queued':0,'flying':128},"
                + "{'share':0.99,'queued':121,'flying':702},{'share':1,'queued':320,'flying':957}]}]}")
                .replace('\'', '"');
    }

    /** As sweep writes it: three times three points, two seeds, and one that is refused. */
    static List<String> sweep() {
        final List<String> lines = new ArrayList<>();
        int run = 0;
        for (final int queue : new int[] {128, 256, 512}) {
            for (final int credits : new int[] {32, 64, 128}) {
                for (int seed = 0; seed < 2; seed++) {
                    lines.add(String.format(Locale.ROOT, "{\"run\":%d,\"seed\":%d,\"set\":{\"iommu.queue\":\"%d\","
                            + "\"devices.credits\":\"%d\"},\"measures\":{\"seconds\":0.5,\"offered\":100,"
                            + "\"resolved\":99,\"overflows\":3,\"bytes\":%d,\"p99Nanos\":%d},\"end\":true}", run++,
                            seed, queue, credits, 32 * queue, 10_000_000 / queue + 1000 * credits + seed));
                }
            }
        }
        lines.add("{\"run\":18,\"seed\":0,\"set\":{\"iommu.queue\":\"3\",\"devices.credits\":\"32\"},"
                + "\"refused\":\"iommu.queue=3\",\"end\":true}");
        return lines;
    }

    @Test
    void shouldShowWhatTuneAndSweepWrote() throws IOException {
        assertFalse(TuningPage.isShown(folder));
        Files.writeString(folder.resolve(TuningPage.TUNING), tuning());
        Files.write(folder.resolve(TuningPage.SWEEP), sweep());
        assertTrue(TuningPage.isShown(folder));
        final String page = TuningPage.of(List.of(folder));
        assertTrue(page.contains("iommu.queue 512, delivery.batch 64: the smallest sizes that keep the objective"));
        assertTrue(page.contains("./faultring tune mine.yaml"));
        assertFalse(page.contains("<b>accelerators"), "no text of a result is markup");
    }

    @Test
    void shouldRefuseAnotherSchema() throws IOException {
        Files.writeString(folder.resolve(TuningPage.TUNING), "{\"schema\":\"other/1\"}");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TuningPage.of(List.of(folder))).getMessage()
                .startsWith("schema=other/1 (expected: faultring-tuning/1"));
    }

    @Test
    void shouldFindTheFrontAndTheMap() throws IOException {
        final SweepPoints sweep = SweepPoints.of(sweep());
        assertEquals(List.of("iommu.queue", "devices.credits"), sweep.keys());
        assertEquals(9, sweep.points().size());
        assertEquals(1, sweep.refused());
        // The fewest credits are best for every size of the queue, and a larger queue is dearer and quicker.
        assertEquals(List.of(List.of("128", "32"), List.of("256", "32"), List.of("512", "32")),
                sweep.points().stream().filter(SweepPoints.Point::front).map(SweepPoints.Point::values).toList());
        assertEquals(1, sweep.maps().size());
        assertEquals(9, sweep.maps().get(0).values().size());
        assertEquals(2, sweep.points().get(0).runs());
        assertEquals(6, sweep.points().get(0).overflowsPerSecond());
        assertEquals(0.99, sweep.points().get(0).goodput(), 1e-9);
    }
}
