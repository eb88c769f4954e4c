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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

    @TempDir
    private Path folder;

    private Path scenario() throws IOException {
        return Files.writeString(folder.resolve("small.yaml"), """
                name: small
                duration: 1ms
                warmup: 100us
                devices: {count: 2, credits: 64}
                arrival: {process: poisson, rate: 200k}
                """);
    }

    private Call sweep(final String out, final String... more) throws IOException {
        final List<String> args = new java.util.ArrayList<>(List.of("sweep", scenario().toString(), "--vary",
                "iommu.queue=128,256,1000", "--vary", "devices.credits=16,64", "--seeds", "3", "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return Call.of(args.toArray(String[]::new));
    }

    private String file(final String out, final String name) throws IOException {
        return Files.readString(folder.resolve(out).resolve(name));
    }

    @Test
    void shouldWriteTheSameFilesInShardsOnAnyThreadsAndAfterAnEnd() throws IOException {
        assertEquals(ExitCode.OK, sweep("whole", "--threads", "1").exitCode());
        assertEquals(18, file("whole", "sweep.jsonl").lines().count());
        assertEquals(19, file("whole", "sweep.csv").lines().count());
        assertTrue(file("whole", "sweep.jsonl").contains("iommu.queue=1000 (expected: "));

        assertEquals(ExitCode.OK, sweep("two", "--threads", "2").exitCode());
        assertEquals(file("whole", "sweep.jsonl"), file("two", "sweep.jsonl"));

        // As an end leaves it: some runs in any order, the last line torn.
        final List<String> lines = file("whole", "sweep.jsonl").lines().toList();
        Files.createDirectories(folder.resolve("killed"));
        Files.writeString(folder.resolve("killed/sweep.partial"), file("whole", "sweep.id") + lines.get(7) + "\n"
                + lines.get(2) + "\n" + lines.get(11).substring(0, 50));
        assertEquals(ExitCode.OK, sweep("killed", "--threads", "2").exitCode());
        assertEquals(file("whole", "sweep.jsonl"), file("killed", "sweep.jsonl"));
        assertEquals(file("whole", "sweep.csv"), file("killed", "sweep.csv"));
        assertTrue(Files.notExists(folder.resolve("killed/sweep.partial")));

        assertEquals(ExitCode.OK, sweep("a", "--shard", "1/2").exitCode());
        assertEquals(ExitCode.BAD_INPUT, Call.of("sweep", "merge", folder.resolve("a").toString(), "--out",
                folder.resolve("merged").toString()).exitCode());
        assertEquals(ExitCode.OK, sweep("b", "--shard", "2/2").exitCode());
        final Call merge = Call.of("sweep", "merge", folder.resolve("a").toString(), folder.resolve("b").toString(),
                "--out", folder.resolve("merged").toString());
        assertEquals(ExitCode.OK, merge.exitCode(), merge.err());
        assertEquals(file("whole", "sweep.jsonl"), file("merged", "sweep.jsonl"));
    }

    @Test
    void shouldDrawPointsAndRefuseAnotherSweep() throws IOException {
        final String[] args = {"sweep", scenario().toString(), "--vary", "devices.credits=8..64", "--random", "4",
            "--out", folder.resolve("random").toString()};
        assertEquals(ExitCode.OK, Call.of(args).exitCode());
        assertEquals(4, file("random", "sweep.jsonl").lines().count());
        assertEquals(ExitCode.BAD_INPUT, sweep("random").exitCode());
    }

    @Test
    void shouldRefuseWhatIsNoSweep() throws IOException {
        assertEquals(ExitCode.BAD_INPUT, sweep("x", "--shard", "3/2").exitCode());
        assertEquals(ExitCode.BAD_INPUT, sweep("x", "--vary", "devices.credit=1").exitCode());
        assertEquals(ExitCode.BAD_INPUT, Call.of("sweep").exitCode());
    }
}
