/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.faultring.bench.tune.Profiles;
import org.faultring.bench.tune.Scenario;
import org.faultring.bench.tune.ScenarioKey;
import org.faultring.bench.tune.Scenarios;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faultring scenario}: the scenarios of {@code tune} and {@code sweep}. */
@Command(name = "scenario", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        subcommands = {ScenarioCommand.ListCommand.class, ScenarioCommand.ShowCommand.class,
            ScenarioCommand.CheckCommand.class},
        description = "Scenarios that come with the project, and those in files.",
        footer = {"", "Example: faultring scenario show vtd-accelerators >mine.yaml"})
final class ScenarioCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A scenario by name or file, with its profile, both checked. */
    static Scenario load(final String nameOrFile) {
        try {
            final Scenario scenario = Scenarios.load(nameOrFile);
            Profiles.load(scenario.text(ScenarioKey.PROFILE));
            return scenario;
        } catch (final IOException e) {
            throw new BadInputException(
                    "scenario=" + nameOrFile + " (expected: a readable file): " + IoReason.ofReading(e),
                    e);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }

    /** Names and what they stand for; all keys. */
    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "Scenarios that come with the project, and the keys of a scenario.",
            footer = {"", "Example: faultring scenario list"})
    static final class ListCommand implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final PrintWriter out = spec.commandLine().getOut();
            for (final String name : Scenarios.shipped()) {
                out.printf(Locale.ROOT, "%-18s %s%n", name, load(name).text(ScenarioKey.ABOUT));
            }
            out.println();
            for (final ScenarioKey key : ScenarioKey.values()) {
                out.printf(Locale.ROOT, "%-22s %s%n", key.key(), key.meaning());
            }
            out.flush();
            return ExitCode.OK;
        }
    }

    /** The text. */
    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "Print a scenario, to change it.",
            footer = {"", "Example: faultring scenario show riscv"})
    static final class ShowCommand implements Callable<Integer> {

        @Parameters(paramLabel = "SCENARIO", description = "Name, or file.")
        private String scenario;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            load(scenario);
            spec.commandLine().getOut().print(Scenarios.yaml(scenario));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
    }

    /** Whether it is one. */
    @Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
            description = "Read a scenario and say what is wrong with it, with the line.",
            footer = {"", "Exit code: 0 it is fine, 2 it is not.", "", "Example: faultring scenario check mine.yaml"})
    static final class CheckCommand implements Callable<Integer> {

        @Parameters(paramLabel = "SCENARIO", description = "Name, or file.")
        private String scenario;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final Scenario read = load(scenario);
            spec.commandLine().getOut().println(scenario + ": fine, " + read.said().size() + " values");
            return ExitCode.OK;
        }
    }
}
