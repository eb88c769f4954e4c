/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The command as it was typed, for results that say how to repeat them. */
final class TypedCommand {

    private TypedCommand() {}

    static String of(final CommandSpec spec) {
        return "./faultring " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
