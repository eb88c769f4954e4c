/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.Allocation;
import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A device that breaks the rules, in front of a host that must bear it. */
class MisbehavingEndpointTest {

    private static final Misbehaviour NONE = Misbehaviour.NONE;
    private static final int CREDITS = 32;

    /** A rogue device and what it is made of, in front of a host. */
    private static final class Rogue {

        final HostFixture host;
        final MisbehavingEndpoint rogue;
        final EndpointDevice device;
        final PriCapability pri = new PriCapability(CREDITS);
        final long faults;

        Rogue(final HostFixture host, final Misbehaviour misbehaviour, final Workload workload, final long laps) {
            this.host = host;
            faults = laps * workload.faults();
            final DeviceSettings settings = host.settings(laps);
            rogue = new MisbehavingEndpoint(misbehaviour, settings.requesterId(), host.iommu, pri,
                    host.hardwareTally);
            device = host.device(settings, rogue, rogue.believedPri(), workload, WorkErrorSink.NONE);
            rogue.connect(device);
            host.addFunction(settings.requesterId(), rogue, workload.trace().processCount());
            host.agents.add(HostFixture.agent("rogue", device::doWork));
            pri.enable(host.driver.grantedCredits());
        }

        /** Until the device has done all its work; when nothing moves any more its driver resets it. */
        int runWithResets() {
            int resets = 0;
            for (int i = 0; i < 10_000; i++) {
                host.settle();
                host.assertBounded();
                if (device.isFinished()) {
                    return resets;
                }
                device.reset();
                resets++;
            }
            throw new AssertionError("the device does not finish");
        }
    }

    private static Workload workload(final long seed, final int faults) {
        return new Faults().random(seed, faults, 2, 300).grouped();
    }

    @Test
    void shouldLeaveAWellBehavedDeviceAsItIs() {
        final Rogue rogue = new Rogue(new HostFixture(), NONE, workload(1, 2_000), 2);
        assertEquals(0, rogue.runWithResets());
        rogue.host.assertHostConserves();
        rogue.host.assertDevicesConserve(rogue.device);
        assertEquals(rogue.faults, rogue.host.count(Counter.FAULTS_RESOLVED));
        for (final Counter never : List.of(Counter.ROGUE_REQUESTS, Counter.REQUESTS_WITHOUT_CREDIT,
                Counter.LASTS_WITHHELD, Counter.INDEXES_REPEATED, Counter.WRONG_PASIDS,
                Counter.UNEXPECTED_RESPONSES, Counter.FAULTS_FAILED)) {
            assertEquals(0, rogue.host.count(never), never::key);
        }
        assertEquals(0, rogue.rogue.inFlight());
    }

    @Test
    void shouldIgnoreItsCredits() {
        final Rogue rogue = new Rogue(new HostFixture(), NONE.ignoringCredits(2_000), workload(2, 3_000), 1);
        for (int i = 0; i < 4; i++) {
            rogue.device.doWork();
        }
        assertEquals(0, rogue.runWithResets());
        rogue.host.assertHostConserves();
        rogue.host.assertDevicesConserve(rogue.device);
        assertTrue(rogue.host.count(Counter.REQUESTS_WITHOUT_CREDIT) > 500);
        // A queue of 127 cannot hold what comes, but nothing is lost for good.
        assertTrue(rogue.host.count(Counter.OVERFLOWS) > 0);
        assertEquals(rogue.faults, rogue.host.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldWithholdLastRequests() {
        final Rogue rogue = new Rogue(new HostFixture(), NONE.withholdingLast(5), workload(3, 1_000), 1);
        final int resets = rogue.runWithResets();
        assertTrue(resets > 3, "credits of unfinished groups never come back");
        rogue.host.assertHostConserves();
        rogue.host.assertDevicesConserve(rogue.device);
        assertTrue(rogue.host.count(Counter.LASTS_WITHHELD) > 40);
        assertTrue(rogue.host.count(Counter.GIVEN_UP) > 0);
        assertEquals(rogue.faults, rogue.host.count(Counter.FAULTS_RESOLVED)
                + rogue.host.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldRepeatAnOutstandingIndex() {
        final Rogue rogue = new Rogue(new HostFixture(), NONE.repeatingIndex(4), workload(4, 1_000), 1);
        rogue.runWithResets();
        rogue.host.assertHostConserves();
        rogue.host.assertDevicesConserve(rogue.device);
        assertTrue(rogue.host.count(Counter.INDEXES_REPEATED) > 20);
        // The second answer under the index finds no group, and UPRGI says so.
        assertTrue(rogue.host.count(Counter.UNEXPECTED_RESPONSES) > 0);
        assertTrue((rogue.pri.status() & PriCapability.UNEXPECTED_INDEX) != 0);
        assertEquals(rogue.faults, rogue.host.count(Counter.FAULTS_RESOLVED)
                + rogue.host.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldSendWrongPasids() {
        final Rogue rogue = new Rogue(new HostFixture(), NONE.withWrongPasid(3), workload(5, 1_000), 1);
        assertEquals(0, rogue.runWithResets());
        rogue.host.assertHostConserves();
        rogue.host.assertDevicesConserve(rogue.device);
        assertTrue(rogue.host.count(Counter.WRONG_PASIDS) > 80);
        // Nothing is attached there: each request is answered Invalid, also those that close no group.
        assertTrue(rogue.host.count(Counter.REFUSED) >= rogue.host.count(Counter.WRONG_PASIDS));
        assertTrue(rogue.host.count(Counter.FAULTS_FAILED) >= rogue.host.count(Counter.WRONG_PASIDS));
        assertTrue(rogue.host.count(Counter.UNEXPECTED_RESPONSES) > 0);
        assertEquals(rogue.faults, rogue.host.count(Counter.FAULTS_RESOLVED)
                + rogue.host.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldFlood() {
        final HostFixture host = new HostFixture(0, 1 << 14, 512);
        final Rogue rogue = new Rogue(host, NONE.flooding(64, 6), workload(6, 500), 1);
        for (int i = 0; i < 2_000; i++) {
            rogue.rogue.doWork();
            for (final Agent agent : host.agents) {
                HostFixture.step(agent);
            }
            host.assertBounded();
        }
        rogue.runWithResets();
        host.assertHostConserves();
        host.assertDevicesConserve(rogue.device);
        assertEquals(128_000, host.count(Counter.ROGUE_REQUESTS));
        for (final Counter some : List.of(Counter.REQUESTS_WITHOUT_CREDIT, Counter.REFUSED, Counter.AUTO_ANSWERED,
                Counter.DROPPED_IN_OVERFLOW, Counter.DROPPED_BY_KERNEL, Counter.UNEXPECTED_RESPONSES)) {
            assertTrue(host.count(some) > 0, some::key);
        }
        assertEquals(rogue.faults, host.count(Counter.FAULTS_RESOLVED) + host.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldFloodAnAttachedPasidWithPartialsUpToTheirBound() {
        final HostFixture host = new HostFixture(4, 1 << 14, 700);
        final Rogue rogue = new Rogue(host, NONE.withholdingLast(1), new Faults().groups(0, 200, 4).grouped(), 9);
        for (int round = 0; round < 600 && !rogue.device.isFinished(); round++) {
            host.settle();
            host.assertBounded();
            rogue.device.reset();
        }
        assertEquals(700, host.reporter.waitingRequests());
        assertTrue(host.count(Counter.DROPPED_BY_KERNEL) > 6_000);
        assertEquals(0, host.count(Counter.GROUPS_DELIVERED));
        host.assertHostConserves();
        host.assertDevicesConserve(rogue.device);
        // One group is closed at last: whatever waits under its index goes along, and memory comes back.
        final int waiting = host.reporter.waitingRequests();
        host.iommu.pageRequest(HostFixture.REQUESTER_ID, 1,
                PageRequestMessage.of(Faults.page(0), 0, PageRequestMessage.READ | PageRequestMessage.LAST));
        host.settle();
        assertTrue(host.reporter.waitingRequests() < waiting);
        assertEquals(1, host.count(Counter.GROUPS_DELIVERED));
    }

    @Test
    void shouldStarveOthersOfPartialsButNotStopThem() {
        // One pool for all devices: its neighbour's groups lose requests and are asked for again.
        final HostFixture host = new HostFixture(4, 1 << 14, 64);
        final Rogue rogue = new Rogue(host, NONE.withholdingLast(1), new Faults().groups(0, 100, 4).grouped(), 1);
        for (int i = 0; i < 4; i++) {
            host.settle();
            rogue.device.reset();
        }
        assertEquals(64, host.reporter.waitingRequests());
        final Workload workload = workload(7, 1_000);
        final EndpointDevice neighbour = host.addDevice(workload, 256, 1);
        for (int i = 0; i < 100_000 && !neighbour.isFinished(); i++) {
            host.agents.forEach(HostFixture::step);
        }
        assertTrue(neighbour.isFinished());
        assertTrue(host.count(Counter.RETRIES) > 0);
        assertEquals(workload.faults(), host.count(Counter.FAULTS_RESOLVED));
        host.assertHostConserves();
        host.assertDevicesConserve(rogue.device, neighbour);
    }

    @Test
    void shouldFailANeighbourWhenTheSharedRingIsFull() {
        // What a full ring is answered with stops a device: Linux's FAILURE is a reserved code for PCIe.
        final HostFixture host = new HostFixture(4, 4, 64);
        host.agents.removeIf(agent -> agent.roleName().equals("user"));
        final Rogue rogue = new Rogue(host, NONE.ignoringCredits(100), new Faults().run(0, 100).single(), 1);
        host.settle();
        final EndpointDevice neighbour = host.addDevice(new Faults().run(0, 3).single(), 8, 1);
        host.settle();
        assertEquals(PriCapability.RESPONSE_FAILURE, neighbour.pri().status() & 3);
        assertTrue(neighbour.isFinished());
        assertTrue(rogue.device.isFinished());
        host.assertHostConserves();
    }

    static Stream<Misbehaviour> all() {
        final List<Misbehaviour> all = new ArrayList<>();
        for (final long seed : Seeds.of(2_030, 60)) {
            final SplittableRandom random = new SplittableRandom(seed);
            all.add(new Misbehaviour(random.nextInt(2) * random.nextInt(3_000), random.nextInt(12),
                    random.nextInt(12), random.nextInt(12), random.nextInt(2) * random.nextInt(40), seed));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldBeBorneWhateverItDoesInAnyOrderOfSteps(final Misbehaviour misbehaviour) {
        Seeds.run(misbehaviour.seed(), () -> runRandomly(misbehaviour));
    }

    private static void runRandomly(final Misbehaviour misbehaviour) {
        final SplittableRandom random = new SplittableRandom(misbehaviour.seed());
        final HostFixture host = new HostFixture(random.nextInt(2), 1 << 14, 1 + random.nextInt(600));
        final Rogue rogue = new Rogue(host, misbehaviour, workload(misbehaviour.seed(), 600), 2);
        final EndpointDevice neighbour = host.addDevice(workload(~misbehaviour.seed(), 600), 64, 1);
        host.agents.add(HostFixture.agent("flood", rogue.rogue::doWork));
        final int agents = host.agents.size();
        for (int i = 0; i < 20_000; i++) {
            HostFixture.step(host.agents.get(random.nextInt(agents)));
            if (random.nextInt(2_000) == 0) {
                rogue.device.reset();
            }
        }
        host.agents.remove(agents - 1);
        rogue.runWithResets();
        host.settle();
        host.assertBounded();
        host.assertHostConserves();
        host.assertDevicesConserve(rogue.device, neighbour);
        assertTrue(neighbour.isFinished());
        assertEquals(0, neighbour.outstanding());
        assertEquals(host.count(Counter.FAULTS_RAISED),
                host.count(Counter.FAULTS_RESOLVED) + host.count(Counter.FAULTS_FAILED));
    }

    @Test
    void shouldDoAllAtOnceToOneGroup() {
        final Counters counters = new Counters();
        final Tally tally = counters.tally();
        final List<long[]> seen = new ArrayList<>();
        final PriCapability pri = new PriCapability(8);
        pri.enable(8);
        final MisbehavingEndpoint rogue = new MisbehavingEndpoint(
                NONE.withholdingLast(2).repeatingIndex(1).withWrongPasid(2), 1,
                (id, pasid, message) -> seen.add(new long[] {pasid, message}), pri, tally);
        final long read = PageRequestMessage.READ;
        final long last = PageRequestMessage.LAST;
        rogue.pageRequest(1, 5, PageRequestMessage.of(0x1000, 7, read));
        rogue.pageRequest(1, 5, PageRequestMessage.of(0x2000, 7, read | last));
        rogue.pageRequest(1, 5, PageRequestMessage.of(0x3000, 8, read));
        rogue.pageRequest(1, 5, PageRequestMessage.of(0x4000, 8, read | last));
        assertEquals(4, rogue.inFlight());
        final long wrong = 5 | 1 << 19;
        final long[][] expected = {{5, PageRequestMessage.of(0x1000, 7, read)},
            {5, PageRequestMessage.of(0x2000, 7, read | last)}, {wrong, PageRequestMessage.of(0x3000, 7, read)},
            {wrong, PageRequestMessage.of(0x4000, 7, read)}};
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i][0], seen.get(i)[0]);
            assertEquals(expected[i][1], seen.get(i)[1]);
        }
        // A stop marker is no request.
        rogue.pageRequest(1, 5, PageRequestMessage.STOP_MARKER);
        assertEquals(4, rogue.inFlight());
        final int[] answers = new int[1];
        rogue.connect((pasid, message) -> answers[0]++);
        rogue.pageGroupResponse(5, PageGroupResponseMessage.of(1, 7, 0));
        assertEquals(1, answers[0]);
        assertEquals(0, rogue.inFlight());
        tally.publish();
        assertEquals(1, counters.get(Counter.LASTS_WITHHELD));
        assertEquals(1, counters.get(Counter.WRONG_PASIDS));
        assertEquals(1, counters.get(Counter.INDEXES_REPEATED));
        assertEquals(0, counters.get(Counter.REQUESTS_WITHOUT_CREDIT));
    }

    @Test
    void shouldAskForAccessInEveryRequestOfAFlood() {
        final Counters counters = new Counters();
        final int[] seen = new int[6];
        final PriCapability pri = new PriCapability(8);
        final MisbehavingEndpoint rogue = new MisbehavingEndpoint(NONE.flooding(1_000, 3), 1,
                (id, prefix, message) -> {
                    assertFalse(PageRequestMessage.isStopMarker(message, 0));
                    assertTrue((message & 3) != 0);
                    assertTrue(prefix == PasidPrefix.NONE || prefix >>> 22 == 0);
                    seen[PageRequestMessage.isLast(message) ? 1 : 0]++;
                    seen[PasidPrefix.isPresent(prefix) ? 3 : 2]++;
                    seen[4] += PasidPrefix.isPresent(prefix) && (prefix & PasidPrefix.EXECUTE_REQUESTED) != 0 ? 1 : 0;
                    seen[5] += PasidPrefix.isPresent(prefix) && (prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) != 0
                            ? 1
                            : 0;
                }, pri, counters.tally());
        assertEquals(1_000, rogue.doWork());
        assertTrue(seen[0] > 400 && seen[1] > 400 && seen[2] > 50 && seen[3] > 800);
        assertTrue(seen[4] > 300 && seen[5] > 300);
    }

    @Test
    void shouldAllocateNothing() {
        final Counters counters = new Counters();
        final PriCapability pri = new PriCapability(8);
        final MisbehavingEndpoint rogue = new MisbehavingEndpoint(new Misbehaviour(0, 3, 4, 5, 64, 1), 1,
                (id, pasid, message) -> {}, pri, counters.tally());
        Allocation.assertNone(() -> {
            for (int i = 0; i < 1_000; i++) {
                rogue.pageRequest(1, 3, PageRequestMessage.of(0, i & 511, PageRequestMessage.READ));
                rogue.pageRequest(1, 3, PageRequestMessage.of(0, i & 511, 5));
                rogue.pageGroupResponse(3, PageGroupResponseMessage.of(1, i & 511, 0));
                rogue.doWork();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"-1; 0; 0; 0; 0; ownCredits=-1 (expected: 0..1048576)",
        "1048577; 0; 0; 0; 0; ownCredits=1048577 (expected: 0..1048576)",
        "0; -1; 0; 0; 0; withholdLastEvery=-1 (expected: 0..2147483647)",
        "0; 0; -1; 0; 0; repeatIndexEvery=-1 (expected: 0..2147483647)",
        "0; 0; 0; -1; 0; wrongPasidEvery=-1 (expected: 0..2147483647)",
        "0; 0; 0; 0; 65537; floodPerTurn=65537 (expected: 0..65536)"})
    void shouldRefuseSettingsOutOfRange(final int credits, final int last, final int index, final int pasid,
            final int flood, final String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> new Misbehaviour(credits, last, index, pasid, flood, 0)).getMessage());
    }
}
