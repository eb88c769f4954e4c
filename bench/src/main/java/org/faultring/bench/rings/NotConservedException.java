/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

/** What arrived is not what was sent: such a run has no result. */
public final class NotConservedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A wrong sum.
     *
     * @param expected of what was sent
     * @param found    of what arrived
     */
    NotConservedException(final long expected, final long found) {
        super("faults not conserved: sum=" + found + " (expected: " + expected + ")");
    }

    static void check(final long expected, final long found) {
        if (found != expected) {
            throw new NotConservedException(expected, found);
        }
    }
}
