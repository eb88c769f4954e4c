/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.mapped;

/** An end saw other faults than were raised. */
public final class LostFaultsException extends Exception {

    private static final long serialVersionUID = 1L;

    LostFaultsException(final LoadName name, final long expected, final long seen) {
        super(name + ": the sum of the addresses is " + seen + " (expected: " + expected + ")");
    }
}
