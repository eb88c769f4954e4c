/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where the thread that raises faults and the one that handles them run, as seen from each other. Each of the three
 * turns the order of designs over.
 */
public enum CpuPlacement {

    /** Both on one processor: a wake-up is a switch of threads. */
    SAME("same"),
    /** On two, and that of the handler never sleeps: an idle-priority thread spins on it. */
    AWAKE("awake"),
    /** On two, and that of the handler may sleep while it waits: a wake-up begins with an interrupt. */
    IDLE("idle");

    private final String key;

    CpuPlacement(final String key) {
        this.key = key;
    }

    /**
     * Name for commands and results.
     *
     * @return one word
     */
    public String key() {
        return key;
    }

    /**
     * Placement of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the placement
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CpuPlacement ofKey(final String key) {
        return Arrays.stream(values()).filter(placement -> placement.key.equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("placement=" + key + " (expected: "
                        + Arrays.stream(values()).map(CpuPlacement::key).collect(Collectors.joining(", ")) + ")"));
    }
}
