/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/** Where the thread that raises faults and the one that handles them run, as seen from each other. */
public enum CpuPlacement {
    /** Both on one processor: a wake-up is a switch of threads. */
    SAME,
    /** On two, and that of the handler never sleeps: an idle-priority thread spins on it. */
    AWAKE,
    /** On two, and that of the handler may sleep while it waits: a wake-up begins with an interrupt. */
    IDLE
}
