/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** Results of JMH that no fork has given. */
public final class Forked {

    private Forked() {}

    /** A fork whose iterations had these scores. */
    public static RunResult of(final Cell cell, final double allocated, final double... scores) {
        final WorkloadParams workload = new WorkloadParams();
        workload.put("ring", cell.ring().label(), 0);
        workload.put("batch", Integer.toString(cell.batch()), 1);
        final IterationParams warmup =
                new IterationParams(IterationType.WARMUP, 1, TimeValue.milliseconds(10), 1);
        final IterationParams measurement =
                new IterationParams(IterationType.MEASUREMENT, scores.length, TimeValue.milliseconds(10), 1);
        final BenchmarkParams params = new BenchmarkParams("org.example.Benchmark.run", "generated", true, 1,
                new int[] {1}, List.of(), 1, 0, warmup, measurement, Mode.Throughput, workload,
                TimeUnit.MICROSECONDS, 1, "java", List.of("-Xmx1g"), "25", "VM", "25", "1.37",
                TimeValue.minutes(1));
        final List<IterationResult> iterations = new ArrayList<>();
        for (final double score : scores) {
            final IterationResult iteration = new IterationResult(params, measurement, null);
            iteration.addResult(new ThroughputResult(ResultRole.PRIMARY, "run", score * 1000,
                    1_000_000, TimeUnit.MICROSECONDS));
            iteration.addResult(new ScalarResult("gc.alloc.rate.norm", allocated, "B/op", AggregationPolicy.AVG));
            iterations.add(iteration);
        }
        return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
    }
}
