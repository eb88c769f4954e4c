/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.util.concurrent.TimeUnit;

import org.faultring.bench.rings.BlockLoad;
import org.faultring.bench.rings.CoreDistance;
import org.faultring.bench.rings.PingPongLoad;
import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.RoundTripLoad;
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
 * Nanoseconds from one claim to the next with one fault in flight: there through one ring, back through another of the
 * same kind. JMH's thread sends, a thread of the set-up answers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class RingRoundTrip {

    /** Label of a {@link RingUnderTest}. */
    @Param("OneToOneFaultRing")
    public String ring;

    private BlockLoad load;
    private CoreDistance.Reading distance;

    /** For JMH. */
    public RingRoundTrip() {}

    /** Makes the rings and starts the side that answers. */
    @Setup(Level.Trial)
    public void open() {
        final RingUnderTest subject = BenchmarkBlock.ring(ring);
        final Waiting waiting = subject.waiting();
        load = subject == RingUnderTest.PING_PONG
                ? new PingPongLoad(BenchmarkBlock.FAULTS, waiting, BenchmarkBlock.endsFork())
                : new RoundTripLoad(subject.create(waiting), subject.create(waiting), BenchmarkBlock.FAULTS, waiting,
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

    /** Ends the other side. */
    @TearDown(Level.Trial)
    public void close() {
        load.close();
    }

    /** Goes there and back a million times. */
    @Benchmark
    @OperationsPerInvocation(BenchmarkBlock.FAULTS)
    public void roundTrip() {
        load.move();
    }
}
