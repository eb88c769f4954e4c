/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

/** Who reads what is printed. */
final class Terminal {

    private Terminal() {}

    /** Whether somebody watches on a terminal. */
    static boolean isThere() {
        return System.console() != null && System.console().isTerminal();
    }
}
