/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;

/** An agent that for long stretches nothing that others do concerns, so that it need not look. */
public interface DormantAgent extends Agent {

    /**
     * Whether nothing that others do concerns it now. Called by whoever runs all agents.
     *
     * @return true until it is asked for something
     */
    boolean isDormant();
}
