/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device asks for, and within what bounds. */
class EndpointDeviceTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    private static Workload groups(final int groups, final int length) {
        return new Faults().groups(0, groups, length).grouped();
    }

    private static List<Long> addresses(final List<Sent> requests) {
        return requests.stream().map(Sent::address).toList();
    }

    private static List<Integer> pages(final List<Sent> requests) {
        return requests.stream().map(r -> (int) ((r.address() - Faults.PAGES) / Faults.PAGE_BYTES)).toList();
    }

    @Test
    void shouldAskForEachFaultAsTheWorkloadHasIt() {
        final Workload workload = new Faults().touch(0, Faults.page(5), false).touch(0, Faults.page(6), true).gap()
                .touch(1, Faults.page(5), true).gap().touch(0, 0xFFFF_8000_0000_1000L, false).grouped();
        final DeviceFixture pcie = new DeviceFixture(workload, 16);
        final List<Sent> sent = pcie.turn();
        assertEquals(List.of(1, 1, 2, 1), sent.stream().map(Sent::pasid).toList());
        assertEquals(List.of(Faults.page(5), Faults.page(6), Faults.page(5), 0xFFFF_8000_0000_1000L),
                addresses(sent));
        assertEquals(List.of(1L, 2L | 4, 2L | 4, 1L | 4), sent.stream().map(r -> r.message() & 7).toList());
        assertEquals(4, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(4, pcie.count(Counter.REQUESTS));
        assertEquals(4, pcie.pri.outstanding());
    }

    @Test
    void shouldAskForExecutionAndPrivilegeInEachRequestButNotInStopMarkers() {
        final Workload workload = groups(2, 2);
        final DeviceFixture pcie = new DeviceFixture(workload, 2,
                DeviceFixture.settings(1, 1, 512).withRequested(PasidPrefix.REQUESTED),
                RaiseSchedules.closedLoop());
        final List<Sent> first = pcie.turn();
        assertEquals(List.of(1 | PasidPrefix.REQUESTED, 1 | PasidPrefix.REQUESTED),
                first.stream().map(Sent::pasid).toList());
        // Nothing is mapped, so the group is asked for again.
        pcie.answer(first.get(0).index(), SUCCESS);
        assertEquals(List.of(1 | PasidPrefix.REQUESTED, 1 | PasidPrefix.REQUESTED),
                pcie.turn().stream().map(Sent::pasid).toList());
        pcie.device.stopPasid(Workload.FIRST_PASID);
        assertEquals(List.of(Workload.FIRST_PASID), pcie.turn().stream().map(Sent::pasid).toList());
    }

    @Test
    void shouldFlagTheLastRequestOfEachGroupOnly() {
        final DeviceFixture pcie = new DeviceFixture(groups(50, 4), 200);
        final List<Sent> sent = pcie.turn();
        assertEquals(200, sent.size());
        final HashSet<Integer> indexes = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertEquals(i % 4 == 3, sent.get(i).isLast());
            assertEquals(sent.get(i / 4 * 4).index(), sent.get(i).index());
            indexes.add(sent.get(i).index());
        }
        assertEquals(50, indexes.size());
    }

    @Test
    void shouldNotBeginAGroupWithoutCreditForAllOfIt() {
        final DeviceFixture pcie = new DeviceFixture(groups(3, 4), 6);
        final List<Sent> first = pcie.turn();
        assertEquals(List.of(0, 1, 2, 3), pages(first));
        assertEquals(2, pcie.pri.credits());
        assertEquals(List.of(), pcie.turn());
        pcie.resolve(first);
        assertEquals(6, pcie.pri.credits());
        assertEquals(List.of(4, 5, 6, 7), pages(pcie.turn()));
    }

    @Test
    void shouldUseEachCredit() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 20).single(), 7);
        final List<Sent> first = pcie.turn();
        assertEquals(7, first.size());
        assertEquals(0, pcie.pri.credits());
        pcie.resolve(first.subList(2, 4));
        assertEquals(List.of(7, 8), pages(pcie.turn()));
    }

    @Test
    void shouldHaveAtMost512GroupsUnderWay() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 1000).single(), 2048);
        final List<Sent> first = pcie.turn();
        assertEquals(512, first.size());
        assertEquals(512, first.stream().map(Sent::index).distinct().count());
        assertEquals(List.of(), pcie.turn());
        assertEquals(1536, pcie.pri.credits());
        pcie.resolve(first.subList(300, 301));
        final List<Sent> next = pcie.turn();
        assertEquals(1, next.size());
        assertEquals(first.get(300).index(), next.get(0).index());
        pcie.resolve(first.subList(0, 300));
        pcie.resolve(first.subList(301, 512));
        pcie.resolve(next);
        pcie.runToTheEnd();
        assertEquals(1000, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, pcie.count(Counter.RETRIES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 32, 512})
    void shouldRaiseNoMoreGroupsInATurnThanItIsSetTo(final int groupsPerTurn) {
        final DeviceFixture pcie = new DeviceFixture(groups(100, 2), 2048,
                DeviceFixture.settings(1, 1, groupsPerTurn), RaiseSchedules.closedLoop());
        final int expected = Math.min(100, groupsPerTurn);
        assertEquals(expected, pcie.device.doWork());
        assertEquals(2 * expected, pcie.taken().size());
    }

    @Test
    void shouldAllocateNothing() {
        final Workload workload = new Faults().random(13, 2_000, 3, 300).grouped();
        final SharedPageTable pageTable = new SharedPageTable(300 * 3);
        final Counters counters = new Counters();
        final Tally tally = counters.tally();
        final PriCapability pri = new PriCapability(64);
        final EndpointDevice[] device = new EndpointDevice[1];
        final int[] requests = new int[1];
        final PageRequestPort port = (requesterId, pasid, message) -> {
            // Every seventh page stays missing for now.
            if (++requests[0] % 7 != 0) {
                pageTable.map(pasid, PageRequestMessage.address(message));
            }
            if (PageRequestMessage.isLast(message)) {
                device[0].pageGroupResponse(pasid, PageGroupResponseMessage.of(DeviceFixture.REQUESTER_ID,
                        PageRequestMessage.groupIndex(message), SUCCESS));
            }
        };
        device[0] = new EndpointDevice(DeviceFixture.settings(0, 1, 32), port, pri, workload,
                RaiseSchedules.closedLoop(), pageTable, new StageTimes(1), new ManualClock(0, 1), tally, row -> {});
        pri.enable(2048);
        Allocation.assertNone(() -> {
            final int end = requests[0] + 20_000;
            while (requests[0] < end) {
                device[0].doWork();
            }
            tally.publish();
        });
        assertTrue(counters.get(Counter.RETRIES) > 5_000);
    }
}
