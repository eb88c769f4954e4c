/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How the ends of a ring wait for each other. */
public enum Waiting {

    /** On a core of one's own. */
    BUSY_SPIN,
    /** Leaving the core to whoever wants it: for more threads than cores. */
    YIELDING;

    /**
     * For those who poll.
     *
     * @return a strategy of the caller's own
     */
    IdleStrategy newIdleStrategy() {
        return this == BUSY_SPIN ? new BusySpinIdleStrategy() : new YieldingIdleStrategy();
    }

    /**
     * For those whom the Disruptor lets wait.
     *
     * @return a strategy for one ring
     */
    WaitStrategy newWaitStrategy() {
        return this == BUSY_SPIN ? new BusySpinWaitStrategy() : new YieldingWaitStrategy();
    }
}
