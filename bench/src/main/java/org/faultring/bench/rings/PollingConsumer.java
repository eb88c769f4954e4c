/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.Padded;

/** A consumer that polls and waits by itself when there is nothing. */
abstract class PollingConsumer extends Padded implements FaultConsumer {

    /** Most faults of one poll, as in the first example of {@link org.faultring.ring.FaultRing}. */
    static final int LIMIT = 64;

    private final IdleStrategy idle;

    PollingConsumer(final IdleStrategy idle) {
        this.idle = idle;
    }

    /**
     * Hand over what is there.
     *
     * @param limit most faults
     * @return faults handed over
     */
    abstract int poll(int limit);

    @Override
    public final void consume(final int count) {
        int left = count;
        while (left > 0) {
            final int taken = poll(Math.min(left, LIMIT));
            if (taken == 0) {
                idle.idle();
            }
            left -= taken;
        }
    }
}
