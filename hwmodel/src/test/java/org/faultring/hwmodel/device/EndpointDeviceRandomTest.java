/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device under answers of all kinds, in any order, watched by the rules of PCIe. */
class EndpointDeviceRandomTest {

    private final TreeMap<Integer, List<Sent>> outstanding = new TreeMap<>();
    private final List<Integer> answerable = new ArrayList<>();
    private DeviceFixture pcie;
    private Random random;
    private int allocation;
    private int inFlight;

    static long[] seeds() {
        return Seeds.of(2_026, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldKeepTheRulesOfPcie(final long seed) {
        random = new Random(seed);
        Seeds.run(seed, () -> runToTheEnd(seed));
    }

    private void runToTheEnd(final long seed) {
        final Workload workload = new Faults()
                .random(seed, 1 + random.nextInt(600), 1 + random.nextInt(3), 1 + random.nextInt(100)).grouped();
        allocation = workload.longestGroup() + random.nextInt(random.nextBoolean() ? 8 : 1000);
        final int laps = 1 + random.nextInt(3);
        final int sampleEvery = 1 + random.nextInt(3);
        pcie = new DeviceFixture(workload, allocation,
                DeviceFixture.settings(laps, sampleEvery, 1 + random.nextInt(64)), RaiseSchedules.closedLoop());
        final boolean automatic = random.nextBoolean();
        pcie.react((requesterId, pasid, message) -> watch(automatic));
        for (int step = 0; !pcie.device.isFinished(); step++) {
            assertTrue(step < 1_000_000, "the device does not finish");
            if (random.nextBoolean()) {
                pcie.device.doWork();
            } else if (!answerable.isEmpty()) {
                answer(answerable.remove(random.nextInt(answerable.size())));
            }
        }
        checkTheBooks((long) workload.faults() * laps);
    }

    /** A request arrived; perhaps it is answered from within. */
    private void watch(final boolean automatic) {
        final Sent request = pcie.sent.remove(0);
        assertTrue(pcie.sent.isEmpty());
        assertFalse(answerable.contains(request.index()), "a request behind the last of its group");
        final List<Sent> group = outstanding.computeIfAbsent(request.index(), index -> new ArrayList<>());
        assertTrue(group.isEmpty() || group.get(0).pasid() == request.pasid(), "one PASID in a group");
        group.add(request);
        inFlight++;
        assertTrue(inFlight <= allocation, "credits");
        assertTrue(outstanding.size() <= PageRequestMessage.GROUP_INDEXES, "groups");
        if (request.isLast()) {
            if (automatic && random.nextInt(3) == 0) {
                answer(request.index());
            } else {
                answerable.add(request.index());
            }
        }
    }

    private void answer(final int index) {
        final List<Sent> group = outstanding.remove(index);
        inFlight -= group.size();
        for (final Sent request : group) {
            if (random.nextInt(4) != 0) {
                pcie.map(request);
            }
        }
        final int code = random.nextInt(10) == 0 ? PageGroupResponseMessage.INVALID_REQUEST
                : PageGroupResponseMessage.SUCCESS;
        pcie.answer(index, code);
        if (random.nextInt(20) == 0) {
            assertNull(outstanding.get(index));
            pcie.answer(index, random.nextInt(16));
        }
    }

    private void checkTheBooks(final long faults) {
        assertEquals(0, inFlight);
        assertEquals(0, pcie.pri.outstanding());
        assertEquals(allocation, pcie.pri.credits());
        assertEquals(faults, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(faults, pcie.count(Counter.FAULTS_RESOLVED) + pcie.count(Counter.FAULTS_FAILED));
        assertEquals(pcie.count(Counter.REQUESTS), faults + pcie.count(Counter.RETRIES));
        assertEquals(pcie.count(Counter.REQUESTS), pcie.count(Counter.CREDITS_RETURNED));
        assertEquals(0, pcie.pri.status() & 1);
        assertEquals(pcie.count(Counter.UNEXPECTED_RESPONSES) > 0, (pcie.pri.status() & 2) != 0);
    }
}
