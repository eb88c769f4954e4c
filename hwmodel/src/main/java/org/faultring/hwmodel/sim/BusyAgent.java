/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.agrona.concurrent.Agent;

/** An agent whose duty cycles take time beside what they are billed for: a handler's own time, a pause. */
public interface BusyAgent extends Agent {

    /**
     * Called by the scheduler after each duty cycle: how long the agent stays busy beyond its bill.
     *
     * @return virtual ns since the last call, 0 for none
     */
    long takeBusyNanos();
}
