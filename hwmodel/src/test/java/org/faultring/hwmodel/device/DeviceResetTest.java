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
import java.util.SplittableRandom;

import org.faultring.hwmodel.Faults;
import org.faultring.hwmodel.Seeds;
import org.faultring.hwmodel.device.DeviceFixture.Sent;
import org.faultring.hwmodel.pci.ConfigSpace;
import org.faultring.hwmodel.pci.LinuxPciFunction;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failure, disable, reset, and on again. */
class DeviceResetTest {

    private static final int SUCCESS = PageGroupResponseMessage.SUCCESS;
    private static final int FAILURE = PageGroupResponseMessage.RESPONSE_FAILURE;

    private final ConfigSpace config = new ConfigSpace();

    private DeviceFixture fixture(final Workload workload, final int credits) {
        final PriCapability pri = new PriCapability(credits);
        config.add(pri);
        return new DeviceFixture(workload, pri, DeviceFixture.settings(1, 1, 512), RaiseSchedules.closedLoop(),
                WorkErrorSink.NONE);
    }

    private static Workload groups(final int groups, final int length) {
        return new Faults().groups(0, groups, length).grouped();
    }

    private static void assertConserved(final DeviceFixture pcie) {
        assertEquals(pcie.count(Counter.REQUESTS), pcie.count(Counter.CREDITS_RETURNED)
                + pcie.count(Counter.GIVEN_UP) + pcie.device.outstanding());
        assertEquals(pcie.count(Counter.REQUESTS), pcie.count(Counter.FAULTS_RAISED) + pcie.count(Counter.RETRIES));
    }

    /** 8.2 row 13: any code but Success and Invalid stops the function until disable, reset, enable. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 14, 15})
    void shouldNeedDisableResetAndEnableAfterAFailure(final int code) {
        final DeviceFixture pcie = fixture(groups(6, 2), 6);
        final LinuxPciFunction linux = new LinuxPciFunction(config);
        assertEquals(0, linux.enablePri(2048));
        final List<Sent> sent = pcie.turn();
        assertEquals(6, sent.size());
        pcie.answer(sent.get(0).index(), code);
        assertEquals(0x8001, pcie.pri.status());
        assertEquals(List.of(), pcie.turn());
        assertTrue(pcie.device.isFinished());
        // Clearing RF by writing 1 is not enough.
        config.write16(config.find(PriCapability.ID) + PriCapability.STATUS_OFFSET, 1);
        assertEquals(0x8000, pcie.pri.status());
        assertEquals(List.of(), pcie.turn());
        // Later answers are ignored, so what is outstanding stays so and the function never stops by itself.
        pcie.answer(sent.get(2).index(), SUCCESS);
        assertEquals(1, pcie.count(Counter.IGNORED_RESPONSES));
        assertEquals(4, pcie.pri.outstanding());
        assertEquals(-Errno.EBUSY, linux.resetPri());
        linux.disablePri();
        assertEquals(-Errno.EBUSY, linux.enablePri(2048));
        assertEquals(0, linux.resetPri());
        assertEquals(0, pcie.pri.outstanding());
        assertEquals(4, pcie.count(Counter.GIVEN_UP));
        assertEquals(6, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(List.of(), pcie.turn());
        assertEquals(0, linux.enablePri(2048));
        pcie.runToTheEnd();
        assertEquals(6, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(12, pcie.count(Counter.FAULTS_RAISED));
        assertConserved(pcie);
    }

    @Test
    void shouldStopOnceAnsweredAndGoOnWhenEnabledAgain() {
        final DeviceFixture pcie = fixture(groups(4, 2), 4);
        final LinuxPciFunction linux = new LinuxPciFunction(config);
        linux.enablePri(2048);
        final List<Sent> sent = pcie.turn();
        linux.disablePri();
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished(), "answers are to come");
        pcie.answer(sent.get(0).index(), SUCCESS);
        assertEquals(0x8000, pcie.pri.status());
        pcie.resolve(sent.subList(2, 4));
        assertEquals(0x8100, pcie.pri.status());
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished(), "there is more to do once it may");
        assertEquals(0, linux.enablePri(2048));
        // What was still missing is asked for again, before new work.
        final List<Sent> again = pcie.turn();
        assertEquals(4, again.size());
        assertEquals(sent.get(0).address(), again.get(0).address());
        assertFalse(pcie.device.isFinished());
        pcie.resolve(again);
        pcie.runToTheEnd();
        assertEquals(8, pcie.count(Counter.FAULTS_RESOLVED));
        assertEquals(0, pcie.count(Counter.GIVEN_UP));
        assertConserved(pcie);
    }

    @Test
    void shouldGiveUpWhatIsOutstandingInAResetOfTheFunction() {
        final DeviceFixture pcie = fixture(groups(8, 3), 12);
        pcie.pri.enable(2048);
        final List<Sent> sent = pcie.turn();
        pcie.answer(sent.get(0).index(), SUCCESS);
        assertEquals(9, pcie.device.outstanding());
        config.functionReset();
        assertEquals(9, pcie.count(Counter.GIVEN_UP));
        // The three that waited to be asked for again fail, too.
        assertEquals(12, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(0, pcie.device.outstanding());
        assertEquals(0x8100, pcie.pri.status());
        assertEquals(0, pcie.pri.allocation());
        // A late answer finds nothing: UPRGI.
        pcie.answer(sent.get(3).index(), FAILURE);
        assertEquals(0x8102, pcie.pri.status());
        assertEquals(1, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished());
        pcie.pri.enable(2048);
        pcie.runToTheEnd();
        assertEquals(12, pcie.count(Counter.FAULTS_RESOLVED));
        assertConserved(pcie);
    }

    @Test
    void shouldUseOtherIndexesFirstAfterAReset() {
        // A late answer cannot be told from one to a new group of the same index, so that one comes last.
        final DeviceFixture pcie = fixture(new Faults().run(0, 20).single(), 4);
        pcie.pri.enable(4);
        final List<Sent> before = pcie.turn();
        config.functionReset();
        pcie.pri.enable(4);
        final List<Sent> after = pcie.turn();
        assertEquals(4, after.size());
        for (final Sent request : after) {
            before.forEach(old -> assertNotEquals(old.index(), request.index()));
        }
        before.forEach(old -> pcie.answer(old.index(), SUCCESS));
        assertEquals(4, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(4, pcie.device.outstanding());
    }

    @Test
    void shouldLetALateAnswerHitANewGroupOfTheSameIndex() {
        final DeviceFixture pcie = fixture(new Faults().run(0, 1000).single(), 512);
        pcie.pri.enable(512);
        final List<Sent> before = pcie.turn();
        config.functionReset();
        pcie.pri.enable(512);
        pcie.turn();
        pcie.answer(before.get(7).index(), PageGroupResponseMessage.INVALID_REQUEST);
        assertEquals(0, pcie.count(Counter.UNEXPECTED_RESPONSES));
        assertEquals(513, pcie.count(Counter.FAULTS_FAILED));
        assertEquals(487, pcie.device.outstanding());
    }

    @Test
    void shouldShareCreditsBetweenFunctionsAndResetOneOfThem() {
        final PriCapability shared = new PriCapability(10);
        final DeviceFixture one = new DeviceFixture(groups(8, 2), shared, DeviceFixture.settings(1, 1, 3),
                RaiseSchedules.closedLoop(), WorkErrorSink.NONE);
        final DeviceFixture two = new DeviceFixture(groups(8, 2), shared, DeviceFixture.settings(1, 1, 512),
                RaiseSchedules.closedLoop(), WorkErrorSink.NONE);
        shared.enable(10);
        assertEquals(6, one.turn().size());
        final List<Sent> sent = two.turn();
        assertEquals(4, sent.size());
        assertEquals(0, shared.credits());
        one.device.reset();
        assertEquals(6, shared.credits());
        assertEquals(0, one.device.outstanding());
        assertEquals(4, two.device.outstanding());
        assertEquals(6, one.count(Counter.GIVEN_UP));
        two.resolve(sent);
        assertEquals(10, shared.credits());
        one.turn();
        two.turn();
        // The interface itself is reset: all functions forget.
        shared.disable();
        shared.reset();
        assertEquals(0, one.device.outstanding());
        assertEquals(0, two.device.outstanding());
        assertConserved(one);
        assertConserved(two);
    }

    @Test
    void shouldRaiseALongGroupInPartsWhereLittleIsAllowed() {
        final DeviceFixture pcie = fixture(groups(2, 4), 8);
        pcie.pri.enable(3);
        final List<Sent> first = pcie.turn();
        assertEquals(List.of(false, false, true), first.stream().map(Sent::isLast).toList());
        assertEquals(List.of(), pcie.turn());
        pcie.resolve(first);
        final List<Sent> rest = pcie.turn();
        assertEquals(1, rest.size());
        assertTrue(rest.get(0).isLast());
        pcie.resolve(rest);
        pcie.runToTheEnd();
        assertEquals(8, pcie.count(Counter.FAULTS_RAISED));
        assertEquals(8, pcie.count(Counter.FAULTS_RESOLVED));
    }

    @Test
    void shouldRaiseNothingWhereNothingIsAllowed() {
        final DeviceFixture pcie = fixture(groups(2, 4), 8);
        pcie.pri.enable(0);
        assertEquals(List.of(), pcie.turn());
        assertFalse(pcie.device.isFinished());
    }

    @Test
    void shouldFailAGroupThatWillNeverFitAgain() {
        final DeviceFixture pcie = fixture(groups(2, 4), 8);
        pcie.pri.enable(8);
        final List<Sent> sent = pcie.turn();
        pcie.answer(sent.get(0).index(), SUCCESS);
        pcie.pri.disable();
        pcie.resolve(sent.subList(4, 8));
        pcie.pri.enable(2);
        assertEquals(List.of(), pcie.turn());
        assertEquals(4, pcie.count(Counter.FAULTS_FAILED));
        pcie.turn();
        assertTrue(pcie.device.isFinished());
        assertConserved(pcie);
    }

    static long[] seeds() {
        return Seeds.of(2_028, 100);
    }

    /** Answers of all kinds, lost answers, resets of all kinds in any order: nothing is counted twice or lost. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldConserveOverResets(final long seed) {
        Seeds.run(seed, () -> runWithResets(seed));
    }

    private void runWithResets(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Workload workload = new Faults().random(seed, 400, 2, 100).grouped();
        final int credits = workload.longestGroup() + random.nextInt(64);
        final DeviceFixture pcie = fixture(workload, credits);
        final LinuxPciFunction linux = new LinuxPciFunction(config);
        linux.enablePri(credits);
        final List<Integer> answerable = new ArrayList<>();
        for (int step = 0; step < 100_000 && pcie.count(Counter.FAULTS_RAISED) < workload.faults(); step++) {
            pcie.turn().stream().filter(Sent::isLast).forEach(request -> answerable.add(request.index()));
            if (!answerable.isEmpty()) {
                final int index = answerable.remove(random.nextInt(answerable.size()));
                if (random.nextInt(8) != 0) {
                    final int code = random.nextInt(16);
                    pcie.answer(index, random.nextInt(8) == 0 ? code : code & 1);
                }
            }
            if (random.nextInt(20) == 0 || !pcie.pri.mayRequest()) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        linux.disablePri();
                        linux.resetPri();
                    }
                    case 1 -> pcie.device.reset();
                    default -> {
                        linux.disablePri();
                        config.functionReset();
                    }
                }
                linux.enablePri(credits);
            }
            assertConserved(pcie);
            assertEquals(pcie.pri.outstanding(), pcie.device.outstanding());
            assertTrue(pcie.pri.credits() >= 0 || !pcie.pri.mayRequest());
        }
        assertEquals(workload.faults(), pcie.count(Counter.FAULTS_RAISED));
        config.functionReset();
        assertEquals(workload.faults(), pcie.count(Counter.FAULTS_RESOLVED) + pcie.count(Counter.FAULTS_FAILED));
        assertConserved(pcie);
    }
}
