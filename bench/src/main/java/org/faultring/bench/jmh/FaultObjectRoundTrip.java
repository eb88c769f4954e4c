/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.util.concurrent.TimeUnit;

import org.faultring.bench.iommus.FaultObjectLoad;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Nanoseconds of this host for one fault through the kernel layer: reported, grouped, routed, read, answered; bursts of
 * {@link FaultObjectLoad#BURST}, one thread. The speed of a simulator, not of a kernel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class FaultObjectRoundTrip {

    /** Attachments the faults come through, one after the other. */
    @Param({"1", "1024", "65536"})
    public int attachments;

    /** Groups that have been read and are not answered, over {@link FaultObjectLoad#DEVICES} devices. */
    @Param({"0", "500000"})
    public int openGroups;

    /** Requests that wait for the last one of their group, over as many devices. */
    @Param({"0", "4096"})
    public int partials;

    private FaultObjectLoad load;

    /** For JMH. */
    public FaultObjectRoundTrip() {}

    /** Makes the kernel layer and what stands in it. */
    @Setup
    public void open() {
        load = new FaultObjectLoad(attachments, openGroups, partials);
    }

    /** One burst. */
    @Benchmark
    @OperationsPerInvocation(FaultObjectLoad.BURST)
    public void reportReadAndAnswer() {
        load.move();
    }
}
