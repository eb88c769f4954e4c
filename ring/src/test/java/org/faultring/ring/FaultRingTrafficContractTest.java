/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link FaultRing} promises, between threads: order, no loss, no duplicates, whole groups. */
@ParameterizedClass(name = "{0}, capacity {1}, from {2}")
@MethodSource("rings")
@Timeout(60)
class FaultRingTrafficContractTest extends FaultRingContract {

    FaultRingTrafficContractTest(final RingKind kind, final int capacity, final long start) {
        super(kind, capacity, start);
    }

    static Stream<Arguments> rings() {
        // Threads say little about positions; half of the rings begin elsewhere.
        return everyKind(1, 2, 8, 1024).filter(ring -> ((RingKind) ring.get()[0]).allowsThreads())
                .filter(ring -> (long) ring.get()[2] == 0 == ((int) ring.get()[1] == 2 || (int) ring.get()[1] == 1024));
    }

    /** Where the ring is full all the time, the threads have to wait for each other at every group. */
    private int sized(final int slots) {
        return capacity < 8 ? slots / 16 * capacity : slots;
    }

    @Test
    void shouldCarryFaultsFromOneThreadToAnother() throws InterruptedException {
        new RingTraffic(ring, sized(800_000)).run();
    }

    @Test
    void shouldCarryFaultsOfAProducerThatDiesAndHasSuccessors() throws InterruptedException {
        assumeTrue(kind.canUnblock());
        new ProducersTraffic(ring, 1, sized(160_000), true).run();
    }

    @Test
    void shouldCarryFaultsOfTwoProducers() throws InterruptedException {
        assumeTrue(kind.allowsSeveralProducers());
        new ProducersTraffic(ring, 2, sized(160_000), false).run();
    }

    @Test
    void shouldCarryFaultsOfTwoProducersThatDieAndHaveSuccessors() throws InterruptedException {
        assumeTrue(kind.allowsSeveralProducers() && kind.canUnblock());
        new ProducersTraffic(ring, 2, sized(160_000), true).run();
    }
}
