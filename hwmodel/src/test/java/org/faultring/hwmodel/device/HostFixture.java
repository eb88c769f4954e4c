/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.vtd.VtdDriver;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachTable;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.IommuDomain;
import org.faultring.ring.kernel.PageResponder;
import org.faultring.ring.kernel.PartialLimits;

/** A host with a VT-d IOMMU, Linux's driver, the generic layer and a handler that maps what it knows. */
final class HostFixture {

    static final int REQUESTER_ID = 0x0308;
    private static final int GROUPS = 4096;
    private static final int DEVICES = 16;
    private static final int MAX_PAGES = 1 << 14;

    final Counters counters = new Counters();
    final Tally hardwareTally = counters.tally();
    final Tally kernelTally = counters.tally();
    final ManualClock clock = new ManualClock(0, 1);
    final StageTimes stages = new StageTimes(DEVICES);
    final SharedPageTable pageTable = new SharedPageTable(MAX_PAGES);
    final VtdIommu iommu;
    final VtdDriver driver;
    final AttachTable attachments = new AttachTable();
    final BoundedFaultObject object;
    final GroupTable groups = new GroupTable(GROUPS);
    final FaultReporter reporter;
    /** All agents, each as fine as the parts of the path allow. */
    final List<Agent> agents = new ArrayList<>();
    private final int partialCapacity;
    private final PageResponder responder;
    private int devices;

    HostFixture(final int prqOrder, final int depth, final int partialCapacity) {
        this.partialCapacity = partialCapacity;
        final DmaMemory memory = new DmaMemory(1 << 20);
        iommu = new VtdIommu(memory, 0, hardwareTally);
        driver = new VtdDriver(iommu, memory, prqOrder, 48, 1, kernelTally);
        object = new BoundedFaultObject(depth, GROUPS);
        reporter = new FaultReporter(attachments, groups, new PartialLimits(partialCapacity, partialCapacity), driver,
                stages, clock, kernelTally);
        responder = new PageResponder(object.responses(), groups, driver, stages, clock, kernelTally);
        driver.reportTo(reporter);
        driver.start();
        iommu.doWork();
        agents.add(agent("iommu", iommu::doWork));
        agents.add(agent("driver", driver::doWork));
        agents.add(agent("responder", responder::doWork));
        agents.add(agent("user", this::handle));
    }

    HostFixture() {
        this(0, 1 << 14, 1 << 12);
    }

    static Agent agent(final String role, final IntSupplier work) {
        return new Agent() {
            @Override
            public int doWork() {
                return work.getAsInt();
            }

            @Override
            public String roleName() {
                return role;
            }
        };
    }

    /** Know a function, and attach all PASIDs of its workload. */
    int addFunction(final int requesterId, final PageGroupResponsePort port, final int pasids) {
        iommu.connect(requesterId, port);
        final int device = reporter.addDevice();
        driver.addDevice(requesterId, device);
        for (int i = 0; i < pasids; i++) {
            attachments.attach(device, Workload.FIRST_PASID + i, IommuDomain.paging(object.sink()));
        }
        devices++;
        return device;
    }

    DeviceSettings settings(final long laps) {
        return new DeviceSettings(REQUESTER_ID + devices, FaultReporter.deviceId(devices), laps, 1, 64);
    }

    EndpointDevice device(final DeviceSettings settings, final PageRequestPort port, final PriCapability pri,
            final Workload workload, final WorkErrorSink errors) {
        return new EndpointDevice(settings, port, pri, workload, RaiseSchedules.closedLoop(), pageTable, stages, clock,
                hardwareTally, row -> {}, errors);
    }

    /** A well-behaved function in front of this host, enabled. */
    EndpointDevice addDevice(final Workload workload, final int credits, final long laps) {
        final PriCapability pri = new PriCapability(credits);
        final DeviceSettings settings = settings(laps);
        final EndpointDevice device = device(settings, iommu, pri, workload, WorkErrorSink.NONE);
        addFunction(settings.requesterId(), device, workload.trace().processCount());
        agents.add(agent("device " + devices, device::doWork));
        pri.enable(driver.grantedCredits());
        return device;
    }

    /** User space maps what has come and answers it; a page it does not know makes a group Invalid. */
    int handle() {
        final int[] code = {PageResponseFlyweight.SUCCESS};
        return object.faults().poll(slot -> handle(slot, code), 64);
    }

    private void handle(final FaultSlotFlyweight slot, final int[] code) {
        if (!pageTable.map(slot.pasid(), slot.address())) {
            code[0] = PageResponseFlyweight.INVALID;
        }
        if (slot.isLast()) {
            assertTrue(object.responses().offer(slot.cookie(), code[0]), "room for each answer");
            code[0] = PageResponseFlyweight.SUCCESS;
        }
    }

    /** Everything bounded is within its bounds. */
    void assertBounded() {
        assertTrue(driver.queuedRequests() <= 127, "page request queue");
        assertTrue(reporter.waitingRequests() <= partialCapacity, "partials");
        assertTrue(groups.openGroups() <= GROUPS, "groups");
    }

    /** One duty cycle of each in turn, until nothing moves. */
    void settle() {
        int quiet = 0;
        for (int i = 0; i < 1_000_000 && quiet < 16; i++) {
            int work = 0;
            for (final Agent agent : agents) {
                work += step(agent);
            }
            quiet = work == 0 ? quiet + 1 : 0;
        }
        assertEquals(16, quiet, "quiet turns");
    }

    static int step(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What the host did with every request that reached it. */
    void assertHostConserves() {
        assertEquals(count(Counter.REQUESTS) + count(Counter.ROGUE_REQUESTS),
                count(Counter.ANSWERED) + count(Counter.AUTO_ANSWERED) + count(Counter.DROPPED_IN_OVERFLOW)
                        + count(Counter.DROPPED_BY_KERNEL) + count(Counter.DISCARDED) + count(Counter.REFUSED)
                        + driver.queuedRequests() + reporter.waitingRequests() + groups.openRequests(),
                "requests at the host");
    }

    /** What devices know of their requests and faults. */
    void assertDevicesConserve(final EndpointDevice... all) {
        long outstanding = 0;
        for (final EndpointDevice device : all) {
            outstanding += device.outstanding();
        }
        assertEquals(count(Counter.REQUESTS),
                count(Counter.CREDITS_RETURNED) + count(Counter.GIVEN_UP) + outstanding, "requests at the devices");
        assertEquals(count(Counter.REQUESTS), count(Counter.FAULTS_RAISED) + count(Counter.RETRIES));
    }

    long count(final Counter counter) {
        hardwareTally.publish();
        kernelTally.publish();
        return counters.get(counter);
    }
}
