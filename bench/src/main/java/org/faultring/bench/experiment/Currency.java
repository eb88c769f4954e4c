/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a figure of the model is made of; the two never share an axis or a column. */
public enum Currency {
    /** What happened, counted. */
    EVENTS("events"),
    /** Time by the prices of a profile. */
    VIRTUAL_TIME("virtual time");

    private final String label;

    Currency(final String label) {
        this.label = label;
    }

    /**
     * Name in results.
     *
     * @return a word or two
     */
    @JsonValue
    public String label() {
        return label;
    }
}
