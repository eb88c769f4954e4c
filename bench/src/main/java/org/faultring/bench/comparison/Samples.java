/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.faultring.bench.statistics.MedianEstimate;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * What the forks of one cell gave, in the order of the rounds. A fork's score is the median of its iterations, of those
 * at the run's {@link Placement} once that is known; a fork that has none has no score.
 */
public final class Samples {

    private final Cell cell;
    private final List<RunResult> forks;
    private final List<List<Iteration>> iterations;
    private final Placement placement;

    /**
     * Nothing yet.
     *
     * @param cell that is measured
     */
    public Samples(final Cell cell) {
        this(cell, new ArrayList<>(), new ArrayList<>(), new Placement(Double.NaN, Double.NaN, 0, 0));
    }

    private Samples(final Cell cell, final List<RunResult> forks, final List<List<Iteration>> iterations,
            final Placement placement) {
        this.cell = cell;
        this.forks = forks;
        this.iterations = iterations;
        this.placement = placement;
    }

    /**
     * The next round's fork.
     *
     * @param fork JMH's result
     */
    void add(final RunResult fork) {
        forks.add(fork);
        add(fork.getBenchmarkResults().stream().flatMap(result -> result.getIterationResults().stream())
                .map(Iteration::of).toList());
    }

    /**
     * The next round's fork, by its figures alone.
     *
     * @param fork its iterations
     */
    public void add(final List<Iteration> fork) {
        iterations.add(List.copyOf(fork));
    }

    /**
     * The same, of which only iterations in one place count.
     *
     * @param only the place
     * @return a view
     */
    Samples at(final Placement only) {
        return new Samples(cell, forks, iterations, only);
    }

    /** All iterations, wherever they happened. */
    Stream<Iteration> iterations() {
        return iterations.stream().flatMap(List::stream);
    }

    /**
     * What was measured.
     *
     * @return the cell
     */
    public Cell cell() {
        return cell;
    }

    /**
     * Scores of the forks.
     *
     * @return in the order of the rounds, in the measure's unit, NaN for a fork without an iteration at the placement
     */
    public double[] scores() {
        return figures(Iteration::score);
    }

    /**
     * Median of the forks' scores.
     *
     * @return in the measure's unit, NaN without any
     */
    public double score() {
        return MedianEstimate.median(scores());
    }

    /**
     * Bytes allocated by all threads per fault or round trip, median of the forks.
     *
     * @return bytes, NaN without any
     */
    public double allocatedBytesPerFault() {
        return MedianEstimate.median(figures(Iteration::allocatedBytes));
    }

    private double[] figures(final ToDoubleFunction<Iteration> figure) {
        return iterations.stream()
                .mapToDouble(fork -> MedianEstimate
                        .median(fork.stream().filter(placement::holds).mapToDouble(figure).toArray()))
                .toArray();
    }

    /** All forks as one result of JMH, which so says how many there were. */
    RunResult merged() {
        final Collection<BenchmarkResult> results = new ArrayList<>();
        forks.forEach(fork -> results.addAll(fork.getBenchmarkResults()));
        return new RunResult(withForks(forks.get(0).getParams(), forks.size()), results);
    }

    private static BenchmarkParams withForks(final BenchmarkParams params, final int count) {
        final WorkloadParams workload = new WorkloadParams();
        int order = 0;
        for (final String key : params.getParamsKeys()) {
            workload.put(key, params.getParam(key), order++);
        }
        return new BenchmarkParams(params.getBenchmark(), params.generatedBenchmark(), params.shouldSynchIterations(),
                params.getThreads(), params.getThreadGroups(), params.getThreadGroupLabels(), count,
                params.getWarmupForks(), params.getWarmup(), params.getMeasurement(), params.getMode(), workload,
                params.getTimeUnit(), params.getOpsPerInvocation(), executable(params), arguments(params),
                params.getJdkVersion(), params.getVmName(), params.getVmVersion(), params.getJmhVersion(),
                params.getTimeout());
    }

    /** Without its folder, which says something about a machine and nothing about the result. */
    private static String executable(final BenchmarkParams params) {
        final Path file = Path.of(params.getJvm()).getFileName();
        return file == null ? params.getJvm() : file.toString();
    }

    private static List<String> arguments(final BenchmarkParams params) {
        return Arrays.stream(params.getJvmArgs().toArray()).map(String::valueOf).toList();
    }
}
