/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.os.topology.TopologyParseException;

/** The command line of the stress tests. */
public final class StressMain {

    private static final int OK = 0;
    private static final int WRONG_RESULT = 1;
    private static final int BAD_INPUT = 2;
    private static final int CANNOT_RUN = 3;

    private static final String HELP = """
            Usage: faultring stress [--long] [--out FOLDER] [-- OPTIONS]
            jcstress on the shipped rings: fails if two threads see what they must not see.
                  --long       every combination of interpreter, C1 and C2: about half an hour on
                               two cores; without it, one virtual machine for each test: a minute
                  --out FOLDER for jcstress' report, default target/jcstress
                  --help       this
              OPTIONS are jcstress' own; they replace what the mode says (-- -h shows them). -t takes
              TEST/RING or a part of it; -l lists them.
            Exit status: 0 fine, 1 wrong result, 2 bad input, 3 cannot run here.
            Examples: faultring stress
                      faultring stress --long -- -t Unblock
                      faultring stress --long -- -m tough
            """;

    private StressMain() {}

    /**
     * Run the tests and end the process with its exit status.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        int status;
        try {
            status = execute(System.out, System.err, args);
        } catch (final IOException | TopologyParseException e) {
            System.err.println("faultring stress: " + e);
            status = CANNOT_RUN;
        }
        System.exit(status);
    }

    static int execute(final PrintStream out, final PrintStream err, final String... args)
            throws IOException, TopologyParseException {
        boolean thorough = false;
        Path folder = Path.of("target", "jcstress");
        int i = 0;
        for (; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].equals("--help") || args[i].equals("-h")) {
                out.print(HELP);
                return OK;
            } else if (args[i].equals("--long")) {
                thorough = true;
            } else if (args[i].equals("--out") && i + 1 < args.length) {
                folder = Path.of(args[++i]);
            } else {
                err.println("faultring stress: bad argument '" + args[i] + "'; see 'faultring stress --help'");
                return BAD_INPUT;
            }
        }
        final List<String> given = i < args.length ? Arrays.asList(args).subList(i + 1, args.length) : List.of();
        useTemporaryFilesIn(Files.createDirectories(folder.toAbsolutePath()));
        final Options options = new Options(jcstressArgs(thorough, folder, given));
        if (!options.parse()) {
            return given.contains("-h") ? OK : BAD_INPUT;
        }
        final List<StressCase> cases = select(options.getTestFilter());
        if (cases.isEmpty() || options.shouldParse()) {
            err.println("faultring stress: " + (cases.isEmpty() ? "no test matches -t" : "-p is not supported"));
            return BAD_INPUT;
        }
        if (options.shouldList()) {
            cases.forEach(c -> out.println(c.name() + "  " + c.test().description()));
            return OK;
        }
        if (options.getCPUCount() < 2) {
            err.println("faultring stress: two threads need two processors");
            return CANNOT_RUN;
        }
        return report(new StressRun(options, out).run(cases), out, err);
    }

    private static int report(final StressVerdict verdict, final PrintStream out, final PrintStream err) {
        verdict.lines().forEach(out::println);
        verdict.problems().forEach(err::println);
        return verdict.problems().isEmpty() ? OK : WRONG_RESULT;
    }

    private static List<StressCase> select(final String filter) {
        try {
            final Pattern pattern = Pattern.compile(filter);
            return StressCase.all().stream().filter(c -> pattern.matcher(c.name()).find()).toList();
        } catch (final PatternSyntaxException e) {
            return List.of();
        }
    }

    /** jcstress writes files that say how to compile, and its libraries unpack themselves. */
    private static void useTemporaryFilesIn(final Path folder) {
        System.setProperty("java.io.tmpdir", folder.toString());
        System.setProperty("jna.tmpdir", folder.toString());
    }

    private static String[] jcstressArgs(final boolean thorough, final Path folder, final List<String> given) {
        final Map<String, String> args = new LinkedHashMap<>();
        args.put("-r", folder.toString());
        if (thorough) {
            args.put("-m", "quick");
            args.put("-strideSize", "16");
            args.put("-strideCount", "64");
        } else if (!given.contains("-m")) {
            args.putAll(shortMode());
        }
        args.keySet().removeAll(given);
        final List<String> all = new ArrayList<>();
        args.forEach((name, value) -> all.addAll(List.of(name, value)));
        all.addAll(given);
        return all.toArray(String[]::new);
    }

    /** One small virtual machine for each case, for as long as it takes to compile and to see many samples. */
    private static Map<String, String> shortMode() {
        final Map<String, String> args = new LinkedHashMap<>();
        args.put("-iters", "1");
        args.put("-time", "150");
        args.put("-f", "1");
        args.put("-strideSize", "16");
        args.put("-strideCount", "16");
        args.put("-hs", "64");
        args.put("-pth", "false");
        args.put("-sc", "false");
        args.put("-af", "NONE");
        args.put("-jvmArgs", "-XX:+UseSerialGC");
        return args;
    }
}
