/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.file.Wait;

/**
 * When to take completions: at the first, or once there is a minimum, or the first has waited for the others long
 * enough. Used by the user world.
 */
final class CompletionWait {

    private static final long NONE = Long.MAX_VALUE;

    private final IoRing ring;
    private final int minimum;
    private final long longestNanos;
    private final NanoClock clock;
    private final Wait wait;
    private long deadlineNanos = NONE;

    CompletionWait(final IoRing ring, final RingSettings settings, final NanoClock clock) {
        this.ring = ring;
        this.minimum = settings.minimumBatch();
        this.longestNanos = settings.longestWaitNanos();
        this.clock = clock;
        this.wait = Wait.completions(ring);
    }

    /** Whether what has completed should wait for more; {@link #waitingOn()} then says how long. */
    boolean isTooEarly() {
        final int available = ring.completions();
        return minimum > 1 && available > 0 && available < minimum && lingers();
    }

    private boolean lingers() {
        final long now = clock.nanoTime();
        if (deadlineNanos == NONE) {
            deadlineNanos = now + longestNanos;
        }
        if (now >= deadlineNanos) {
            return false;
        }
        wait.atLeast(minimum).until(deadlineNanos);
        return true;
    }

    /** Completions have been looked for: wait for the next one. */
    void taken() {
        if (deadlineNanos != NONE) {
            deadlineNanos = NONE;
        }
        wait.atLeast(1).until(NONE);
    }

    Wait waitingOn() {
        return wait;
    }
}
