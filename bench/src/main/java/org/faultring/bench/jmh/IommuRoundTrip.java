/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.jmh;

import java.util.concurrent.TimeUnit;

import org.faultring.bench.iommus.IommuLoad;
import org.faultring.bench.iommus.RequestChecks;
import org.faultring.hwmodel.path.IommuKind;
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
 * Nanoseconds of this host for one request: raised, queued, drained by the driver, refused, answered back to the
 * device; bursts of {@link IommuLoad#BURST}, one thread. The speed of a simulator, not of hardware or a kernel.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class IommuRoundTrip {

    /** Key of an {@link IommuKind}. */
    @Param({"vtd", "smmuv3-pri", "smmuv3-stall", "amd", "riscv"})
    public String iommu;

    /** Devices behind it, spread over the requester IDs. */
    @Param({"1", "1024"})
    public int devices;

    /** Name of the {@link RequestChecks}. */
    @Param("USUAL")
    public RequestChecks checks;

    private IommuLoad load;

    /** For JMH. */
    public IommuRoundTrip() {}

    /** Makes the IOMMU with its driver and devices. */
    @Setup
    public void open() {
        load = new IommuLoad(IommuKind.ofKey(iommu), devices, checks);
    }

    /** One burst. */
    @Benchmark
    @OperationsPerInvocation(IommuLoad.BURST)
    public void raiseAndAnswer() {
        load.move();
    }
}
