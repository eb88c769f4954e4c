/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

/**
 * An invariant that did not hold.
 *
 * @param invariant which
 * @param nanos     virtual time
 * @param detail    what was seen, and what was expected
 */
public record Violation(Invariant invariant, long nanos, String detail) {

    @Override
    public String toString() {
        return "invariant " + invariant.number() + " " + invariant + " at " + nanos + " ns: " + detail + " ("
                + invariant.text() + ")";
    }
}
