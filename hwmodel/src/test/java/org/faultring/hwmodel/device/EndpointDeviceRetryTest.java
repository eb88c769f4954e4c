/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;

/** What a device asks for again, and what is resolved. */
class EndpointDeviceRetryTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    private static Workload groups(final int groups, final int length) {
        return new Faults().groups(0, groups, length).grouped();
    }

    private static List<Integer> pages(final List<Sent> requests) {
        return requests.stream().map(r -> (int) ((r.address() - Faults.PAGES) / Faults.PAGE_BYTES)).toList();
    }

    @Test
    void shouldResolveAPageThatWasMappedSinceItMissed() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 1).single(), 8);
        final List<Sent> sent = pcie.turn();
        assertFalse(pcie.device.isFinished());
        pcie.resolve(sent);
        assertEquals(0, pcie.device.doWork());
        assertTrue(pcie.device.isFinished());
        assertEquals(1, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(1, pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(0, pcie.count(Counter.RETRIES));
        assertEquals(0, pcie.pri.outstanding());
    }

    @Test
    void shouldAskForAPageThoughItWasMappedForAnEarlierFault() {
        // Every fault of a trace did miss when it was recorded.
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(7, 1).run(7, 1).single(), 1);
        pcie.resolve(pcie.turn());
        final List<Sent> second = pcie.turn();
        assertEquals(List.of(7), pages(second));
        pcie.answer(second.get(0).index(), SUCCESS);
        assertEquals(1, pcie.count(Counter.FAULTS_RESOLVED));
        final List<Sent> again = pcie.turn();
        assertEquals(List.of(7), pages(again));
        pcie.resolve(again);
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldResolveWithAMappingMadeForAnotherFaultOnThePage() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(7, 1).run(7, 1).single(), 2);
        final List<Sent> both = pcie.turn();
        pcie.map(both.get(0));
        pcie.answer(both.get(0).index(), SUCCESS);
        pcie.answer(both.get(1).index(), SUCCESS);
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldAskAgainInANewGroupBeforeNewWork() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 5).single(), 2);
        final List<Sent> first = pcie.turn();
        pcie.answer(first.get(1).index(), SUCCESS);
        pcie.answer(first.get(0).index(), SUCCESS);
        final List<Sent> again = pcie.turn();
        // In the order in which they were to be asked again.
        assertEquals(List.of(1, 0), pages(again));
        assertTrue(again.stream().allMatch(Sent::isLast));
        for (final Sent request : again) {
            assertNotEquals(first.get(0).index(), request.index());
            assertNotEquals(first.get(1).index(), request.index());
        }
        assertEquals(2, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(4, pcie.count(Counter.REQUESTS));
        assertEquals(2, pcie.count(Counter.RETRIES));
        assertEquals(2, pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(0, pcie.count(Counter.FAULTS_RESOLVED));
        pcie.resolve(again);
        assertEquals(List.of(2, 3), pages(pcie.turn()));
    }

    @Test
    void shouldGiveCreditFirstToAGroupThatIsAskedForAgain() {
        final Workload workload = new Faults().groups(0, 1, 3).groups(10, 3, 1).grouped();
        final DeviceFixture pcie = new DeviceFixture(workload, 4);
        final List<Sent> first = pcie.turn();
        assertEquals(List.of(0, 1, 2, 10), pages(first));
        // Page 10 holds one credit; the three that came back are for the group of three, not for pages 11 to 13.
        pcie.answer(first.get(0).index(), SUCCESS);
        assertEquals(List.of(0, 1, 2), pages(pcie.turn()));
        assertEquals(List.of(), pcie.turn());
    }

    @Test
    void shouldAskAgainOnlyForThePagesThatAreMissing() {
        final DeviceFixture pcie = new DeviceFixture(groups(2, 4), 4);
        final List<Sent> first = pcie.turn();
        pcie.map(first.get(0));
        pcie.map(first.get(2));
        pcie.answer(first.get(0).index(), SUCCESS);
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(4, pcie.count(Counter.CREDITS_RETURNED));
        final List<Sent> again = pcie.turn();
        assertEquals(List.of(1, 3), pages(again));
        assertEquals(List.of(false, true), again.stream().map(Sent::isLast).toList());
        assertEquals(2, pcie.count(Counter.RETRIES));
        pcie.map(again.get(1));
        pcie.answer(again.get(0).index(), SUCCESS);
        final List<Sent> third = pcie.turn();
        assertEquals(List.of(1), pages(third.subList(0, 1)));
        assertTrue(third.get(0).isLast());
    }

    @Test
    void shouldKeepTheRaiseTimeOfAGroupThatIsAskedForAgain() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 2).single(), 1);
        final long raised = DeviceFixture.START_NANOS;
        List<Sent> sent = pcie.turn();
        assertEquals(raised, pcie.raisedNanos(sent.get(0).index()));
        for (int i = 0; i < 3; i++) {
            pcie.clock.advance(500);
            pcie.answer(sent.get(0).index(), SUCCESS);
            sent = pcie.turn();
            assertTrue(pcie.isSampled(sent.get(0).index()));
            assertEquals(raised, pcie.raisedNanos(sent.get(0).index()));
        }
        assertEquals(List.of(), pcie.observed);
        pcie.resolve(sent);
        assertEquals(List.of(raised), pcie.observed);
        final List<Sent> second = pcie.turn();
        assertEquals(raised + 1500, pcie.raisedNanos(second.get(0).index()));
    }

    @Test
    void shouldAskAgainInTheNextTurnForWhatWasAnsweredFromWithin() {
        // What the hardware answers in overflow: Success, and nothing mapped.
        final DeviceFixture pcie = new DeviceFixture(groups(9, 3), 2048, DeviceFixture.settings(1, 1, 4),
                RaiseSchedules.closedLoop());
        pcie.react((requesterId, pasid, message) -> {
            if (PageRequestMessage.isLast(message)) {
                pcie.answer(PageRequestMessage.groupIndex(message), SUCCESS);
            }
        });
        // The first group comes back at once, and nothing new goes before it.
        assertEquals(List.of(0, 1, 2), pages(pcie.turn()));
        for (int i = 0; i < 1000; i++) {
            assertEquals(List.of(0, 1, 2), pages(pcie.turn()));
        }
        assertEquals(3, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(3000, pcie.count(Counter.RETRIES));
        pcie.react((requesterId, pasid, message) -> {});
        pcie.runToTheEnd();
        assertEquals(27, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(pcie.count(Counter.REQUESTS), pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldNotCountAGroupThatIsAskedForAgainAsASample() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 6).single(), 1,
                DeviceFixture.settings(1, 3, 512), RaiseSchedules.closedLoop());
        final List<Integer> sampled = new ArrayList<>();
        for (int i = 0; i < 100 && !pcie.device.isFinished(); i++) {
            final List<Sent> sent = pcie.turn();
            if (!sent.isEmpty()) {
                if (pcie.isSampled(sent.get(0).index())) {
                    sampled.addAll(pages(sent));
                }
                // Twice in vain, then it is mapped.
                if (i % 3 == 2) {
                    pcie.map(sent.get(0));
                }
                pcie.answer(sent.get(0).index(), SUCCESS);
            }
        }
        assertEquals(List.of(0, 0, 0, 3, 3, 3), sampled);
        assertEquals(2, pcie.observed.size());
    }
}
