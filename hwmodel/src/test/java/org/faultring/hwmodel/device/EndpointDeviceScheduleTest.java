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
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a device raises, when it ends, and what it times. */
class EndpointDeviceScheduleTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    private static Workload groups(final int groups, final int length) {
        return new Faults().groups(0, groups, length).grouped();
    }

    private static List<Integer> pages(final List<Sent> requests) {
        return requests.stream().map(r -> (int) ((r.address() - Faults.PAGES) / Faults.PAGE_BYTES)).toList();
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
}
