/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;

/**
 * A whole path, from a device that misses translations through an emulated IOMMU, the kernel and a handler, and back.
 * Which IOMMU that is, and with it which driver and which kind of device, is for {@link FaultPathConfig#iommu()} to
 * say.
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

    /** The function that raises the faults: bus 3, device 1, function 0; with stalls, the StreamID of the master. */
    public static final int REQUESTER_ID = RequesterId.of(3, 1, 0);

    /** Open groups the kernel can hold: more than the 512 indexes of a function. */
    private static final int MAX_GROUPS = 1024;
    /** A function raises all it has credit for, so that a burst is a burst. */
    private static final int GROUPS_PER_TURN = 512;
    /** Number of the only function in the fault reporter. */
    private static final int DEVICE = 0;
    private static final int QUIET_CYCLES = 8;
    private static final int MAX_SETTLE_CYCLES = 1_000_000;

    private final Counters counters = new Counters();
    private final StageTimes stages = new StageTimes(1);
    private final IommuAssembly assembly;
    private final IommuDriver driver;
    private final GroupTable groups = new GroupTable(MAX_GROUPS);
    private final FaultReporter reporter;
    private final FaultingDevice device;
    private final Agent hardware;
    private final Agent kernel;
    private final Delivery user;

    private FaultPath(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock, final GroupObserver observer) {
        final Tally hardwareTally = counters.tally();
        final Tally kernelTally = counters.tally();
        assembly = IommuAssembly.of(config, hardwareTally, kernelTally);
        driver = assembly.driver();
        final AttachTable attachments = new AttachTable();
        final int partials = config.credits() + config.prqEntries();
        reporter = new FaultReporter(attachments, groups, new PartialLimits(partials, partials), driver, stages,
                clock, kernelTally);
        driver.reportTo(reporter);
        driver.start();
        // The hardware acts on the set-up before any device is enabled, as drivers wait for it to do.
        assembly.iommu().doWork();

        final SharedPageTable pageTable = new SharedPageTable(workload.trace().distinctPages());
        final UserSide userSide = UserSide.of(config, MAX_GROUPS, new MappingHandler(pageTable), stages, clock,
                counters.tally());
        user = userSide.delivery();

        reporter.addDevice();
        final DeviceSettings settings = new DeviceSettings(REQUESTER_ID, FaultReporter.deviceId(DEVICE), config.laps(),
                config.sampleEvery(), GROUPS_PER_TURN);
        device = assembly.connect(new DeviceParts(settings, DEVICE, config.credits(), workload, schedule, pageTable,
                stages, clock, hardwareTally, observer));
        for (int process = 0; process < workload.trace().processCount(); process++) {
            attachments.attach(DEVICE, Workload.FIRST_PASID + process, IommuDomain.paging(userSide.sink()));
        }

        hardware = new HardwareWorld(assembly.iommu(), device, hardwareTally);
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
     * @throws IllegalArgumentException if a group, as the device raises it, is longer than the batch or than what the
     *                                  page request queue holds
     */
    public static FaultPath create(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock, final GroupObserver observer) {
        final int longest = longestGroup(config, workload);
        if (config.batch() < longest) {
            throw new IllegalArgumentException("batch=" + config.batch() + " (expected: at least " + longest
                    + ", the faults of the longest group)");
        }
        if (config.iommu().usableEntries(config.prqEntries()) < longest) {
            throw new IllegalArgumentException("prqEntries=" + config.prqEntries() + " (expected: room for " + longest
                    + ", the faults of the longest group)");
        }
        return new FaultPath(config, workload, schedule, clock, observer);
    }

    /** A group that is longer than the credits is raised in parts; a fault that stalls is a group of its own. */
    private static int longestGroup(final FaultPathConfig config, final Workload workload) {
        return config.iommu().hasPageRequests() ? Math.min(workload.longestGroup(), config.credits()) : 1;
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
        final long held = assembly.heldRequests() + driver.queuedRequests() + reporter.waitingRequests()
                + groups.openRequests();
        return Conservation.of(counters, held, device.outstanding());
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
