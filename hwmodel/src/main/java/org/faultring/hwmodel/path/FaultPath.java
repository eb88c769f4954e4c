/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PageResponder;

/**
 * A whole path, from a device that misses translations through an emulated VT-d IOMMU, the kernel and a handler, and
 * back.
 *
 * <p>It is three agents, one for each world, that a host runs on one, two or three threads; or none at all:
 *
 * <pre>{@code
 * final FaultPath path = FaultPath.create(FaultPathConfig.DEFAULT, workload, RaiseSchedules.closedLoop(), clock,
 *         row -> {});
 * while (!path.isFinished()) {
 *     path.doWork();
 * }
 * path.settle();
 * assert path.conservation().holds();
 * }</pre>
 *
 * <p>Each agent belongs to one thread at a time. {@link #doWork()}, {@link #settle()} and {@link #conservation()} are
 * for a caller that runs all of them itself, or after the threads that ran them have been joined.
 */
public final class FaultPath {

    /** The function that raises the faults: bus 3, device 1, function 0. */
    public static final int REQUESTER_ID = RequesterId.of(3, 1, 0);

    /** Open groups the kernel can hold: more than the 512 indexes of a function. */
    private static final int MAX_GROUPS = 1024;
    /** A function raises all it has credit for, so that a burst is a burst. */
    private static final int GROUPS_PER_TURN = 512;
    /** Number of the only function in the fault reporter. */
    private static final int DEVICE = 0;
    /** Room for the largest page request queue and an invalidation queue. */
    private static final int DMA_BYTES = 1 << 20;
    private static final int QUIET_CYCLES = 8;
    private static final int MAX_SETTLE_CYCLES = 1_000_000;

    private final Counters counters = new Counters();
    private final StageTimes stages = new StageTimes(1);
    private final VtdDriver driver;
    private final GroupTable groups = new GroupTable(MAX_GROUPS);
    private final FaultReporter reporter;
    private final EndpointDevice device;
    private final Agent hardware;
    private final Agent kernel;
    private final Delivery user;

    private FaultPath(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock, final GroupObserver observer) {
        final Tally hardwareTally = counters.tally();
        final Tally kernelTally = counters.tally();
        final DmaMemory memory = new DmaMemory(DMA_BYTES);
        final VtdIommu iommu = new VtdIommu(memory, config.autoResponse(), hardwareTally);
        driver = new VtdDriver(iommu, memory, config.prqOrder(), config.addressBits(), config.responsesPerSubmission(),
                kernelTally);
        final AttachTable attachments = new AttachTable();
        reporter = new FaultReporter(attachments, groups, config.credits() + (128 << config.prqOrder()), driver, stages,
                clock, kernelTally);
        driver.reportTo(reporter);
        driver.start();
        // The hardware acts on the set-up before any device is enabled, as drivers wait for it to do.
        iommu.doWork();

        final SharedPageTable pageTable = new SharedPageTable(workload.trace().distinctPages());
        final UserSide userSide = UserSide.of(config, MAX_GROUPS, new MappingHandler(pageTable), stages, clock,
                counters.tally());
        user = userSide.delivery();

        final PriCapability pri = new PriCapability(config.credits());
        final DeviceSettings settings = new DeviceSettings(REQUESTER_ID, FaultReporter.deviceId(DEVICE), config.laps(),
                config.sampleEvery(), GROUPS_PER_TURN);
        device = new EndpointDevice(settings, iommu, pri, workload, schedule, pageTable, stages, clock, hardwareTally,
                observer);
        iommu.connect(REQUESTER_ID, device);
        reporter.addDevice();
        driver.addDevice(REQUESTER_ID, DEVICE);
        for (int process = 0; process < workload.trace().processCount(); process++) {
            attachments.attach(DEVICE, Workload.FIRST_PASID + process, userSide.sink());
        }
        pri.enable(driver.grantedCredits());

        hardware = new HardwareWorld(iommu, device, hardwareTally);
        final PageResponder responder = new PageResponder(userSide.responses(), groups, driver, stages, clock,
                kernelTally);
        kernel = new KernelWorld(driver, responder, reporter, kernelTally);
    }

    /**
     * Assemble a path.
     *
     * @param config   everything but the workload
     * @param workload faults to raise
     * @param schedule when to raise them
     * @param clock    read by all worlds
     * @param observer told of each sampled group, in the hardware world
     * @return a path at rest
     * @throws IllegalArgumentException if a group of the workload is longer than the credits or the batch
     */
    public static FaultPath create(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock, final GroupObserver observer) {
        checkFits("credits", config.credits(), workload);
        checkFits("batch", config.batch(), workload);
        return new FaultPath(config, workload, schedule, clock, observer);
    }

    private static void checkFits(final String name, final int value, final Workload workload) {
        if (value < workload.longestGroup()) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: at least " + workload.longestGroup()
                    + ", the faults of the workload's longest group)");
        }
    }

    /**
     * The hardware world: device and IOMMU.
     *
     * @return an agent
     */
    public Agent hardware() {
        return hardware;
    }

    /**
     * The kernel world: driver, generic fault layer, responder.
     *
     * @return an agent
     */
    public Agent kernel() {
        return kernel;
    }

    /**
     * The user world: the delivery with its handler.
     *
     * @return an agent that can say what it waits on
     */
    public Delivery user() {
        return user;
    }

    /**
     * One duty cycle of each world.
     *
     * @return work done, 0 if there was none
     */
    public int doWork() {
        try {
            return hardware.doWork() + kernel.doWork() + user.doWork();
        } catch (final RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (final Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    public void stopRaising() {
        device.stopRaising();
    }

    /**
     * Any thread: whether everything has been raised and answered. The kernel world may still have an overflow to clear
     * up, see {@link #settle()}.
     *
     * @return true once the device has nothing left to do
     */
    public boolean isFinished() {
        return device.isFinished();
    }

    /**
     * Time from the device's first duty cycle to its last answer; after the threads have been joined.
     *
     * @return ns of the path's clock, up to now while the device still works
     */
    public long activeNanos() {
        return device.activeNanos();
    }

    /**
     * Run on until nothing moves any more.
     *
     * @return true if the path is at rest; false if it still moved when patience ended
     */
    public boolean settle() {
        int quiet = 0;
        for (int i = 0; i < MAX_SETTLE_CYCLES && quiet < QUIET_CYCLES; i++) {
            quiet = doWork() == 0 ? quiet + 1 : 0;
        }
        return quiet == QUIET_CYCLES && driver.isAtRest();
    }

    /**
     * Close the books; the path should be at rest.
     *
     * @return what became of every request
     */
    public Conservation conservation() {
        return Conservation.of(counters, driver.queuedRequests() + reporter.waitingRequests() + groups.openRequests(),
                device.pri().outstanding());
    }

    /**
     * What was counted.
     *
     * @return the counters of the path
     */
    public Counters counters() {
        return counters;
    }

    /**
     * When sampled groups passed the stages.
     *
     * @return the side table
     */
    public StageTimes stages() {
        return stages;
    }
}
