/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacedCpusTest {

    @BeforeEach
    void needLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux alone");
    }

    /** Affinity of a thread of its own after it was bound. */
    private static BitSet after(final Runnable binding) {
        final CompletableFuture<BitSet> found = new CompletableFuture<>();
        new Thread(() -> {
            try {
                binding.run();
                found.complete(new SchedulerCalls().affinity());
            } catch (final RuntimeException e) {
                found.completeExceptionally(e);
            }
        }).start();
        return found.join();
    }

    @ParameterizedTest
    @EnumSource(CpuPlacement.class)
    void shouldBindBothThreads(final CpuPlacement placement) {
        assumeTrue(placement == CpuPlacement.SAME || Runtime.getRuntime().availableProcessors() > 1,
                "there is one processor alone");
        final BitSet before = new SchedulerCalls().affinity();
        try (PlacedCpus cpus = new PlacedCpus(placement)) {
            assertEquals(BitSet.valueOf(new long[] {1L << cpus.producer()}), after(cpus::bindProducer));
            assertEquals(BitSet.valueOf(new long[] {1L << cpus.handler()}), after(cpus::bindHandler));
            assertEquals(placement == CpuPlacement.SAME, cpus.producer() == cpus.handler());
            assertEquals(placement, cpus.placement());
        }
        assertEquals(before, new SchedulerCalls().affinity(), "the caller's own is left alone");
    }

    @Test
    void shouldSayThatAProcessorIsMissing() {
        assertThrows(IllegalStateException.class, () -> PlacedCpus.bind(8000));
        assertThrows(IllegalStateException.class, () -> new IdleSpinner(8000));
    }

    @Test
    void shouldSayThatOneProcessorIsNotEnough() {
        final CompletionException e = assertThrows(CompletionException.class, () -> after(() -> {
            PlacedCpus.bind(new SchedulerCalls().affinity().nextSetBit(0));
            new PlacedCpus(CpuPlacement.IDLE);
        }));
        assertEquals(IllegalStateException.class, e.getCause().getClass());
        assertNotEquals(null, e.getCause().getMessage());
    }
}
