/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.List;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.device.DeviceSettings;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.AttachmentChange;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.ForwardingHop;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.PartialLimits;

/** The parts of a {@link FaultPath}, put together in the order in which a machine comes up. */
final class PathParts {

    /** A function raises all it has credit for, so that a burst is a burst. */
    private static final int GROUPS_PER_TURN = 512;

    final Counters counters;
    final StageTimes stages;
    final IommuAssembly assembly;
    final IommuDriver driver;
    private final GroupTable groups;
    private final UserSide[] sides;
    final FaultReporter reporter;
    final FaultingDevice[] devices;
    final TimedAgent hardware;
    final Agent kernel;
    final List<Delivery> readers;
    final PathControls controls;

    PathParts(final FaultPathConfig config, final PathShape shape, final Workload workload,
            final RaiseSchedule schedule, final NanoClock clock, final GroupObserver observer, final PathHooks hooks) {
        counters = hooks.counters();
        final Tally hardwareTally = counters.tally();
        final Tally kernelTally = counters.tally();
        stages = new StageTimes(shape.devices());
        groups = new GroupTable(shape.maxGroups());
        assembly = IommuAssembly.of(config, hardwareTally, kernelTally);
        driver = assembly.driver();
        final AttachTable attachments = new AttachTable();
        final PageResponsePort port = hooks.responses(driver);
        reporter = new FaultReporter(attachments, groups,
                new PartialLimits(shape.devices() * shape.partials(), shape.partials()), port, stages, clock,
                kernelTally);
        driver.reportTo(hooks.reports(reporter));
        driver.start();
        // The hardware acts on the set-up before any device is enabled, as drivers wait for it to do.
        assembly.iommu().doWork();

        final SharedPageTable pageTable = new SharedPageTable(workload.trace().distinctPages());
        assembly.iommu().translateBy(pageTable);
        sides = new UserSide[shape.faultObjects()];
        final KernelPart[] kernelParts = new KernelPart[sides.length];
        final int processes = workload.trace().processCount();
        for (int object = 0; object < sides.length; object++) {
            sides[object] = UserSide.of(config, shape, object, new UserSide.Parts(new MappingHandler(pageTable),
                    pageTable, processes, groups, port, stages, clock, kernelTally, counters.tally()), hooks);
            kernelParts[object] = sides[object].kernel();
        }
        final PathRoutes routes = new PathRoutes(shape, sides, second -> new ForwardingHop(shape.objectDepth(), second,
                groups, port, stages, clock, kernelTally));
        readers = Arrays.stream(sides).map(UserSide::delivery).toList();

        devices = new FaultingDevice[shape.devices()];
        for (int device = 0; device < devices.length; device++) {
            reporter.addDevice();
            final DeviceSettings settings =
                    new DeviceSettings(FaultPath.requesterId(device), FaultReporter.deviceId(device),
                            config.laps(), config.sampleEvery(), GROUPS_PER_TURN);
            devices[device] = assembly.connect(new DeviceParts(settings, device, config.credits(), shape.cacheEntries(),
                    workload, hooks.schedule(device, schedule), pageTable, stages, clock, hardwareTally, observer,
                    hooks));
            for (int process = 0; process < processes; process++) {
                attachments.attach(device, Workload.FIRST_PASID + process,
                        routes.domain(device, PathControls.DOMAINS_PER_OBJECT * shape.objectOf(device, process)));
            }
        }

        final Tally ownerTally = counters.tally();
        final AttachmentChange change = new AttachmentChange(attachments, reporter,
                hooks.domains(DomainPort.WILLING), routes.drain(assembly.drain()), ownerTally);
        controls = new PathControls(driver, devices, sides, routes, attachments, change, ownerTally, hardwareTally);
        hardware = new HardwareWorld(assembly.iommu(), devices, hardwareTally);
        kernel = new KernelWorld(driver, kernelParts, routes, change, reporter, kernelTally);
    }

    /** Requests in groups that have been reported and not yet answered. */
    long openRequests() {
        return groups.openRequests() + Arrays.stream(sides).mapToLong(UserSide::ownOpenRequests).sum();
    }
}
