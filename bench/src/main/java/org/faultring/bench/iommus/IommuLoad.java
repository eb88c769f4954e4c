/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.iommus;

import java.util.Arrays;

import org.faultring.hwmodel.amd.AmdDriver;
import org.faultring.hwmodel.amd.AmdIommu;
import org.faultring.hwmodel.amd.AmdPlatform;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.riscv.DirectoryFormat;
import org.faultring.hwmodel.riscv.RiscvDriver;
import org.faultring.hwmodel.riscv.RiscvIommu;
import org.faultring.hwmodel.riscv.StopMarkerRule;
import org.faultring.hwmodel.smmuv3.Smmuv3Driver;
import org.faultring.hwmodel.smmuv3.Smmuv3DriverSettings;
import org.faultring.hwmodel.smmuv3.Smmuv3Iommu;
import org.faultring.hwmodel.smmuv3.Smmuv3PriDriver;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.ring.Checks;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PartialLimits;

/**
 * Requests raised, queued, drained by the driver, refused by the generic layer because nothing is attached, and
 * answered back to the device: all of the hardware and the driver, and the least of the kernel. One thread.
 */
public final class IommuLoad {

    /** Requests raised before the driver has its turn. */
    public static final int BURST = 64;
    /** Most devices. */
    public static final int MAX_DEVICES = 1024;

    private static final int DMA_BYTES = 1 << 24;
    private static final int PASID = 0x42;
    private static final long ADDRESS = 0x7F12_3456_7000L;
    private static final int PARTIALS = 4096;
    /** Duty cycles that a burst may take; more is a hang. */
    private static final int PATIENCE = 1000;

    private final Iommu iommu;
    private final IommuDriver driver;
    /** Where masters' transactions stall, or null where functions send page requests. */
    private final TransactionPort transactions;
    /** Requester ID of each device, spread, so that tables by requester ID are used over their whole length. */
    private final int[] requesterIds;
    private int next;
    private long answered;
    private long expected;

    /**
     * Devices behind an IOMMU.
     *
     * @param kind    of IOMMU and driver
     * @param devices behind it, 1..{@link #MAX_DEVICES}, spread over the requester IDs
     * @param checks  how closely the hardware looks at each request
     */
    public IommuLoad(final IommuKind kind, final int devices, final RequestChecks checks) {
        requesterIds = new int[Checks.range("devices", devices, 1, MAX_DEVICES)];
        Arrays.setAll(requesterIds, device -> device * (0xFFFF / devices));
        final Counters counters = new Counters();
        final Tally hardware = counters.tally();
        final Tally kernel = counters.tally();
        final DmaMemory memory = new DmaMemory(DMA_BYTES);
        switch (kind) {
            case VTD -> {
                iommu = checks.vtd(memory, hardware);
                driver = new VtdDriver((VtdIommu) iommu, memory, 4, 48, BURST, kernel);
            }
            case AMD -> {
                iommu = new AmdIommu(memory, hardware);
                driver = new AmdDriver((AmdIommu) iommu, memory, AmdPlatform.PLAIN, AmdPlatform.PLAIN.pprEntries(), 0,
                        kernel);
            }
            case RISCV -> {
                iommu = new RiscvIommu(memory, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID, hardware);
                driver = new RiscvDriver((RiscvIommu) iommu, memory, RiscvDriver.DEFAULT_ENTRIES, kernel);
            }
            case SMMUV3_PRI -> {
                iommu = checks.smmuv3(memory, hardware);
                driver = new Smmuv3PriDriver((Smmuv3Iommu) iommu, memory, Smmuv3DriverSettings.LINUX, kernel);
            }
            case SMMUV3_STALL -> {
                iommu = checks.smmuv3(memory, hardware);
                driver = new Smmuv3Driver((Smmuv3Iommu) iommu, memory, Smmuv3DriverSettings.LINUX, kernel);
            }
            default -> throw new IllegalArgumentException("kind=" + kind + " (expected: a kind with a load)");
        }
        transactions = kind.hasPageRequests() ? null : (Smmuv3Iommu) iommu;
        final FaultReporter reporter = new FaultReporter(new AttachTable(), new GroupTable(BURST),
                new PartialLimits(PARTIALS, PARTIALS), driver,
                new StageTimes(1), () -> 0, kernel);
        driver.reportTo(reporter);
        driver.start();
        checks.started(kind, iommu.registers());
        iommu.doWork();
        for (int device = 0; device < devices; device++) {
            connect(requesterIds[device]);
            reporter.addDevice();
            driver.addDevice(requesterIds[device], device);
        }
        iommu.doWork();
    }

    private void connect(final int requesterId) {
        if (transactions == null) {
            iommu.connect(requesterId, (pasid, message) -> answered++);
        } else {
            ((Smmuv3Iommu) iommu).connectMaster(requesterId, this::ended, BURST);
        }
    }

    private void ended(final int tag, final TransactionOutcome outcome) {
        answered++;
    }

    /**
     * One burst, to its last answer.
     *
     * @throws IllegalStateException if an answer is missing, or one too many came
     */
    public void move() {
        expected += BURST;
        for (int i = 0; i < BURST; i++) {
            raise(requesterIds[next], i);
            next = next + 1 == requesterIds.length ? 0 : next + 1;
        }
        for (int cycle = 0; answered != expected; cycle++) {
            if (cycle == PATIENCE || answered > expected) {
                throw new IllegalStateException("answers=" + answered + " (expected: " + expected + ")");
            }
            iommu.doWork();
            driver.doWork();
        }
    }

    private void raise(final int requesterId, final int index) {
        if (transactions == null) {
            iommu.pageRequest(requesterId, PASID, PageRequestMessage.of(ADDRESS, index,
                    PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST));
        } else {
            transactions.transaction(requesterId, PASID, ADDRESS, TransactionPort.READ, index);
        }
    }

    /**
     * Answers so far.
     *
     * @return the count
     */
    public long answered() {
        return answered;
    }
}
