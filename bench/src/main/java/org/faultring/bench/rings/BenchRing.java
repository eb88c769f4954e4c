/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.concurrent.IdleStrategy;

/** A ring behind the harness. */
public interface BenchRing {

    /**
     * Faults the ring can hold.
     *
     * @return the count
     */
    int capacity();

    /**
     * How the ends wait.
     *
     * @return what the ring was made with
     */
    Waiting waiting();

    /**
     * A producer's end. One for each producing thread, as many as the ring allows.
     *
     * @return the end, for one thread
     */
    default FaultProducer newProducer() {
        return newProducer(waiting().newIdleStrategy());
    }

    /**
     * A producer's end that waits in its own way.
     *
     * @param idle called where the ring is full
     * @return the end, for one thread
     */
    FaultProducer newProducer(IdleStrategy idle);

    /**
     * The consumer's end, to be made once and before anything is produced.
     *
     * @param sink gets every fault
     * @return the end, for one thread
     */
    FaultConsumer newConsumer(FaultSink sink);
}
