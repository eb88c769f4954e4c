/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

/** What two threads share in a test of several producers, which runs only on rings that allow them. */
public abstract class ManyProducersState extends RingState {

    /**
     * Take an empty ring.
     *
     * @param pool of the test class
     */
    protected ManyProducersState(final RingPool pool) {
        super(pool);
    }
}
