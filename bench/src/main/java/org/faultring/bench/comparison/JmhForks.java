/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.faultring.bench.jmh.RingRoundTrip;
import org.faultring.bench.jmh.RingThroughput;
import org.faultring.bench.rings.NotConservedException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Forks of JMH, with the arguments of this JVM and the profiler that counts allocated bytes. */
public final class JmhForks implements Forks {

    /** Agrona's documentation: the faster setting, once a program is tested. */
    private static final String AGRONA_AS_FAST_AS_DOCUMENTED = "-Dagrona.disable.bounds.checks=true";

    private static final Pattern EXCEPTION = Pattern.compile("^[a-z]+(\\.\\w+)+(Exception|Error)\\b.*");

    private final List<String> jvmArguments;

    /**
     * Forks of this JVM's kind.
     *
     * @param jvmArguments for each fork
     */
    public JmhForks(final List<String> jvmArguments) {
        this.jvmArguments = new ArrayList<>(jvmArguments);
        this.jvmArguments.add(AGRONA_AS_FAST_AS_DOCUMENTED);
    }

    @Override
    public RunResult run(final Cell cell, final Effort effort) throws ForkFailedException {
        final ByteArrayOutputStream log = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(log, false, StandardCharsets.UTF_8)) {
            return new Runner(options(cell, effort).build(),
                    OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL)).runSingle();
        } catch (final RunnerException e) {
            final String text = log.toString(StandardCharsets.UTF_8);
            throw new ForkFailedException(cell + ": " + reason(text, e),
                    !text.contains(NotConservedException.class.getName()), e);
        }
    }

    private ChainedOptionsBuilder options(final Cell cell, final Effort effort) {
        final TimeValue time = TimeValue.milliseconds(effort.iterationMillis());
        final ChainedOptionsBuilder options = new OptionsBuilder().forks(1)
                .warmupIterations(effort.warmups()).warmupTime(time)
                .measurementIterations(effort.iterations()).measurementTime(time)
                .jvmArgs(jvmArguments.toArray(String[]::new)).addProfiler(GCProfiler.class).shouldFailOnError(true)
                .param("ring", cell.ring().label());
        if (cell.measure() == Measure.ROUND_TRIP) {
            return options.include(exactly(RingRoundTrip.class));
        }
        return options.include(exactly(RingThroughput.class)).param("batch", Integer.toString(cell.batch()))
                .param("producers", Integer.toString(cell.producers()));
    }

    private static String exactly(final Class<?> benchmark) {
        return "^" + Pattern.quote(benchmark.getName() + ".");
    }

    /** The first exception the fork has printed, else what JMH says. */
    private static String reason(final String log, final RunnerException e) {
        return log.lines().map(String::strip).filter(line -> EXCEPTION.matcher(line).matches()).findFirst()
                .orElse(e.getMessage());
    }

    /** End the fork that is running, if there is one: its {@link #run} fails. Any thread. */
    public static void stop() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }
}
