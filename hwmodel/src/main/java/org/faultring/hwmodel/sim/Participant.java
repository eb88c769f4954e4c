/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.agrona.concurrent.Agent;

/**
 * An agent of a simulation, and who pays for what it does.
 *
 * @param agent to step
 * @param world that it belongs to
 */
public record Participant(Agent agent, World world) {

    /** Checks the values. */
    public Participant {
        if (agent == null || world == null) {
            throw new IllegalArgumentException("agent=" + agent + " world=" + world + " (expected: both)");
        }
    }
}
