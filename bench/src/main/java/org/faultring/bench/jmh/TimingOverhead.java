/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.load.LatencyRecorder;
import org.faultring.bench.load.TimingCostMeter;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.FaultPathConfig;
import org.faultring.hwmodel.workload.GroupingRule;
import org.faultring.hwmodel.workload.PerfScriptReader;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What measuring costs: to record a sample, and a fault through the whole path on one thread with one group in so many
 * timed. An operation is one sample, or one fault.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TimingOverhead {

    private static final int GROUPS = 1_000;
    private static final int SAMPLES = 6 * GROUPS;

    /** Made by JMH. */
    public TimingOverhead() {}

    /** A recorder with stamps. */
    @State(Scope.Thread)
    public static class Recorder {

        private TimingCostMeter meter;

        /** Made by JMH. */
        public Recorder() {}

        /** Stamps. */
        @Setup
        public void open() {
            meter = new TimingCostMeter();
        }
    }

    /** A path, and how often it is timed. */
    @State(Scope.Thread)
    public static class Path {

        /** One group in so many; the largest is never. */
        @Param({"1", "256", "2147483647"})
        public int sampleEvery;

        private Workload workload;
        private FaultPath path;
        private long faults;

        /** Made by JMH. */
        public Path() {}

        /**
         * The recording that comes with the program.
         *
         * @throws IOException if it cannot be read
         */
        @Setup(Level.Trial)
        public void load() throws IOException {
            workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        }

        /** A path at rest, without end. */
        @Setup(Level.Iteration)
        public void open() {
            final LatencyRecorder recorder = new LatencyRecorder();
            path = FaultPath.create(FaultPathConfig.DEFAULT.withLaps(0).withSampleEvery(sampleEvery), workload,
                    RaiseSchedules.closedLoop(), SystemNanoClock.INSTANCE, recorder);
            recorder.readFrom(path.stages());
            faults = 0;
        }
    }

    /**
     * Samples of groups, the clock aside.
     *
     * @param recorder with stamps
     */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public void record(final Recorder recorder) {
        recorder.meter.record(GROUPS);
    }

    /**
     * Faults through the path.
     *
     * @param timed the path
     */
    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public void carry(final Path timed) {
        timed.faults += SAMPLES;
        while (timed.path.counters().get(Counter.FAULTS_RESOLVED) < timed.faults) {
            timed.path.doWork();
        }
    }
}
