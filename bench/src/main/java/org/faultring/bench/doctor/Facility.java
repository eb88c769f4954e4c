/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.doctor;

/**
 * A part of the real kernel that a design or a fault file needs.
 *
 * @param name        what it is
 * @param isAvailable whether it can be used here
 * @param sentence    what was found, and what to do where it cannot
 */
public record Facility(String name, boolean isAvailable, String sentence) {

    Finding finding() {
        return isAvailable ? Finding.good(name, sentence)
                : Finding.missing(name, sentence, "");
    }
}
