/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel;

import org.agrona.concurrent.NanoClock;

/** A clock that a test sets, or that goes on by a step with every look at it. One thread. */
public final class ManualClock implements NanoClock {

    private final long stepNanos;
    private long nanos;

    /** A clock that stands still until it is moved. */
    public ManualClock(final long startNanos) {
        this(startNanos, 0);
    }

    /** A clock that goes on by a step with every look at it. */
    public ManualClock(final long startNanos, final long stepNanos) {
        this.nanos = startNanos;
        this.stepNanos = stepNanos;
    }

    public void advance(final long byNanos) {
        nanos += byNanos;
    }

    @Override
    public long nanoTime() {
        nanos += stepNanos;
        return nanos;
    }
}
