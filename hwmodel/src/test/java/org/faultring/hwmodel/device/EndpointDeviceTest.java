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
import java.util.HashSet;
import java.util.List;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.ManualClock;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointDeviceTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;
    private static final int INVALID = PageGroupResponseMessage.INVALID_REQUEST;

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
    void shouldStopWithinATurnWhenAFailureComesFromWithin() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 9).single(), 9);
        pcie.react((requesterId, pasid, message) -> pcie.answer(PageRequestMessage.groupIndex(message), 0xF));
        assertEquals(List.of(0), pages(pcie.turn()));
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(1, pcie.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldRaiseTheWorkloadAsOftenAsItIsSetTo() {
        final DeviceFixture pcie = new DeviceFixture(groups(5, 2), 4, DeviceFixture.settings(3, 1, 512),
                RaiseSchedules.closedLoop());
        final List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 100 && !pcie.device.isFinished(); i++) {
            final List<Sent> sent = pcie.turn();
            all.addAll(pages(sent));
            pcie.resolve(sent);
        }
        assertEquals(30, all.size());
        for (int i = 0; i < 30; i++) {
            assertEquals(i % 10, all.get(i));
        }
        assertEquals(30, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(15, pcie.observed.size());
    }

    @Test
    void shouldRaiseWithoutEndUntilItIsStopped() {
        final DeviceFixture pcie = new DeviceFixture(groups(2, 2), 4, DeviceFixture.settings(0, 1, 512),
                RaiseSchedules.closedLoop());
        List<Sent> last = List.of();
        for (int i = 0; i < 1000; i++) {
            pcie.resolve(last);
            last = pcie.turn();
            assertEquals(4, last.size());
            assertFalse(pcie.device.isFinished());
        }
        pcie.device.stopRaising();
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished());
        // What was raised goes on to its end.
        pcie.map(last.get(0));
        pcie.answer(last.get(0).index(), SUCCESS);
        pcie.resolve(last.subList(2, 4));
        final List<Sent> again = pcie.turn();
        assertEquals(List.of(1), pages(again));
        assertFalse(pcie.device.isFinished());
        pcie.resolve(again);
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(4000, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(4000, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldFinishAtOnceWhenStoppedBeforeItBegan() {
        final DeviceFixture pcie = new DeviceFixture(groups(2, 2), 4);
        pcie.device.stopRaising();
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        assertEquals(0, pcie.count(Counter.FAULTS_RAISED));
    }

    @Test
    void shouldRaiseWhenItIsDue() {
        final RaiseSchedule schedule = (lap, group) -> 10_000 * lap + 1_000 * group;
        final DeviceFixture pcie = new DeviceFixture(groups(4, 2), 2048, DeviceFixture.settings(2, 1, 512), schedule);
        final long start = DeviceFixture.START_NANOS;
        assertEquals(List.of(0, 1), pages(pcie.turn()));
        pcie.clock.advance(999);
        assertEquals(List.of(), pcie.turn());
        pcie.clock.advance(1);
        final List<Sent> second = pcie.turn();
        assertEquals(List.of(2, 3), pages(second));
        assertEquals(start + 1_000, pcie.raisedNanos(second.get(0).index()));
        // Late: both groups count from the moment they should have been raised.
        pcie.clock.advance(4_321);
        final List<Sent> late = pcie.turn();
        assertEquals(List.of(4, 5, 6, 7), pages(late));
        assertEquals(start + 2_000, pcie.raisedNanos(late.get(0).index()));
        assertEquals(start + 3_000, pcie.raisedNanos(late.get(2).index()));
        // The second lap.
        pcie.clock.advance(4_678);
        assertEquals(List.of(), pcie.turn());
        pcie.clock.advance(1);
        final List<Sent> lap = pcie.turn();
        assertEquals(List.of(0, 1), pages(lap));
        assertEquals(start + 10_000, pcie.raisedNanos(lap.get(0).index()));
        assertFalse(pcie.device.isFinished());
    }

    @Test
    void shouldCountFromTheIntendedMomentWhenCreditIsLate() {
        final RaiseSchedule schedule = (lap, group) -> 1_000 * group;
        final DeviceFixture pcie = new DeviceFixture(groups(3, 2), 2, DeviceFixture.settings(1, 1, 512), schedule);
        final List<Sent> first = pcie.turn();
        pcie.clock.advance(50_000);
        assertEquals(List.of(), pcie.turn());
        pcie.resolve(first);
        final List<Sent> second = pcie.turn();
        assertEquals(DeviceFixture.START_NANOS + 1_000, pcie.raisedNanos(second.get(0).index()));
        pcie.clock.advance(50_000);
        pcie.resolve(second);
        pcie.runToTheEnd();
        assertEquals(List.of(0L, 1_000L, 2_000L),
                pcie.observed.stream().map(nanos -> nanos - DeviceFixture.START_NANOS).toList());
    }

    @Test
    void shouldBeginTheScheduleWithItsFirstDutyCycle() {
        final RaiseSchedule schedule = (lap, group) -> 700 + group;
        final DeviceFixture pcie = new DeviceFixture(groups(1, 1), 2, DeviceFixture.settings(1, 1, 512), schedule);
        pcie.clock.advance(1_000_000);
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished());
        pcie.clock.advance(699);
        assertEquals(List.of(), pcie.turn());
        pcie.clock.advance(1);
        assertEquals(List.of(0), pages(pcie.turn()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void shouldSampleEveryNthGroup(final int every) {
        final DeviceFixture pcie = new DeviceFixture(groups(30, 2), 2048, DeviceFixture.settings(2, every, 512),
                RaiseSchedules.closedLoop());
        int group = 0;
        for (int i = 0; i < 100 && !pcie.device.isFinished(); i++) {
            final List<Sent> sent = pcie.turn();
            for (int k = 0; k < sent.size(); k += 2, group++) {
                assertEquals(group % every == 0, pcie.isSampled(sent.get(k).index()), "group " + group);
            }
            pcie.resolve(sent);
        }
        assertEquals(60, group);
        assertEquals((60 + every - 1) / every, pcie.observed.size());
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

    @Test
    void shouldStampASampledGroup() {
        final DeviceFixture pcie = new DeviceFixture(groups(1, 3), 3);
        final List<Sent> sent = pcie.turn();
        pcie.clock.advance(900);
        pcie.resolve(sent);
        final int row = pcie.stages.row(DeviceFixture.DEVICE_ID, sent.get(0).index());
        assertEquals(DeviceFixture.START_NANOS, pcie.stages.nanos(row, Stage.RAISED));
        assertEquals(DeviceFixture.START_NANOS + 900, pcie.stages.nanos(row, Stage.ACCEPTED));
    }

    @Test
    void shouldMeasureFromItsFirstDutyCycleToTheEndOfAllWork() {
        final DeviceFixture pcie = new DeviceFixture(new Faults().run(0, 1).single(), 1);
        pcie.clock.advance(10_000);
        final List<Sent> sent = pcie.turn();
        pcie.clock.advance(300);
        assertEquals(300, pcie.device.activeNanos());
        pcie.resolve(sent);
        pcie.device.doWork();
        assertTrue(pcie.device.isFinished());
        pcie.clock.advance(5_000);
        pcie.device.doWork();
        assertEquals(300, pcie.device.activeNanos());
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
