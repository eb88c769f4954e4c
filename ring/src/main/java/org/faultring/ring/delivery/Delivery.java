/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.Agent;
import org.faultring.ring.file.Wait;

/**
 * One way for user space to get faults and give answers. Written once, run on the model and on a real kernel.
 *
 * <p>A delivery never waits. {@code doWork()} makes only calls that return at once; when it returned 0,
 * {@link #waitingOn()} says what would make another call worthwhile, and the host decides how to wait for that.
 */
public interface Delivery extends Agent {

    /**
     * Called by the agent's thread after {@code doWork()} returned 0.
     *
     * @return what to wait on; the same object may be returned each time
     */
    Wait waitingOn();
}
