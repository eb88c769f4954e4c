/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.List;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.Delivery;

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

    /** The first function: bus 3, device 1, function 0; with stalls, the StreamID of the master. */
    public static final int REQUESTER_ID = RequesterId.of(3, 1, 0);

    private static final int FUNCTIONS_PER_SLOT = 8;
    private static final int QUIET_CYCLES = 8;
    private static final int MAX_SETTLE_CYCLES = 1_000_000;

    private final PathParts parts;
    private final FaultingDevice[] devices;
    private final TimedAgent hardware;
    private final Agent kernel;
    private final Delivery user;

    private FaultPath(final PathParts parts) {
        this.parts = parts;
        devices = parts.devices;
        hardware = parts.hardware;
        kernel = parts.kernel;
        user = UserWorld.of(parts.readers);
    }

    /**
     * Requester ID of a device; with stalls, StreamID of the master.
     *
     * @param device number of the device, the first is {@link #REQUESTER_ID}
     * @return 16 bits
     */
    public static int requesterId(final int device) {
        return RequesterId.of(3, 1 + device / FUNCTIONS_PER_SLOT, device % FUNCTIONS_PER_SLOT);
    }

    /**
     * Assemble a path of whose groups nobody is told.
     *
     * @param config   everything but the workload
     * @param workload faults to raise
     * @param schedule when to raise them
     * @param clock    read by all worlds
     * @return a path at rest
     * @throws IllegalArgumentException if a group, as the device raises it, is longer than the batch or than what the
     *                                  page request queue holds
     */
    public static FaultPath create(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock) {
        return create(config, workload, schedule, clock, PathHooks.NONE);
    }

    /**
     * Assemble a path with a part of one's own in it.
     *
     * @param config   everything but the workload
     * @param workload faults to raise
     * @param schedule when to raise them
     * @param clock    read by all worlds
     * @param hooks    put between the parts
     * @return a path at rest
     * @throws IllegalArgumentException if a group, as the device raises it, is longer than the batch or than what the
     *                                  page request queue holds
     */
    public static FaultPath create(final FaultPathConfig config, final Workload workload, final RaiseSchedule schedule,
            final NanoClock clock, final PathHooks hooks) {
        return create(config, PathShape.roomy(config, 1, 1), workload, schedule, clock, row -> {}, hooks);
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
        return create(config, PathShape.roomy(config, 1, 1), workload, schedule, clock, observer, PathHooks.NONE);
    }

    /**
     * Assemble a path with more than one of a thing, or with something in between.
     *
     * @param config   everything but the workload
     * @param shape    how many of what
     * @param workload faults that each device raises
     * @param schedule when to raise them
     * @param clock    read by all worlds
     * @param observer told of each sampled group, in the hardware world
     * @param hooks    put between the parts
     * @return a path at rest
     * @throws IllegalArgumentException if a group, as a device raises it, is longer than the batch or than what the
     *                                  page request queue holds
     */
    public static FaultPath create(final FaultPathConfig config, final PathShape shape, final Workload workload,
            final RaiseSchedule schedule, final NanoClock clock, final GroupObserver observer, final PathHooks hooks) {
        final int longest = longestGroup(config, workload);
        if (config.batch() < longest) {
            throw new IllegalArgumentException("batch=" + config.batch() + " (expected: at least " + longest
                    + ", the faults of the longest group)");
        }
        if (config.iommu().usableEntries(config.prqEntries()) < longest) {
            throw new IllegalArgumentException("prqEntries=" + config.prqEntries() + " (expected: room for " + longest
                    + ", the faults of the longest group)");
        }
        if (shape.cacheEntries() > 0 && !config.iommu().hasPageRequests()) {
            throw new IllegalArgumentException("cacheEntries=" + shape.cacheEntries() + " (expected: 0, a device of "
                    + config.iommu().key() + " has no cache of translations)");
        }
        return new FaultPath(new PathParts(config, shape, workload, schedule, clock, observer, hooks));
    }

    /** A group that is longer than the credits is raised in parts; a fault that stalls is a group of its own. */
    private static int longestGroup(final FaultPathConfig config, final Workload workload) {
        return config.iommu().hasPageRequests() ? Math.min(workload.longestGroup(), config.credits()) : 1;
    }

    /**
     * The hardware world: device and IOMMU.
     *
     * @return an agent that can say when the next fault is due
     */
    public TimedAgent hardware() {
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
     * The user world: the delivery with its handler; those of all fault objects if there are several.
     *
     * @return an agent that can say what it waits on
     */
    public Delivery user() {
        return user;
    }

    /**
     * The user world in parts.
     *
     * @return the delivery of each fault object, for a host that runs them one by one
     */
    public List<Delivery> readers() {
        return parts.readers;
    }

    /**
     * What may be done to the path while it runs.
     *
     * @return the controls, whose owner is an agent of the user world
     */
    public PathControls controls() {
        return parts.controls;
    }

    /**
     * One duty cycle of each world.
     *
     * @return work done, 0 if there was none
     */
    public int doWork() {
        try {
            final int work = hardware.doWork() + kernel.doWork();
            final int done = user.doWork();
            if (done == 0) {
                user.waitingOn().begin();
            }
            return work + done;
        } catch (final RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (final Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    /** Any thread: raise nothing new; what was raised goes on to its end. */
    public void stopRaising() {
        for (final FaultingDevice device : devices) {
            device.stopRaising();
        }
    }

    /**
     * Any thread: whether everything has been raised and answered. The kernel world may still have an overflow to clear
     * up, see {@link #settle()}.
     *
     * @return true once the devices have nothing left to do
     */
    public boolean isFinished() {
        for (final FaultingDevice device : devices) {
            if (!device.isFinished()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Longest time from a device's first duty cycle to its last answer; after the threads have been joined.
     *
     * @return ns of the path's clock, up to now while a device still works
     */
    public long activeNanos() {
        return Arrays.stream(devices).mapToLong(FaultingDevice::activeNanos).max().orElseThrow();
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
        return quiet == QUIET_CYCLES && parts.driver.isAtRest();
    }

    /**
     * Close the books; the path should be at rest.
     *
     * @return what became of every request
     */
    public Conservation conservation() {
        final long held = parts.assembly.heldRequests() + parts.driver.queuedRequests()
                + parts.reporter.waitingRequests() + parts.openRequests();
        return Conservation.of(parts.counters, held,
                Arrays.stream(devices).mapToLong(FaultingDevice::outstanding).sum());
    }

    /**
     * What was counted.
     *
     * @return the counters of the path
     */
    public Counters counters() {
        return parts.counters;
    }

    /**
     * When sampled groups passed the stages.
     *
     * @return the side table
     */
    public StageTimes stages() {
        return parts.stages;
    }
}
