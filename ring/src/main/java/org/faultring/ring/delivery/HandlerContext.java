/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;

/**
 * What every design needs besides its file or ring.
 *
 * @param handler of the faults
 * @param stages  stamped for sampled groups
 * @param clock   of the path
 * @param tally   of the world that calls
 */
public record HandlerContext(PageFaultHandler handler, StageTimes stages, NanoClock clock, Tally tally) {

    /** Checks that nothing is missing. */
    public HandlerContext {
        if (handler == null || stages == null || clock == null || tally == null) {
            throw new IllegalArgumentException("handler=" + handler + " stages=" + stages + " clock=" + clock
                    + " tally=" + tally + " (expected: all)");
        }
    }

    GroupHandling handling() {
        return new GroupHandling(handler, stages, clock, tally);
    }
}
