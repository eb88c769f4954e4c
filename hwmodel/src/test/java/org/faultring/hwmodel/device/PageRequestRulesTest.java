/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.pci.GroupIndexScope;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.kernel.BoundedFaultObject;
import org.faultring.ring.kernel.IommuDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of PCIe's Page Request Interface between a device and a host with a VT-d IOMMU and Linux. */
class PageRequestRulesTest {

    private static final long READ = PageRequestMessage.READ;
    private static final long LAST = PageRequestMessage.LAST;
    private static final int FUNCTION = HostFixture.REQUESTER_ID;

    /** An answer as it came over PCIe. */
    private record Answer(int pasid, int index, int code) {}

    private final List<Answer> answers = new ArrayList<>();

    private PageGroupResponsePort noting() {
        return (pasid, message) -> answers.add(new Answer(pasid, PageGroupResponseMessage.groupIndex(message),
                PageGroupResponseMessage.code(message)));
    }

    private static void request(final HostFixture host, final int pasid, final int index, final int page,
            final long access) {
        host.iommu.pageRequest(FUNCTION, pasid, PageRequestMessage.of(Faults.page(page), index, access));
    }

    /** Row 8: in overflow a last request is answered once, with its own index and PASID; any other vanishes. */
    @Test
    void shouldGetOneAutomaticAnswerForEachLastRequest() {
        final HostFixture host = new HostFixture();
        host.addFunction(FUNCTION, noting(), 2);
        for (int i = 0; i < 127; i++) {
            request(host, 1, i, i, READ | LAST);
        }
        request(host, 2, 300, 0, READ);
        assertEquals(List.of(), answers);
        request(host, 2, 300, 1, READ | LAST);
        request(host, PageRequestMessage.NO_PASID, 301, 2, READ | LAST);
        assertEquals(List.of(new Answer(2, 300, 0), new Answer(PageRequestMessage.NO_PASID, 301, 0)), answers);
        host.settle();
        assertEquals(127 + 2, answers.size());
        assertEquals(2, host.count(Counter.AUTO_ANSWERED));
        assertEquals(1, host.count(Counter.DROPPED_IN_OVERFLOW));
    }

    /** Row 10: L without R and W is a stop marker only with a PASID; without one it must be answered. */
    @Test
    void shouldAnswerALastRequestWithoutAccessThatHasNoPasid() {
        final HostFixture host = new HostFixture();
        host.addFunction(FUNCTION, noting(), 1);
        for (int i = 0; i < 127; i++) {
            request(host, 1, i, i, READ | LAST);
        }
        request(host, 1, 300, 0, LAST);
        assertEquals(List.of(), answers);
        request(host, PageRequestMessage.NO_PASID, 300, 0, LAST);
        assertEquals(List.of(new Answer(PageRequestMessage.NO_PASID, 300, 0)), answers);
        assertFalse(PageRequestMessage.isStopMarker(0x4, PageRequestMessage.NO_PASID));
        assertTrue(PageRequestMessage.isStopMarker(0x4, 0x42));
    }

    /** Row 11: what an overflow left of a group does not join the next one of its index. */
    @Test
    void shouldNotMeetPartialsOfALostGroupUnderAnIndexUsedAgain() {
        final HostFixture host = new HostFixture();
        host.addFunction(FUNCTION, noting(), 1);
        host.agents.removeIf(agent -> agent.roleName().equals("user"));
        for (int i = 0; i < 125; i++) {
            request(host, 1, i, i, READ | LAST);
        }
        request(host, 1, 300, 200, READ);
        request(host, 1, 300, 201, READ);
        request(host, 1, 300, 202, READ | LAST);
        assertEquals(1, answers.size(), "answered by the hardware; the index is free");
        host.settle();
        assertEquals(2, host.count(Counter.DISCARDED));
        host.object.faults().poll(slot -> {}, Integer.MAX_VALUE);
        request(host, 1, 300, 203, READ | LAST);
        host.settle();
        assertEquals(1, host.object.faults().peekGroupLength());
    }

    /** Row 12: every credit comes back with its group's answer, also those of requests that were dropped. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 127, 128, 129, 512, 2048})
    void shouldGetEachCreditBack(final int credits) {
        final HostFixture host = new HostFixture();
        final Workload workload = new Faults().groups(0, 500, 4).grouped();
        final PriCapability pri = new PriCapability(credits);
        final int[] most = new int[1];
        final DeviceSettings settings = host.settings(2);
        final EndpointDevice device = host.device(settings, (id, pasid, message) -> {
            most[0] = Math.max(most[0], pri.outstanding());
            host.iommu.pageRequest(id, pasid, message);
        }, pri, workload, WorkErrorSink.NONE);
        host.addFunction(FUNCTION, device, 1);
        pri.enable(host.driver.grantedCredits());
        for (int i = 0; i < 8; i++) {
            device.doWork();
        }
        assertTrue(pri.outstanding() > 0);
        host.agents.add(HostFixture.agent("device", device::doWork));
        host.settle();
        assertTrue(device.isFinished());
        assertTrue(most[0] <= credits);
        assertEquals(credits, pri.credits());
        assertEquals(credits > 127, host.count(Counter.DROPPED_IN_OVERFLOW) > 0);
        assertEquals(4_000, host.count(Counter.FAULTS_RESOLVED));
        host.assertHostConserves();
        host.assertDevicesConserve(device);
    }

    /** Row 13, second half: an answer to nothing sets UPRGI and changes nothing else. */
    @Test
    void shouldGoOnAfterAnUnexpectedIndex() {
        final HostFixture host = new HostFixture();
        final EndpointDevice device = host.addDevice(new Faults().run(0, 100).single(), 8, 1);
        device.pageGroupResponse(1, PageGroupResponseMessage.of(FUNCTION, 400, 0xF));
        assertEquals(0x8002, device.pri().status());
        host.settle();
        assertTrue(device.isFinished());
        assertEquals(100, host.count(Counter.FAULTS_RESOLVED));
        assertEquals(1, host.count(Counter.UNEXPECTED_RESPONSES));
    }

    /** Row 13, first half: what Linux answers with where it has no memory stops the function. */
    @Test
    void shouldStopOnLinuxsFailure() {
        final HostFixture host = new HostFixture(0, 4, 64);
        host.agents.removeIf(agent -> agent.roleName().equals("user"));
        final EndpointDevice device = host.addDevice(new Faults().run(0, 10).single(), 8, 1);
        host.settle();
        assertEquals(0x8001, device.pri().status());
        assertTrue(device.isFinished());
        host.assertHostConserves();
        host.assertDevicesConserve(device);
    }

    /** Quirk 2: Linux closes a group by its index alone, so groups of two PASIDs under one index are merged. */
    @Test
    void shouldHaveGroupsOfTwoPasidsMergedByLinux() {
        final HostFixture host = new HostFixture();
        // Two objects, as two domains have them.
        final BoundedFaultObject other = new BoundedFaultObject(64, 64);
        final Workload workload = new Faults().touch(0, Faults.page(0), false).touch(0, Faults.page(1), false).gap()
                .touch(1, Faults.page(2), false).touch(1, Faults.page(3), false).grouped();
        final PriCapability pri = new PriCapability(16);
        final List<long[]> wire = new ArrayList<>();
        final DeviceSettings settings = host.settings(1).withIndexScope(GroupIndexScope.PER_PASID);
        final EndpointDevice device = new EndpointDevice(settings,
                (id, pasid, message) -> wire.add(new long[] {pasid, message}), pri, workload,
                RaiseSchedules.closedLoop(), host.pageTable, host.stages, host.clock, host.hardwareTally, row -> {});
        final int number = host.addFunction(FUNCTION, device, 1);
        host.attachments.attach(number, 2, IommuDomain.paging(other.sink()));
        pri.enable(16);
        device.doWork();
        assertEquals(4, wire.size());
        assertEquals(PageRequestMessage.groupIndex(wire.get(0)[1]), PageRequestMessage.groupIndex(wire.get(2)[1]));
        // Groups may interleave on the way: the first of one, all of the other, the last of the one.
        for (final int i : new int[] {0, 2, 3, 1}) {
            host.iommu.pageRequest(FUNCTION, (int) wire.get(i)[0], wire.get(i)[1]);
        }
        host.agents.removeIf(agent -> agent.roleName().equals("user"));
        host.settle();
        final List<Integer> seen = new ArrayList<>();
        other.faults().poll(slot -> seen.add(slot.pasid()), Integer.MAX_VALUE);
        assertEquals(List.of(1, 2, 2), seen, "a fault of PASID 1 in the group of PASID 2");
        assertEquals(1, host.object.faults().peekGroupLength(), "and only its last one where it belongs");
    }

    /** Quirk 3: a request with nothing attached is answered although its group goes on; the last one meets UPRGI. */
    @Test
    void shouldGetAnAnswerToAnUnfinishedGroupAndThenAnUnexpectedOne() {
        final HostFixture host = new HostFixture();
        final PriCapability pri = new PriCapability(16);
        final EndpointDevice device = host.device(host.settings(1), host.iommu, pri,
                new Faults().groups(0, 1, 3).grouped(), WorkErrorSink.NONE);
        host.addFunction(FUNCTION, device, 0);
        pri.enable(16);
        device.doWork();
        assertEquals(3, pri.outstanding());
        host.settle();
        assertEquals(0x8002, pri.status());
        assertEquals(2, host.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(3, host.count(Counter.REFUSED));
        assertEquals(3, host.count(Counter.FAULTS_FAILED));
        assertEquals(16, pri.credits());
        host.assertHostConserves();
        host.assertDevicesConserve(device);
    }
}
