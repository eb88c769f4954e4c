/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.util.concurrent.TimeUnit;

import org.faultring.bench.rings.BlockLoad;
import org.faultring.bench.rings.CoreDistance;
import org.faultring.bench.rings.FaultProducer;
import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.ThroughputLoad;
import org.faultring.bench.rings.Waiting;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Faults of 40 bytes per microsecond through one ring, from the first claim until the last fault has been read. JMH's
 * thread consumes, threads of the set-up produce.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class RingThroughput {

    /** Label of a {@link RingUnderTest}. */
    @Param("OneToOneFaultRing")
    public String ring;

    /** Faults of a claim: 1 or {@link FaultProducer#CLAIM}. */
    @Param("1")
    public int batch;

    /** Producing threads; with more than one, everybody yields while waiting. */
    @Param("1")
    public int producers;

    private BlockLoad load;
    private CoreDistance.Reading distance;

    /** For JMH. */
    public RingThroughput() {}

    /** Makes the ring and starts the producers. */
    @Setup(Level.Trial)
    public void open() {
        if (batch != 1 && batch != FaultProducer.CLAIM) {
            throw new IllegalArgumentException("batch=" + batch + " (expected: 1 or " + FaultProducer.CLAIM + ")");
        }
        final RingUnderTest subject = BenchmarkBlock.ring(ring);
        final Waiting waiting = producers == 1 ? subject.waiting() : Waiting.YIELDING;
        load = new ThroughputLoad(subject.create(waiting), producers, batch > 1, BenchmarkBlock.FAULTS, waiting,
                BenchmarkBlock.endsFork());
    }

    /** Looks where the threads are. */
    @Setup(Level.Iteration)
    public void before() {
        distance = load.coreDistance();
    }

    /**
     * Looks where the threads are now.
     *
     * @param placement to note it in, next to where they were
     */
    @TearDown(Level.Iteration)
    public void after(final CorePlacement placement) {
        placement.note(distance, load.coreDistance());
    }

    /** Ends the producers. */
    @TearDown(Level.Trial)
    public void close() {
        load.close();
    }

    /** Moves a block. */
    @Benchmark
    @OperationsPerInvocation(BenchmarkBlock.FAULTS)
    public void transfer() {
        load.move();
    }
}
