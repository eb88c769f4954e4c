/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device does about answers that are not Success, or come when it does not expect them. */
class EndpointDeviceAnswersTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;
    private static final int INVALID = PageGroupResponseMessage.INVALID_REQUEST;

    private static Workload groups(final int groups, final int length) {
        return new Faults().groups(0, groups, length).grouped();
    }

    private static List<Integer> pages(final List<Sent> requests) {
        return requests.stream().map(r -> (int) ((r.address() - Faults.PAGES) / Faults.PAGE_BYTES)).toList();
    }

    @Test
    void shouldFailTheFaultsOfAGroupThatIsInvalid() {
        final DeviceFixture pcie = new DeviceFixture(groups(3, 4), 4);
        final List<Sent> first = pcie.turn();
        first.forEach(pcie::map);
        pcie.answer(first.get(0).index(), INVALID);
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(0, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(4, pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(0x8000, pcie.pri.status());
        pcie.runToTheEnd();
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(8, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, pcie.count(Counter.RETRIES));
        assertEquals(2, pcie.observed.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void shouldStopAtAFailureOrAReservedCode(final int code) {
        final DeviceFixture pcie = new DeviceFixture(groups(3, 4), 4);
        pcie.answer(pcie.turn().get(0).index(), code);
        assertEquals(PriCapability.RESPONSE_FAILURE, pcie.pri.status() & PriCapability.RESPONSE_FAILURE);
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(4, pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(4, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(4, pcie.count(Counter.REQUESTS));
    }

    @Test
    void shouldIgnoreAnswersOnceItIsStopped() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 9).single(), 3);
        final List<Sent> sent = pcie.turn();
        pcie.answer(sent.get(1).index(), 0xF);
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        pcie.resolve(sent.subList(0, 1));
        pcie.answer(sent.get(2).index(), INVALID);
        pcie.answer(400, SUCCESS);
        assertEquals(List.of(), pcie.turn());
        assertEquals(3, pcie.count(Counter.IGNORED_RESPONSES));
        assertEquals(PriCapability.RESPONSE_FAILURE, pcie.pri.status() & 3);
        assertEquals(2, pcie.pri.outstanding());
        assertEquals(3, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(1, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(0, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(1, pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(0, pcie.count(Counter.UNEXPECTED_RESPONSES));
    }

    @Test
    void shouldFailWhatWaitsToBeAskedForAgainWhenItIsStopped() {
        final DeviceFixture pcie = new DeviceFixture(groups(9, 3), 9);
        final List<Sent> sent = pcie.turn();
        pcie.map(sent.get(1));
        pcie.answer(sent.get(0).index(), SUCCESS);
        pcie.answer(sent.get(3).index(), SUCCESS);
        assertEquals(1, pcie.count(Counter.FAULTS_RESOLVED));
        pcie.answer(sent.get(6).index(), 0xF);
        assertEquals(8, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(0, pcie.pri.outstanding());
        assertEquals(9, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(9, pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldFailWhatWaitsWhenAFailureComesFromWithinAnotherTry() {
        final DeviceFixture pcie = new DeviceFixture(groups(3, 2), 6);
        pcie.turn().stream().filter(Sent::isLast).forEach(request -> pcie.answer(request.index(), SUCCESS));
        pcie.react((requesterId, pasid, message) -> {
            if (PageRequestMessage.isLast(message)) {
                pcie.answer(PageRequestMessage.groupIndex(message), 0xF);
            }
        });
        assertEquals(List.of(0, 1), pages(pcie.turn()));
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(6, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(8, pcie.count(Counter.REQUESTS));
        assertEquals(8, pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldNoteAnAnswerThatNamesNoGroupAndGoOn() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 3).single(), 1);
        pcie.answer(400, SUCCESS);
        assertEquals(PriCapability.UNEXPECTED_INDEX, pcie.pri.status() & 3);
        assertEquals(1, pcie.count(Counter.UNEXPECTED_RESPONSES));
        final List<Sent> first = pcie.turn();
        pcie.resolve(first);
        // The same answer once more: the group is gone. Not even a failure means anything then.
        pcie.answer(first.get(0).index(), 0xF);
        assertEquals(2, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(PriCapability.UNEXPECTED_INDEX, pcie.pri.status() & 3);
        assertEquals(0, pcie.pri.outstanding());
        pcie.runToTheEnd();
        assertEquals(3, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(3, pcie.count(Counter.CREDITS_RETURNED));
    }

    @Test
    void shouldBearAnAnswerBeforeItsGroupIsComplete() {
        // Linux answers a request for which nothing is attached even if it closes no group.
        final DeviceFixture pcie = new DeviceFixture(groups(2, 2), 2);
        final List<Sent> first = pcie.turn();
        pcie.answer(first.get(0).index(), INVALID);
        pcie.answer(first.get(0).index(), INVALID);
        assertEquals(2, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(1, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(0, pcie.pri.outstanding());
        assertEquals(List.of(2, 3), pages(pcie.turn()));
    }

    @Test
    void shouldTakeAnAnswerFromWithinItsRequest() {
        final DeviceFixture pcie = new DeviceFixture(groups(1000, 3), 3);
        pcie.react((requesterId, pasid, message) -> {
            pcie.pageTable.map(pasid, PageRequestMessage.address(message));
            if (PageRequestMessage.isLast(message)) {
                pcie.answer(PageRequestMessage.groupIndex(message), SUCCESS);
            }
        });
        for (int i = 0; i < 10 && !pcie.device.isFinished(); i++) {
            pcie.device.doWork();
        }
        assertTrue(pcie.device.isFinished());
        assertEquals(3000, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, pcie.count(Counter.RETRIES));
    }

    @Test
    void shouldStopWithinATurnWhenAFailureComesFromWithin() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 9).single(), 9);
        pcie.react((requesterId, pasid, message) -> pcie.answer(PageRequestMessage.groupIndex(message), 0xF));
        assertEquals(List.of(0), pages(pcie.turn()));
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(1, pcie.count(Counter.FAULTS_FAILED));
    }
}
