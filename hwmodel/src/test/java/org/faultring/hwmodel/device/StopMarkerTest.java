/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

class StopMarkerTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    /** Two processes by turns, each fault a group. */
    private static Workload twoProcesses(final int faults) {
        final Faults all = new Faults();
        for (int i = 0; i < faults; i++) {
            all.touch(i % 2, Faults.page(i), false);
        }
        return all.single();
    }

    private static boolean isMarker(final Sent sent) {
        return PageRequestMessage.isStopMarker(sent.message(), sent.pasid());
    }

    /** 8.2 row 9: a stop marker takes no credit and no index, and nothing waits for its answer. */
    @Test
    void shouldSendAStopMarkerWithoutCredit() {
        final DeviceFixture pcie = new DeviceFixture(twoProcesses(8), 4);
        assertEquals(4, pcie.turn().size());
        assertEquals(0, pcie.pri.credits());
        pcie.device.stopPasid(1);
        pcie.device.stopPasid(1);
        final List<Sent> marker = pcie.turn();
        assertEquals(1, marker.size(), "once");
        assertEquals(1, marker.get(0).pasid());
        assertEquals(0x4, marker.get(0).message());
        assertTrue(isMarker(marker.get(0)));
        assertEquals(4, pcie.pri.outstanding());
        assertEquals(4, pcie.count(Counter.REQUESTS));
        assertEquals(1, pcie.count(Counter.STOP_MARKERS_SENT));
    }

    @Test
    void shouldSendNothingOfThePasidBehindItsMarker() {
        final DeviceFixture pcie = new DeviceFixture(twoProcesses(40), 8, DeviceFixture.settings(3, 1, 512),
                RaiseSchedules.closedLoop());
        final List<Sent> first = pcie.turn();
        // Nothing is mapped: all of it would be asked for again.
        first.subList(0, 4).forEach(request -> pcie.answer(request.index(), SUCCESS));
        pcie.device.stopPasid(1);
        first.subList(4, 8).forEach(request -> pcie.answer(request.index(), SUCCESS));
        boolean marked = false;
        for (int i = 0; i < 1_000 && !pcie.device.isFinished(); i++) {
            final List<Sent> sent = pcie.turn();
            for (final Sent request : sent) {
                assertFalse(marked && request.pasid() == 1, "a request behind the marker");
                marked |= isMarker(request);
            }
            pcie.resolve(sent.stream().filter(request -> !isMarker(request)).toList());
        }
        assertTrue(marked);
        assertTrue(pcie.device.isFinished());
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED), "missing pages of the stopped PASID");
        assertEquals(60, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(64, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(pcie.count(Counter.REQUESTS), pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldFinishWhenAllPasidsAreStopped() {
        final DeviceFixture pcie = new DeviceFixture(twoProcesses(2_000), 8);
        pcie.device.stopPasid(2);
        pcie.device.stopPasid(1);
        int markers = 0;
        for (int i = 0; i < 100 && !pcie.device.isFinished(); i++) {
            markers += pcie.turn().size();
        }
        assertEquals(2, markers);
        assertTrue(pcie.device.isFinished());
        assertEquals(0, pcie.count(Counter.FAULTS_RAISED));
    }

    @Test
    void shouldHoldItsMarkerUntilItMaySend() {
        final DeviceFixture pcie = new DeviceFixture(twoProcesses(2), 8);
        pcie.pri.disable();
        pcie.device.stopPasid(1);
        assertEquals(List.of(), pcie.turn());
        pcie.pri.enable(8);
        assertTrue(isMarker(pcie.turn().get(0)));
        pcie.device.stopPasid(2);
        pcie.pri.disable();
        pcie.pri.reset();
        pcie.pri.enable(8);
        assertEquals(List.of(), pcie.turn(), "forgotten in the reset");
    }

    @Test
    void shouldKnowThePasidsOfItsWorkloadOnly() {
        final DeviceFixture pcie = new DeviceFixture(twoProcesses(2), 8);
        assertEquals("pasid=3 (expected: 1..2)",
                assertThrows(IllegalArgumentException.class, () -> pcie.device.stopPasid(3)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> pcie.device.stopPasid(0));
    }

    /** 8.2 row 9: through queue and driver, and lost in overflow without an answer. */
    @Test
    void shouldGoThroughTheHostWithoutAnAnswer() {
        final HostFixture host = new HostFixture();
        final EndpointDevice device = host.addDevice(twoProcesses(200), 64, 1);
        device.stopPasid(1);
        host.settle();
        assertTrue(device.isFinished());
        assertEquals(1, host.count(Counter.STOP_MARKERS));
        assertEquals(0, host.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(100, host.count(Counter.FAULTS_RESOLVED));
        host.assertHostConserves();
        host.assertDevicesConserve(device);

        for (int i = 0; i < 200; i++) {
            host.iommu.pageRequest(HostFixture.REQUESTER_ID, 2, PageRequestMessage.STOP_MARKER);
        }
        assertEquals(127, host.driver.queuedRequests());
        assertEquals(0, host.count(Counter.AUTO_ANSWERED));
        host.settle();
        assertEquals(128, host.count(Counter.STOP_MARKERS));
        assertEquals(0, host.count(Counter.UNEXPECTED_RESPONSES));
    }
}
