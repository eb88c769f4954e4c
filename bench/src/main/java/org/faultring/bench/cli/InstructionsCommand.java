/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.faultring.bench.instructions.CannotCountException;
import org.faultring.bench.instructions.ClientLines;
import org.faultring.bench.instructions.CountedKernel;
import org.faultring.bench.instructions.CountingClient;
import org.faultring.bench.instructions.CountingEffort;
import org.faultring.bench.instructions.CountingMachine;
import org.faultring.bench.instructions.InstructionCounts;
import org.faultring.bench.report.InstructionTable;
import org.faultring.bench.report.ProgressLine;
import org.faultring.bench.result.Environment;
import org.faultring.bench.result.ResultFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faultring instructions}: the cost of each delivery design on a real iommufd. */
@Command(name = "instructions", mixinStandardHelpOptions = true, versionProvider = Faultring.Version.class,
        sortOptions = false,
        description = {
            "Count the instructions of each way to get a fault from iommufd to user space and its answer back: read, "
                    + "poll, and every form of io_uring.",
            "Compiles a C client with gcc and runs it in a machine that counts instructions, twice over all designs; "
                    + "about a minute for each kernel. What is counted: docs/instructions.md."},
        footer = {"",
            "Exit code: 0 fine, 1 a fault was lost, doubled or not answered, 2 bad input, 3 it cannot be run here.", "",
            "Example: faultring instructions --vm ./boot --kernel bzImage --kernel bzImage-changed"})
final class InstructionsCommand implements Callable<Integer> {

    private static final String OWN_KERNEL = "own-kernel";

    @Option(names = "--vm", paramLabel = "PROGRAM", defaultValue = "${env:" + CountingMachine.VARIABLE + "}",
            description = "Boots the machine. Default: what the environment variable " + CountingMachine.VARIABLE
                    + " names.")
    private Path vm;

    @Option(names = "--kernel", paramLabel = "IMAGE",
            description = "A kernel to count on; may be given several times, which puts them side by side. Default: "
                    + "the machine's own.")
    private List<Path> kernels = new ArrayList<>();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "" + CountingEffort.MAX_ROUNDS,
            description = "Rounds for each design and batch at most, " + CountingEffort.MIN_ROUNDS + ".."
                    + CountingEffort.MAX_ROUNDS + ". Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "170",
            description = "For each kernel. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Write instructions.json, table.txt, command.txt, environment.json and the client's lines "
                    + "here.")
    private Path out;

    @Option(names = "--json",
            description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private volatile boolean interrupted;

    @Override
    public Integer call() {
        final CountingEffort effort = effort();
        final Map<String, Path> images = images();
        if (timeout < 1) {
            throw new BadInputException("--timeout=" + timeout + " (expected: at least 1)", null);
        }
        if (vm == null || vm.toString().isEmpty()) {
            return cannotRun("there is no machine to count in: set " + CountingMachine.VARIABLE
                    + " to the program that boots one, see docs/instructions.md");
        }
        final ResultFolder results = out == null ? null : OutOption.folder(out);
        final CountingMachine machine = new CountingMachine(vm.toAbsolutePath(), timeout);
        try (Interruption interruption = new Interruption()) {
            interruption.ends(() -> {
                interrupted = true;
                machine.stop();
            });
            return countOrSayWhy(machine, effort, images, results);
        }
    }

    private int countOrSayWhy(final CountingMachine machine, final CountingEffort effort,
            final Map<String, Path> images, final ResultFolder results) {
        try {
            return count(machine, effort, images, results);
        } catch (final CannotCountException e) {
            return cannotRun(interrupted ? "interrupted, nothing was written" : e.getMessage());
        } catch (final IOException e) {
            return cannotRun("a file cannot be written: " + e.getMessage());
        } finally {
            abandon(results);
        }
    }

    private int count(final CountingMachine machine, final CountingEffort effort, final Map<String, Path> images,
            final ResultFolder results) throws CannotCountException, IOException {
        final Map<String, String> lines = new LinkedHashMap<>();
        final List<CountedKernel> counted = countAll(machine, effort, images, lines);
        final InstructionCounts counts =
                new InstructionCounts(Environment.collect(), TypedCommand.of(spec), effort, counted);
        final String table = InstructionTable.of(counts);
        spec.commandLine().getOut().print(json ? counts.json() + "\n" : table);
        spec.commandLine().getOut().flush();
        if (results != null) {
            counts.write(results, lines, table);
        }
        return counts.isRight() ? ExitCode.OK : ExitCode.WRONG_RESULT;
    }

    private List<CountedKernel> countAll(final CountingMachine machine, final CountingEffort effort,
            final Map<String, Path> images, final Map<String, String> lines)
            throws CannotCountException, IOException {
        final Path folder = Files.createTempDirectory("faultring-instructions-");
        try (ProgressLine progress = ProgressLine.of("instructions", System.err, Terminal.isThere())) {
            final Path shared = Files.createDirectory(folder.resolve("shared"));
            new CountingClient(CountingClient.COMPILER).compile(folder, shared);
            final List<CountedKernel> counted = new ArrayList<>();
            for (final Map.Entry<String, Path> image : images.entrySet()) {
                final ClientLines client = new ClientLines();
                machine.run(image.getValue(), shared, effort, line -> {
                    client.accept(line);
                    progress.at((counted.size() + client.progress()) / images.size(), image.getKey());
                });
                if (!client.isComplete()) {
                    throw new CannotCountException("the machine with " + image.getKey()
                            + " ended without a result: " + client.reason());
                }
                counted.add(client.counted(image.getKey()));
                lines.put(image.getKey(), client.raw());
            }
            return counted;
        } catch (final IllegalArgumentException e) {
            throw new CannotCountException("the machine prints what the client does not: " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    private CountingEffort effort() {
        try {
            return CountingEffort.of(rounds);
        } catch (final IllegalArgumentException e) {
            throw BadInputException.ofSetting(e);
        }
    }

    /** By name; the files' names, and a number behind those that were there before. */
    private Map<String, Path> images() {
        final Map<String, Path> images = new LinkedHashMap<>();
        for (final Path kernel : kernels) {
            if (!Files.isReadable(kernel) || Files.isDirectory(kernel)) {
                throw new BadInputException("--kernel=" + kernel + " (expected: an image that can be read)", null);
            }
            String name = kernel.getFileName().toString();
            for (int i = 2; images.containsKey(name); i++) {
                name = kernel.getFileName() + "-" + i;
            }
            images.put(name, kernel.toAbsolutePath());
        }
        if (images.isEmpty()) {
            images.put(OWN_KERNEL, null);
        }
        return images;
    }

    /** Does nothing once there is a result. */
    private void abandon(final ResultFolder results) {
        try {
            if (results != null) {
                results.abandon();
            }
        } catch (final IOException e) {
            cannotRun("cannot delete the empty folder for the result: " + IoReason.of(e));
        }
    }

    private static void delete(final Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                    throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private int cannotRun(final String why) {
        spec.commandLine().getErr().println("faultring instructions: " + why);
        return ExitCode.CANNOT_RUN;
    }
}
