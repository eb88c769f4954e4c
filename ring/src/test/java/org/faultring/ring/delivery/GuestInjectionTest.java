/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.faultring.ring.Allocations;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.delivery.FakeFaultFile.Answer;
import org.faultring.ring.delivery.FakeFaultFile.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestInjectionTest {

    private static final int LAST = PageFaultFlyweight.LAST_PAGE;
    private static final int PASID = PageFaultFlyweight.PASID_VALID;
    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int HOST_A = 4;
    private static final int HOST_B = 7;
    private static final int REQUESTER = 0x0108;

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final FakeFaultFile file = new FakeFaultFile();
    private final GuestInjection injection = new GuestInjection(file, 8, tally);
    private final GuestIommu first = injection.addGuest(8, GuestIommu.PRI_INDEXES);
    private final GuestIommu second = injection.addGuest(8, GuestIommu.PRI_INDEXES);
    /**
     * Both guests know their device by the same name and use the same PASID: nothing but the guest tells them apart.
     */
    private final GuestDevice a = injection.addDevice(HOST_A, first, REQUESTER).mapPasid(100, 1);
    private final GuestDevice b = injection.addDevice(HOST_B, second, REQUESTER).mapPasid(200, 1);

    /** What a guest finds in its queue. */
    private record Seen(int flags, int requesterId, int pasid, int groupIndex, long address, int groupLength) {}

    private static Record fault(final int device, final int pasid, final int groupIndex, final long address) {
        return new Record(LAST | PASID | PageFaultFlyweight.RESPONSE_NEEDS_PASID, device, pasid, groupIndex, address);
    }

    private static List<Seen> take(final GuestIommu guest) {
        final List<Seen> seen = new ArrayList<>();
        guest.queue().poll(slot -> {
            assertEquals(0, slot.cookie(), "the host's cookie is none of the guest's business");
            seen.add(new Seen(slot.flags(), slot.deviceId(), slot.pasid(), slot.groupIndex(), slot.address(),
                    slot.groupLength()));
        }, guest.queue().capacity());
        return seen;
    }

    private long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }

    @Test
    void shouldTranslateOnTheWayUpAndBack() {
        file.add(31, fault(HOST_A, 100, 5, 0x1000));
        file.add(32, new Record(LAST, HOST_B, 0, 6, 0x2000));
        assertEquals(2, injection.doWork());
        assertEquals(List.of(new Seen(LAST | PASID, REQUESTER, 1, 5, 0x1000, 1)), take(first));
        assertEquals(List.of(new Seen(LAST, REQUESTER, 0, 6, 0x2000, 1)), take(second));
        assertEquals(List.of(), file.answers());
        assertTrue(first.pageResponse(REQUESTER, 1, 5, SUCCESS));
        assertTrue(second.pageResponse(REQUESTER, GuestDevice.NO_PASID, 6, INVALID));
        assertEquals(List.of(), file.answers());
        assertEquals(2, injection.doWork());
        assertEquals(List.of(new Answer(31, SUCCESS), new Answer(32, INVALID)), file.answers());
        assertEquals(2, count(Counter.GROUPS_INJECTED));
        assertEquals(0, a.outstanding() + b.outstanding());
    }

    @Test
    void shouldGiveTheGuestWholeGroupsWithEachPasidTranslated() {
        a.mapPasid(101, 2);
        file.add(9, new Record(PASID, HOST_A, 101, 3, 0x1000), new Record(0, HOST_A, 0, 3, 0x2000),
                new Record(LAST | PASID, HOST_A, 100, 3, 0x3000));
        injection.doWork();
        assertEquals(3, first.queue().peekGroupLength());
        assertEquals(List.of(new Seen(PASID, REQUESTER, 2, 3, 0x1000, 3), new Seen(0, REQUESTER, 0, 3, 0x2000, 0),
                new Seen(LAST | PASID, REQUESTER, 1, 3, 0x3000, 0)), take(first));
        assertTrue(first.pageResponse(REQUESTER, 1, 3, SUCCESS));
        injection.writeAnswers();
        assertEquals(List.of(new Answer(9, SUCCESS)), file.answers());
    }

    @Test
    void shouldInterruptOnceForACycleAndOnlyTheGuestConcerned() {
        file.add(1, fault(HOST_A, 100, 1, 0)).add(2, fault(HOST_A, 100, 2, 0));
        injection.doWork();
        injection.doWork();
        assertEquals(1, first.interrupts().get());
        assertEquals(0, second.interrupts().get());
    }

    @Test
    void shouldAnswerInvalidWhatNobodyHas() {
        file.add(1, fault(99, 100, 1, 0));
        file.add(2, fault(HOST_A, 200, 1, 0));
        file.add(3, new Record(PASID, HOST_A, 555, 1, 0), new Record(LAST, HOST_A, 0, 1, 0));
        injection.doWork();
        assertEquals(List.of(new Answer(1, INVALID), new Answer(2, INVALID), new Answer(3, INVALID)), file.answers());
        assertEquals(3, count(Counter.INJECTIONS_REFUSED));
        assertEquals(List.of(), take(first));
        assertEquals(List.of(), take(second));
    }

    @Test
    void shouldRefuseGarbageFromAGuestAndLeaveTheOtherGuestsFaultsAlone() {
        file.add(1, fault(HOST_B, 200, 5, 0));
        injection.doWork();
        int refused = 0;
        for (int requesterId = 0; requesterId < 0x200; requesterId += 8) {
            for (final int pasid : new int[] {GuestDevice.NO_PASID, 0, 1, 200}) {
                for (final int index : new int[] {-1, 0, 5, 511, 512, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertFalse(first.pageResponse(requesterId, pasid, index, SUCCESS));
                    refused++;
                }
            }
        }
        injection.doWork();
        assertEquals(List.of(), file.answers());
        assertEquals(refused, count(Counter.GUEST_ANSWERS_REFUSED));
        assertFalse(second.pageResponse(REQUESTER, GuestDevice.NO_PASID, 5, SUCCESS), "wrong PASID");
        assertTrue(second.pageResponse(REQUESTER, 1, 5, SUCCESS));
        assertFalse(second.pageResponse(REQUESTER, 1, 5, SUCCESS), "twice");
        injection.doWork();
        assertEquals(List.of(new Answer(1, SUCCESS)), file.answers());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 15, 16, -1, Integer.MIN_VALUE})
    void shouldTurnEveryOtherCodeIntoInvalid(final int code) {
        file.add(1, fault(HOST_A, 100, 1, 0));
        injection.doWork();
        assertTrue(first.pageResponse(REQUESTER, 1, 1, code));
        injection.doWork();
        assertEquals(List.of(new Answer(1, INVALID)), file.answers());
    }

    @Test
    void shouldGiveTwoHostGroupsOfOneIndexDifferentIndexes() {
        // Two devices of one IOMMU group: the record says the first one's ID for both.
        file.add(1, fault(HOST_A, 100, 5, 0x1000)).add(2, fault(HOST_A, 100, 5, 0x2000));
        injection.doWork();
        final List<Seen> seen = take(first);
        assertEquals(5, seen.get(0).groupIndex());
        final int other = seen.get(1).groupIndex();
        assertEquals(0, other);
        assertTrue(first.pageResponse(REQUESTER, 1, other, INVALID));
        assertTrue(first.pageResponse(REQUESTER, 1, 5, SUCCESS));
        injection.doWork();
        assertEquals(List.of(new Answer(2, INVALID), new Answer(1, SUCCESS)), file.answers());
    }

    @Test
    void shouldAnswerInvalidOnceTheGuestHasNoIndexLeft() {
        final GuestIommu small = injection.addGuest(8, 2);
        injection.addDevice(11, small, 3);
        for (int cookie = 1; cookie <= 3; cookie++) {
            file.add(cookie, new Record(LAST, 11, 0, 300, 0));
        }
        injection.doWork();
        assertEquals(List.of(new Answer(3, INVALID)), file.answers());
        assertEquals(List.of(0, 1), take(small).stream().map(Seen::groupIndex).toList());
    }

    @Test
    void shouldAnswerAGuestThatDoesNotReadAsAnIommuInOverflowDoes() {
        for (int cookie = 1; cookie <= 10; cookie++) {
            file.add(cookie, fault(HOST_A, 100, cookie, 0));
        }
        file.add(11, fault(HOST_B, 200, 1, 0));
        injection.doWork();
        injection.doWork();
        assertEquals(List.of(new Answer(9, SUCCESS), new Answer(10, SUCCESS)), file.answers());
        assertEquals(2, count(Counter.INJECTIONS_RETRIED));
        assertEquals(8, a.outstanding());
        assertEquals(1, take(second).size());
        assertEquals(8, take(first).size());
        file.add(12, fault(HOST_A, 100, 9, 0));
        injection.doWork();
        assertEquals(1, take(first).size());
    }

    @Test
    void shouldAnswerInvalidAGroupLongerThanTheGuestsQueue() {
        final Record[] records = new Record[9];
        for (int i = 0; i < 9; i++) {
            records[i] = new Record(i == 8 ? LAST : 0, HOST_A, 0, 1, i);
        }
        file.add(1, records);
        // The first read finds its buffer too short as well.
        assertEquals(1, injection.doWork());
        assertEquals(9, injection.doWork());
        assertEquals(List.of(new Answer(1, INVALID)), file.answers());
    }

    @Test
    void shouldAnswerInvalidWhatARemovedDeviceLeaves() {
        file.add(1, fault(HOST_A, 100, 5, 0)).add(2, fault(HOST_A, 100, 6, 0)).add(3, fault(HOST_B, 200, 5, 0));
        injection.doWork();
        assertEquals(2, injection.removeDevice(HOST_A));
        assertEquals(0, injection.removeDevice(HOST_A));
        assertEquals(List.of(new Answer(1, INVALID), new Answer(2, INVALID)), file.answers());
        assertFalse(first.pageResponse(REQUESTER, 1, 5, SUCCESS));
        file.add(4, fault(HOST_A, 100, 5, 0));
        injection.doWork();
        assertEquals(new Answer(4, INVALID), file.answers().get(2));
        assertEquals(1, b.outstanding());
        // The name is free again.
        injection.addDevice(HOST_A, first, REQUESTER);
    }

    @Test
    void shouldForgetAGroupWhoseCookieTheHostGivesAnew() {
        file.add(1, fault(HOST_A, 100, 5, 0x1000));
        injection.doWork();
        // The host detached A and answered its group; the number goes to a fault of the other guest.
        file.add(1, fault(HOST_B, 200, 6, 0x2000));
        injection.doWork();
        assertFalse(first.pageResponse(REQUESTER, 1, 5, SUCCESS), "late answer");
        assertTrue(second.pageResponse(REQUESTER, 1, 6, INVALID));
        injection.doWork();
        assertEquals(List.of(new Answer(1, INVALID)), file.answers());
        assertEquals(0, a.outstanding());
    }

    @Test
    void shouldCountAnAnswerThatTheHostNoLongerWants() {
        file.add(1, fault(HOST_A, 100, 5, 0)).add(2, fault(HOST_A, 100, 6, 0));
        injection.doWork();
        file.refuse(1);
        assertTrue(first.pageResponse(REQUESTER, 1, 5, SUCCESS));
        assertTrue(first.pageResponse(REQUESTER, 1, 6, SUCCESS));
        injection.doWork();
        assertEquals(List.of(new Answer(2, SUCCESS)), file.answers());
        assertEquals(1, count(Counter.ANSWERS_LOST));
    }

    @Test
    void shouldTakeMoreAnswersThanTheBufferHolds() {
        final GuestIommu guest = injection.addGuest(64, GuestIommu.PRI_INDEXES);
        injection.addDevice(20, guest, 1);
        for (int cookie = 1; cookie <= 40; cookie++) {
            file.add(cookie, new Record(LAST, 20, 0, cookie, 0));
        }
        for (int i = 0; i < 6; i++) {
            injection.doWork();
        }
        assertEquals(40, take(guest).size());
        for (int index = 1; index <= 40; index++) {
            assertTrue(guest.pageResponse(1, GuestDevice.NO_PASID, index, SUCCESS));
        }
        injection.doWork();
        assertEquals(40, file.answers().stream().distinct().count());
    }

    @Test
    void shouldRefuseNamesThatAreTaken() {
        assertThrows(IllegalArgumentException.class, () -> injection.addDevice(HOST_A, second, 1));
        assertThrows(IllegalArgumentException.class, () -> injection.addDevice(5, first, REQUESTER));
        assertThrows(IllegalArgumentException.class, () -> a.mapPasid(100, 9));
        assertThrows(IllegalArgumentException.class, () -> a.mapPasid(9, 1));
        assertThrows(IllegalArgumentException.class, () -> a.mapPasid(1 << 20, 9));
        assertThrows(IllegalArgumentException.class, () -> injection.addGuest(8, 0));
        a.unmapPasid(100);
        a.mapPasid(100, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldGiveEachGuestItsOwnFaultsAndEachFaultItsOwnAnswerInRandomHistories(final long seed) {
        final Random random = new Random(seed);
        final List<GuestIommu> guests = List.of(first, second);
        /** Cookie by guest, then index at the guest. */
        final List<Map<Integer, Integer>> open = List.of(new HashMap<>(), new HashMap<>());
        final Map<Integer, Integer> guestOf = new HashMap<>();
        int cookies = 0;
        int answered = 0;
        for (int step = 0; step < 3_000; step++) {
            final String where = "seed=" + seed + " step=" + step;
            final int which = random.nextInt(2);
            if (random.nextBoolean()) {
                final int cookie = ++cookies;
                guestOf.put(cookie, which);
                // The address says whose fault it is.
                file.add(cookie, fault(which == 0 ? HOST_A : HOST_B, which == 0 ? 100 : 200, random.nextInt(4),
                        cookie));
                injection.doWork();
                for (int g = 0; g < 2; g++) {
                    for (final Seen seen : take(guests.get(g))) {
                        assertEquals(g, guestOf.get((int) seen.address()), where);
                        assertEquals(null, open.get(g).put(seen.groupIndex(), (int) seen.address()), where);
                    }
                }
            } else {
                final int index = random.nextInt(8);
                final Integer expected = open.get(which).remove(index);
                final int code = random.nextInt(2);
                assertEquals(expected != null, guests.get(which).pageResponse(REQUESTER, 1, index, code), where);
                injection.doWork();
                if (expected != null) {
                    assertEquals(new Answer(expected, code), file.answers().get(answered++), where);
                }
            }
            assertEquals(answered, file.answers().size(), where);
        }
        assertTrue(answered > 500, "seed=" + seed);
    }

    @Test
    void shouldNotAllocate() {
        final EndlessFaultFile endless = new EndlessFaultFile();
        final GuestInjection hot = new GuestInjection(endless, 1, tally);
        final GuestIommu guest = hot.addGuest(8, GuestIommu.PRI_INDEXES);
        hot.addDevice(1, guest, 2).mapPasid(3, 4);
        Allocations.assertNone(1, () -> {
            assertEquals(1, hot.doWork());
            assertEquals(1, guest.queue().poll(slot -> {}, 1));
            assertTrue(guest.pageResponse(2, 4, 5, SUCCESS));
            hot.writeAnswers();
        });
    }
}
