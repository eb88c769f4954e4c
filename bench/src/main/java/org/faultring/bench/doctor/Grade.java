/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

/** What a finding means for measuring. */
public enum Grade {
    /** Nothing to do. */
    GOOD("good"),
    /** Cannot be changed here, or is no more than worth knowing: figures carry it. */
    NOTE("note"),
    /** Bends figures, and can be changed. */
    CHANGE("change"),
    /** Something cannot be measured here. */
    MISSING("missing");

    private final String label;

    Grade(final String label) {
        this.label = label;
    }

    /**
     * In a table and in JSON.
     *
     * @return one word
     */
    public String label() {
        return label;
    }
}
