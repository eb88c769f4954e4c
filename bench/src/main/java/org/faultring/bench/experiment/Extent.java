/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import com.fasterxml.jackson.annotation.JsonValue;

/** How much of an experiment is run. */
public enum Extent {
    /** Every value of every axis. */
    FULL("full"),
    /** A few values of each axis and few faults: to see that it runs. */
    QUICK("quick");

    private final String key;

    Extent(final String key) {
        this.key = key;
    }

    /**
     * Name in results.
     *
     * @return one word
     */
    @JsonValue
    public String key() {
        return key;
    }

    /** One of two things. */
    <T> T choose(final T full, final T quick) {
        return this == FULL ? full : quick;
    }
}
