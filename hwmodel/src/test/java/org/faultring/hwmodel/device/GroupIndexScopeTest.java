/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.GroupIndexScope;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.pci.ResponsePasid;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupIndexScopeTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;

    /** Processes by turns, each fault a group. */
    private static Workload processes(final int processes, final int faults) {
        final Faults all = new Faults();
        for (int i = 0; i < faults; i++) {
            all.touch(i % processes, Faults.page(i), false);
        }
        return all.single();
    }

    private static DeviceFixture perPasid(final Workload workload, final int credits) {
        final DeviceFixture pcie = new DeviceFixture(workload, new PriCapability(credits),
                DeviceFixture.settings(1, 1, 512).withIndexScope(GroupIndexScope.PER_PASID),
                RaiseSchedules.closedLoop(), WorkErrorSink.NONE);
        pcie.pri.enable(credits);
        return pcie;
    }

    private static List<Sent> turns(final DeviceFixture pcie, final int turns) {
        final List<Sent> all = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            all.addAll(pcie.turn());
        }
        return all;
    }

    @Test
    void shouldHave512GroupsForEachPasid() {
        final DeviceFixture pcie = perPasid(processes(3, 3_000), 4_096);
        final List<Sent> sent = turns(pcie, 10);
        assertEquals(3 * 512, sent.size());
        for (int pasid = 1; pasid <= 3; pasid++) {
            final int of = pasid;
            assertEquals(512, sent.stream().filter(request -> request.pasid() == of).map(Sent::index).distinct()
                    .count());
        }
        pcie.resolve(sent);
        pcie.runToTheEnd();
        assertEquals(3_000, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, pcie.count(Counter.UNEXPECTED_RESPONSES));
    }

    @Test
    void shouldTellGroupsOfTheSameIndexApartByTheirPasid() {
        final DeviceFixture pcie = perPasid(processes(2, 4), 16);
        final List<Sent> sent = pcie.turn();
        assertEquals(List.of(0, 0, 1, 1), sent.stream().map(Sent::index).toList());
        pcie.map(sent.get(1));
        pcie.answer(2, 0, SUCCESS);
        assertEquals(1, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(3, pcie.device.outstanding());
        // Without a PASID, or with one that it does not have, an answer names nothing.
        pcie.answer(PageRequestMessage.NO_PASID, 0, SUCCESS);
        pcie.answer(0, 0, SUCCESS);
        pcie.answer(3, 0, SUCCESS);
        pcie.answer(2, 0, SUCCESS);
        assertEquals(4, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(3, pcie.device.outstanding());
        pcie.map(sent.get(0));
        pcie.answer(1, 0, SUCCESS);
        assertEquals(2, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldSampleNothing() {
        final DeviceFixture pcie = perPasid(processes(2, 100), 16);
        pcie.runToTheEnd();
        assertEquals(List.of(), pcie.observed);
        assertEquals(100, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldHaveNoMoreGroupsThanCredits() {
        final DeviceFixture pcie = perPasid(processes(4, 1_000), 100);
        assertEquals(100, turns(pcie, 3).size());
        config(pcie);
    }

    /** A reset frees all slots and indexes. */
    private static void config(final DeviceFixture pcie) {
        pcie.pri.functionReset();
        pcie.pri.enable(100);
        assertEquals(100, turns(pcie, 3).size());
        assertEquals(100, pcie.count(Counter.GIVEN_UP));
    }

    @Test
    void shouldRefuseIndexesPerPasidWithoutPasidsInAnswers() {
        final PriCapability omitted = new PriCapability(8, ResponsePasid.OMITTED);
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new DeviceFixture(processes(1, 1), omitted,
                        DeviceFixture.settings(1, 1, 1).withIndexScope(GroupIndexScope.PER_PASID),
                        RaiseSchedules.closedLoop(), WorkErrorSink.NONE));
        assertEquals("indexScope=PER_PASID (expected: PER_FUNCTION for a function that does not ask for the PASID in "
                + "answers)", e.getMessage());
    }

    @Test
    void shouldBoundPasidsAndGroups() {
        assertThrows(IllegalArgumentException.class, () -> new PasidSlots(1, PasidSlots.MAX_PASIDS + 1, 8));
        assertEquals(PasidSlots.MAX_SLOTS, new PasidSlots(1, PasidSlots.MAX_PASIDS, 1 << 20).slots());
        assertEquals(512, new PasidSlots(1, 1, 1 << 20).slots());
        assertEquals(8, new PasidSlots(1, 1, 8).slots());
    }

    static long[] seeds() {
        return Seeds.of(2_029, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNeverUseAnIndexTwiceInAPasid(final long seed) {
        Seeds.run(seed, () -> {
            final SplittableRandom random = new SplittableRandom(seed);
            final int pasids = 1 + random.nextInt(5);
            final int groups = 1 + random.nextInt(3_000);
            final PasidSlots slots = new PasidSlots(1, pasids, groups);
            final Set<Integer> places = new HashSet<>();
            final List<Integer> used = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                final int pasid = 1 + random.nextInt(pasids);
                if (random.nextInt(5) < 3) {
                    final int slot = slots.take(pasid);
                    if (slot != GroupSlots.NONE) {
                        assertTrue(places.add(pasid << 9 | slots.index(slot)));
                        assertEquals(slot, slots.find(pasid, slots.index(slot)));
                        used.add(pasid << 16 | slot);
                    } else {
                        assertTrue(used.size() == slots.slots()
                                || places.stream().filter(place -> place >>> 9 == pasid).count() == 512);
                    }
                } else if (!used.isEmpty()) {
                    final int one = used.remove(random.nextInt(used.size()));
                    final int slot = one & 0xFFFF;
                    final int index = slots.index(slot);
                    assertTrue(places.remove(one >>> 16 << 9 | index));
                    slots.giveBack(slot);
                    assertEquals(GroupSlots.NONE, slots.find(one >>> 16, index));
                }
            }
        });
    }

    @Test
    void shouldAllocateNothing() {
        final PasidSlots slots = new PasidSlots(1, 4, 4_096);
        Allocation.assertNone(() -> {
            for (int i = 0; i < 10_000; i++) {
                slots.giveBack(slots.take(1 + (i & 3)));
            }
        });
    }
}
