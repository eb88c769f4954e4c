/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

/** Moves one block of faults per call, from the calling thread's view from the first to the last. */
public interface BlockLoad extends AutoCloseable {

    /**
     * Move the next block.
     *
     * @throws NotConservedException if not all that was sent arrived, or not as it was sent
     */
    void move();

    /**
     * Between blocks: how far away the other thread's core is, in a millisecond or two.
     *
     * @return where the two threads are now
     */
    CoreDistance.Reading coreDistance();

    /** End the threads of the set-up. */
    @Override
    void close();
}
