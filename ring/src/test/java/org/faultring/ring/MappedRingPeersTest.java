/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Device and handler in two processes, of C and of both Java versions that are promised, in every pair. */
@Timeout(3 * RingProcess.TIMEOUT_SECONDS)
class MappedRingPeersTest {

    private static final int GROUPS = 20_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"JAVA_17, JAVA_25", "JAVA_25, JAVA_17", "JAVA_17, C", "C, JAVA_17", "JAVA_25, C", "C, JAVA_25", "C, C"})
    void shouldCarryFaultsAndAnswers(final MappedPeer deviceOf, final MappedPeer handlerOf) throws Exception {
        assumeTrue(deviceOf.isThere(), deviceOf::sentence);
        assumeTrue(handlerOf.isThere(), handlerOf::sentence);
        final Path path = folder.resolve("faults");
        final MappedRing file = MappedRing.create(path, 64);
        final RingJournal raised = RingJournal.create(folder.resolve("raised"), GROUPS);
        final RingJournal answers = RingJournal.create(folder.resolve("answers"), 2 * GROUPS);
        final RingJournal answered = RingJournal.create(folder.resolve("answered"), 2 * GROUPS);
        final Process handler = handlerOf.begin("answer", path.toString(), folder.resolve("answered").toString());
        final Process device = deviceOf.begin("raise", path.toString(), folder.resolve("raised").toString(),
                folder.resolve("answers").toString());
        try {
            assertTrue(device.waitFor(RingProcess.TIMEOUT_SECONDS, TimeUnit.SECONDS), "time-out");
            assertEquals(0, device.exitValue());
            assertTrue(handler.isAlive());
        } finally {
            device.destroyForcibly();
            handler.destroyForcibly().waitFor();
        }
        final BitSet expected = new BitSet();
        assertTrue(raised.readInto(expected));
        assertEquals(GROUPS, expected.cardinality());
        for (final RingJournal journal : new RingJournal[] {answers, answered}) {
            final BitSet seen = new BitSet();
            assertTrue(journal.readInto(seen), "twice");
            assertEquals(expected, seen);
        }
        for (final int block : new int[] {MappedRingDescriptor.DEVICE_BLOCK, MappedRingDescriptor.HANDLER_BLOCK}) {
            assertEquals(0, LittleEndian.getLong(file.buffer(), block + MappedRingDescriptor.BLOCK_REFUSED));
        }
    }
}
