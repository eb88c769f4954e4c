/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;

import org.faultring.ring.file.FileShape.EmptyRead;
import org.junit.jupiter.api.Test;

class PipeFaultsTest extends FaultFileContract {

    @Override
    StandInAvailability availability(final int inFlight) {
        return StandInAvailability.pipe(inFlight);
    }

    @Override
    FaultSource open(final int inFlight) {
        return new PipeFaults(inFlight, Math.max(1, inFlight / 2), EmptyRead.RETURNS_EAGAIN);
    }

    @Override
    boolean knowsCookies() {
        return false;
    }

    @Test
    void shouldKeepTheOrder() {
        try (FaultSource source = open(200)) {
            source.raise(200);
            assertOrder(LongStream.range(0, 200).map(i -> i << 12).toArray(), new Batch(source.file()).readAll(200));
        }
    }

    @Test
    void shouldTakeTheLargestBurst() {
        try (FaultSource source = new PipeFaults(1024, 1024, EmptyRead.BLOCKS)) {
            source.raise(500);
            assertOrder(LongStream.range(0, 500).map(i -> i << 12).toArray(), new Batch(source.file()).readAll(500));
            assertEquals(EmptyRead.BLOCKS, source.file().shape().emptyRead());
        }
    }

    @Test
    void shouldRefuseSettings() {
        assertThrows(IllegalArgumentException.class, () -> new PipeFaults(4, 5, EmptyRead.BLOCKS));
        assertThrows(IllegalArgumentException.class, () -> new PipeFaults(4, 0, EmptyRead.BLOCKS));
        assertThrows(IllegalArgumentException.class, () -> new PipeFaults(4, 4, EmptyRead.RETURNS_ZERO));
    }
}
