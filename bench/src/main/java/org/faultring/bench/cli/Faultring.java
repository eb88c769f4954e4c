/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

import org.faultring.bench.result.Environment;
import org.faultring.bench.result.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(name = "faultring", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class, subcommands = {
    RunCommand.class, SimulateCommand.class, ExploreCommand.class, DecodeCommand.class, EncodeCommand.class,
    CompareCommand.class, RampCommand.class, ReportCommand.class, WatchCommand.class, ScenarioCommand.class,
    TuneCommand.class, SweepCommand.class, ExperimentCommand.class, JmhCommand.class, PeersCommand.class,
    MappedCommand.class, InstructionsCommand.class, CalibrateCommand.class, DoctorCommand.class,
    SiteCommand.class},
        description = "The path of an I/O page fault: model it, measure it.",
        footer = {"",
            "Example: faultring run --design shared-ring --duration 5"})
public final class Faultring implements Runnable {

    @Spec
    private CommandSpec spec;

    /** A command without arguments: prints its help. */
    public Faultring() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /**
     * Run a command and end the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        final StandardOutput output = new StandardOutput();
        System.exit(execute(new PrintWriter(new OutputStreamWriter(output, System.out.charset()), true),
                new PrintWriter(System.err, true), output::isReaderGone, args));
    }

    /**
     * Run a command.
     *
     * @param out          for results
     * @param err          for everything else
     * @param isReaderGone asked when results could not be written: whether nobody wants them
     * @param args         of the command line
     * @return the exit code, see {@link ExitCode}; {@link StandardOutput#BROKEN_PIPE} if nobody wants the results
     */
    static int execute(final PrintWriter out, final PrintWriter err, final BooleanSupplier isReaderGone,
            final String... args) {
        final int code = new CommandLine(new Faultring()).setOut(out).setErr(err)
                .setParameterExceptionHandler(Faultring::onBadArgument)
                .setExecutionExceptionHandler(Faultring::onException)
                .execute(args);
        if (out.checkError()) {
            if (isReaderGone.getAsBoolean()) {
                // As if the signal had ended it, quietly.
                return StandardOutput.BROKEN_PIPE;
            }
            // A full disk: writers keep that to themselves.
            err.println("faultring: the output could not be written");
            return code == ExitCode.OK ? ExitCode.CANNOT_RUN : code;
        }
        return code;
    }

    private static int onBadArgument(final ParameterException e, final String[] args) {
        final CommandLine command = e.getCommandLine();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(e.getMessage())
                + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.BAD_INPUT;
    }

    private static int onException(final Exception e, final CommandLine command,
            final CommandLine.ParseResult arguments) throws Exception {
        if (e instanceof BadInputException) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(e.getMessage()));
            return ExitCode.BAD_INPUT;
        }
        throw e;
    }

    private static String oneLine(final String message) {
        return message == null ? "" : message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Version of the program and the commit it was built from. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"faultring " + Versions.faultring() + " ("
                    + System.getProperty(Environment.COMMIT_PROPERTY, "unknown") + ")"};
        }
    }
}
