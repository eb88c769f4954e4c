/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code faultring jmh}: benchmarks of parts. Without a subcommand: prints its help. */
@Command(name = "jmh", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class, subcommands = {
    JmhRingsCommand.class}, description = "Measure parts with JMH, next to what others offer for the same job.",
        footer = {"", "Example: faultring jmh rings --quick"})
final class JmhCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
