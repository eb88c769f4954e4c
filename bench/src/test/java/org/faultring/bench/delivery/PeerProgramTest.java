/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.faultring.bench.linux.FileClient;
import org.faultring.bench.statistics.RatioEstimate;
import org.junit.jupiter.api.Test;

class PeerProgramTest {

    private static PeerProgram program() throws IOException, CannotRunException {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "gcc").canExecute()), "no gcc");
        return new PeerProgram();
    }

    @Test
    void shouldRunTheSameTrialsInBothLanguagesOnWhateverRunsHere() throws IOException, CannotRunException {
        try (PeerProgram program = program()) {
            for (final PeerFile file : PeerFile.values()) {
                for (final int inFlight : List.of(1, 32)) {
                    if (file.availability(inFlight).isAvailable()) {
                        try (PeerProcess theirs = program.start(file.label(), inFlight);
                                FileClient ours = file.open(inFlight)) {
                            assertTrue(ours.nanosPerFault(50) > 0);
                            assertTrue(theirs.nanos(50) > 0);
                            assertTrue(ours.nanosPerFault(100) > 0);
                            assertTrue(theirs.nanos(100) > 0);
                            assertTrue(theirs.waits() > 0, file.label());
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldSayWhatTheProgramSaysOfABadOrder() throws IOException, CannotRunException {
        try (PeerProgram program = program();
                PeerProcess none = program.start("nonsense", 1);
                PeerProcess call = program.start(PeerComparison.CALL, 1)) {
            assertTrue(
                    assertThrows(CannotRunException.class, () -> none.nanos(1)).getMessage().contains("usage: peer"));
            assertTrue(call.nanos(10) > 0);
            assertThrows(CannotRunException.class, () -> call.nanos(0));
        }
    }

    @Test
    void shouldJudgeTheInterval() {
        assertEquals("yes", ratio(1.0, 1.149).isBelowMost());
        assertEquals("can't tell", ratio(1.0, 1.15).isBelowMost());
        assertEquals("no", ratio(1.15, 1.3).isBelowMost());
        assertEquals(20, ratio(1, 1).nanosMore());
    }

    private static PeerRatio ratio(final double low, final double high) {
        return new PeerRatio("pipe", 1, 120, 100, new RatioEstimate(low, low, high, 8), 0, 0);
    }
}
