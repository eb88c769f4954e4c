/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;

/** An agent that may have something to do at a moment that it knows, though nothing happens before. */
public interface TimedAgent extends Agent {

    /** There is no such moment. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Called by the agent's thread after {@code doWork()} returned 0.
     *
     * @return ns of the path's clock, after now, or {@link #NEVER}
     */
    long nextNanos();
}
