/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody shortens the file under a process that works on it: the process is told, counts it and goes on. */
@Timeout(3 * RingProcess.TIMEOUT_SECONDS)
class MappedRingCutTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"C, 0", "C, 4096", "C, 69632", "JAVA_17, 0", "JAVA_17, 4096", "JAVA_17, 69632", "JAVA_25, 0",
        "JAVA_25, 4096", "JAVA_25, 69632"})
    void shouldOutliveAFileThatGetsShorter(final MappedPeer peer, final long length) throws Exception {
        assumeTrue(peer.isThere(), peer::sentence);
        final Path path = folder.resolve("faults");
        // Some pages longer than what is left.
        MappedRing.create(path, 1024);
        final Process process = peer.begin("cut", path.toString());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            assertEquals("working", output.readLine());
            channel.truncate(length);
            final String line = output.readLine();
            assertTrue(line != null && line.matches(peer == MappedPeer.C ? "cut [1-9][0-9]*" : "cut 2"),
                    "printed " + line);
            assertTrue(process.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS), "time-out");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Asked before anything has failed, and where another file has the name by now. */
    @Test
    void shouldCountACutOnceForEachSide() throws Exception {
        final Path path = folder.resolve("faults");
        final MappedRing file = MappedRing.create(path, 1024);
        final MappedDevice device = file.device(0, 1);
        final MappedHandler handler = file.handler(0, 1);
        assertTrue(device.tryClaim(1) >= 0);
        assertFalse(device.isCut());
        assertTrue(device.heartbeat(1));
        Files.move(path, folder.resolve("moved"));
        MappedRing.create(path, 1024);
        try (FileChannel channel = FileChannel.open(folder.resolve("moved"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        for (int i = 0; i < 2; i++) {
            assertTrue(device.isCut());
        }
        assertEquals(1, file.cuts());
        assertTrue(handler.isCut());
        assertEquals(2, file.cuts());
        assertFalse(device.heartbeat(2));
        device.close();
        handler.close();
    }
}
