/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.faultring.bench.delivery.CannotRunException;
import org.faultring.bench.delivery.DeliveryCell;
import org.faultring.bench.delivery.DesignSettings;
import org.faultring.bench.delivery.Ground;
import org.faultring.bench.delivery.StandInLoad;
import org.faultring.bench.linux.CpuPlacement;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A fault raised on a stand-in of the running kernel, delivered by a design, handled and answered: closed loop, from
 * the raiser to the raiser. An operation is one fault of a burst of {@value #BURST}; threads are not pinned. A
 * benchmark whose design does not run on the file ends with a sentence that says why.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DeliveryBenchmark {

    private static final int BURST = 1024;

    /** Key of the design. */
    @Param({"eventfd", "read", "busy-read", "posted-read", "poll-then-read", "multishot", "commit-and-fetch"})
    public String design;

    /** Key of the ground. */
    @Param("pipe")
    public String file;

    /** Faults in flight at most. */
    @Param({"1", "32", "256"})
    public int inFlight;

    /** Records of a read at most. */
    @Param({"1", "64"})
    public int batch;

    private StandInLoad load;

    /** Made by JMH. */
    public DeliveryBenchmark() {}

    /**
     * Set up.
     *
     * @throws CannotRunException if the design does not run on the file here
     */
    @Setup(Level.Iteration)
    public void open() throws CannotRunException {
        final DeliveryCell cell =
                new DeliveryCell(design, Ground.ofKey(file), batch, inFlight, 0, CpuPlacement.IDLE);
        StandInLoad.check(cell);
        load = new StandInLoad(cell, DesignSettings.DEFAULT, () -> {
        });
    }

    /**
     * A burst.
     *
     * @return true, or the benchmark fails
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public boolean deliver() {
        if (!load.run(BURST)) {
            throw new IllegalStateException(load.violations().toString());
        }
        return true;
    }

    /** Every fault was answered once, or the benchmark fails. */
    @TearDown(Level.Iteration)
    public void close() {
        final List<String> violations = load.violations();
        load.close();
        if (!violations.isEmpty()) {
            throw new IllegalStateException(violations.toString());
        }
    }
}
