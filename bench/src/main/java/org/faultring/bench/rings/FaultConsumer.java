/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

/** The consumer's end of a ring, for one thread. */
@FunctionalInterface
public interface FaultConsumer {

    /**
     * Take faults, in order, and hand each to the sink; waits for those that are not there yet.
     *
     * @param count of faults, all that will be produced until the next call
     */
    void consume(int count);
}
