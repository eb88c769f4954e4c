/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.WorkloadParams;

/** What the forks of one cell gave, in the order of the rounds. A fork's score is the median of its iterations. */
public final class Samples {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Cell cell;
    private final List<RunResult> forks = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();
    private final List<Double> allocatedBytes = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param cell that is measured
     */
    public Samples(final Cell cell) {
        this.cell = cell;
    }

    /**
     * The next round's fork.
     *
     * @param fork JMH's result
     */
    void add(final RunResult fork) {
        final List<IterationResult> iterations = new ArrayList<>();
        fork.getBenchmarkResults().forEach(result -> iterations.addAll(result.getIterationResults()));
        forks.add(fork);
        add(median(iterations.stream().mapToDouble(iteration -> iteration.getPrimaryResult().getScore()).toArray()),
                median(iterations.stream().mapToDouble(Samples::allocatedBytes).toArray()));
    }

    /**
     * The next round's fork, by its figures alone.
     *
     * @param score of the fork
     * @param bytes allocated per fault
     */
    public void add(final double score, final double bytes) {
        scores.add(score);
        allocatedBytes.add(bytes);
    }

    private static double allocatedBytes(final IterationResult iteration) {
        for (final String name : iteration.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return iteration.getSecondaryResults().get(name).getScore();
            }
        }
        return Double.NaN;
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
     * @return in the order of the rounds, in the measure's unit
     */
    public double[] scores() {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Median of the forks' scores.
     *
     * @return in the measure's unit
     */
    public double score() {
        return median(scores());
    }

    /**
     * Bytes allocated by all threads per fault or round trip, median of the forks.
     *
     * @return bytes
     */
    public double allocatedBytesPerFault() {
        return median(allocatedBytes.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static double median(final double[] values) {
        return new Median().evaluate(values);
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
                params.getTimeUnit(), params.getOpsPerInvocation(), params.getJvm(), arguments(params),
                params.getJdkVersion(), params.getVmName(), params.getVmVersion(), params.getJmhVersion(),
                params.getTimeout());
    }

    private static List<String> arguments(final BenchmarkParams params) {
        return Arrays.stream(params.getJvmArgs().toArray()).map(String::valueOf).toList();
    }
}
