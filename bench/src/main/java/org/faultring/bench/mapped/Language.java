/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

import com.fasterxml.jackson.annotation.JsonValue;

/** In what an end of a ring is written. */
public enum Language {

    /** A thread of this virtual machine. */
    JAVA("Java"),
    /** A process of its own, faultring.h compiled as C++ at -O2. */
    C("C");

    private final String label;

    Language(final String label) {
        this.label = label;
    }

    /**
     * In tables and results.
     *
     * @return a word
     */
    @JsonValue
    public String label() {
        return label;
    }
}
