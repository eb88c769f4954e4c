/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.vtd.VtdFixture.Answer;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver's way of submitting answers, seen on the bus and by the function. */
class InvalidationSubmissionTest {

    private static final int FUNCTION = VtdFixture.FUNCTION;
    private static final int PASID = VtdFixture.PASID;
    private static final int FLAGS = PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE;
    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;

    private static DriverFixture linux(final int responses) {
        final DriverFixture linux = new DriverFixture(0, 48, responses);
        linux.bus.accesses();
        return linux;
    }

    private static void respond(final DriverFixture linux, final int index, final int code) {
        linux.driver.respond(DriverFixture.DEVICE, FLAGS, PASID, index, code);
    }

    private static List<Integer> indexes(final DriverFixture linux) {
        return linux.vtd.answers.stream().map(Answer::groupIndex).toList();
    }

    private static long queueWord(final DriverFixture linux, final int entry, final int word) {
        final long base = linux.vtd.registers.read64(VtdRegisters.IQA) & -4096L;
        return linux.vtd.word(base + entry * 32L + word * 8L);
    }

    @Test
    void shouldWriteTheWorkedExamples() {
        final DriverFixture linux = linux(64);
        respond(linux, 0x1A5, SUCCESS);
        respond(linux, 0x1A5, INVALID);
        respond(linux, 0x1A5, PageResponseFlyweight.FAILURE);
        linux.driver.submit();
        assertEquals(0x0000_0042_0308_0019L, queueWord(linux, 0, 0));
        assertEquals(0x0000_0042_0308_1019L, queueWord(linux, 1, 0));
        assertEquals(0x0000_0042_0308_2019L, queueWord(linux, 2, 0));
        // The wait descriptor of example 18, up to its address.
        assertEquals(0x0000_0002_0000_0025L, queueWord(linux, 3, 0));
        for (int entry = 0; entry < 3; entry++) {
            assertEquals(0xD28, queueWord(linux, entry, 1));
            assertEquals(0, queueWord(linux, entry, 2));
            assertEquals(0, queueWord(linux, entry, 3));
        }
        assertEquals(List.of("IQT<-80"), linux.bus.writes());
        linux.vtd.iommu.doWork();
        assertEquals(List.of(0, 1, 2), linux.vtd.answers.stream().map(Answer::code).toList());
        // QI_DONE
        assertEquals(2, linux.vtd.half(queueWord(linux, 3, 1)));
    }

    @Test
    void shouldAnswerWithoutPasidWhereTheRequestHadNone() {
        final DriverFixture linux = linux(64);
        linux.driver.respond(DriverFixture.DEVICE, PageFaultFlyweight.LAST_PAGE, 0, 3, SUCCESS);
        linux.driver.submit();
        linux.vtd.iommu.doWork();
        assertEquals(List.of(new Answer(FUNCTION, VtdFixture.NO_PASID, 3, SUCCESS)), linux.vtd.answers);
    }

    @Test
    void shouldSubmitNothingWhenThereIsNothing() {
        final DriverFixture linux = linux(1);
        linux.driver.submit();
        assertEquals(List.of(), linux.bus.writes());
        assertEquals(0, linux.count(Counter.SUBMISSIONS));
        assertTrue(linux.driver.isAtRest());
    }

    @Test
    void shouldSubmitOneResponseAtATimeAndTheNextOnlyWhenItIsDone() {
        final DriverFixture linux = linux(1);
        assertEquals(1, linux.driver.room());
        respond(linux, 1, SUCCESS);
        assertEquals(0, linux.driver.room());
        assertFalse(linux.driver.isAtRest());
        linux.driver.submit();
        // One response and its wait.
        assertEquals(List.of("IQT<-40"), linux.bus.writes());
        assertEquals(1, linux.driver.room());
        assertFalse(linux.driver.isAtRest());

        respond(linux, 2, SUCCESS);
        assertEquals(0, linux.driver.room());
        linux.driver.submit();
        assertEquals(0, linux.driver.doWork());
        assertEquals(List.of(), linux.bus.writes());

        assertEquals(2, linux.vtd.iommu.doWork());
        assertEquals(List.of(1), indexes(linux));
        assertEquals(List.of(), linux.bus.writes());
        assertEquals(1, linux.driver.doWork());
        assertEquals(List.of("IQT<-80"), linux.bus.writes());
        assertEquals(1, linux.driver.room());
        assertEquals(2, linux.vtd.iommu.doWork());
        assertEquals(List.of(1, 2), indexes(linux));
        assertEquals(1, linux.driver.doWork());
        assertEquals(0, linux.driver.doWork());
        assertTrue(linux.driver.isAtRest());
        assertEquals(2, linux.count(Counter.SUBMISSIONS));
    }

    @Test
    void shouldSubmit126ResponsesTogether() {
        final DriverFixture linux = linux(126);
        for (int round = 0; round < 9; round++) {
            assertEquals(126, linux.driver.room());
            for (int i = 0; i < 126; i++) {
                respond(linux, i, SUCCESS);
            }
            assertEquals(0, linux.driver.room());
            linux.driver.submit();
            assertEquals(126, linux.driver.room());
            // Behind it the next ones are collected meanwhile.
            for (int i = 0; i < 126; i++) {
                respond(linux, 126 + i, INVALID);
            }
            linux.driver.submit();
            assertEquals(0, linux.driver.room());
            assertEquals(1, linux.bus.writes().size());
            assertEquals(127, linux.vtd.iommu.doWork());
            assertEquals(1, linux.driver.doWork());
            assertEquals(1, linux.bus.writes().size());
            assertEquals(127, linux.vtd.iommu.doWork());
            assertEquals(1, linux.driver.doWork());
            assertTrue(linux.driver.isAtRest());
            for (int i = 0; i < 252; i++) {
                assertEquals(new Answer(FUNCTION, PASID, i, i < 126 ? SUCCESS : INVALID), linux.vtd.answers.get(i));
            }
            linux.vtd.answers.clear();
        }
        assertEquals(18, linux.count(Counter.SUBMISSIONS));
        assertEquals(0, linux.vtd.fsts());
    }

    @Test
    void shouldNotSubmitBehindTheBackOfItsCaller() {
        final DriverFixture linux = linux(64);
        respond(linux, 1, SUCCESS);
        linux.driver.submit();
        respond(linux, 2, SUCCESS);
        linux.vtd.iommu.doWork();
        linux.driver.doWork();
        linux.vtd.iommu.doWork();
        // The second was given but not yet handed over.
        assertEquals(List.of(1), indexes(linux));
        assertFalse(linux.driver.isAtRest());
        linux.driver.submit();
        linux.vtd.iommu.doWork();
        assertEquals(List.of(1, 2), indexes(linux));
    }

    @Test
    void shouldLeaveAPassStandingWhileThereIsNoRoom() {
        final DriverFixture linux = linux(1);
        linux.vtd.connect(0x0999);
        for (int index = 0; index < 4; index++) {
            linux.request(0x0999, PASID, VtdFixture.PAGE, index, VtdFixture.READ | VtdFixture.LAST);
        }
        linux.request(FUNCTION, PASID, VtdFixture.PAGE, 9, VtdFixture.READ | VtdFixture.LAST);
        linux.vtd.iommu.doWork();
        linux.driver.doWork();
        assertEquals(List.of("PRS<-1", "IQT<-40"), linux.bus.writes());
        assertFalse(linux.driver.isAtRest());
        // One more can be collected while the first is under way, then the pass stands.
        for (int i = 0; i < 5; i++) {
            linux.driver.doWork();
        }
        assertEquals(List.of(), linux.bus.writes());
        assertEquals(2, linux.count(Counter.REFUSED));
        assertEquals(0, linux.vtd.pqh());
        assertEquals(3, linux.driver.queuedRequests(), "two have been taken, though PQH does not say so");
        assertEquals(List.of(), linux.vtd.answers);

        linux.settle();
        assertEquals(List.of("IQT<-80", "IQT<-c0", "IQT<-100", "PQH<-a0"), sortedForPqhLast(linux.bus.writes()));
        assertEquals(List.of(0, 1, 2, 3), indexes(linux));
        assertEquals(List.of(9), linux.faults().stream().map(DriverFixture.Fault::groupIndex).toList());
        assertEquals(4, linux.count(Counter.SUBMISSIONS));
        assertEquals(1, linux.count(Counter.DRAIN_PASSES));
        assertEquals(0, linux.driver.queuedRequests());
    }

    /** The head is written once; whether before or after the last submission is the driver's business. */
    private static List<String> sortedForPqhLast(final List<String> writes) {
        final List<String> sorted = new ArrayList<>(writes.stream().filter(w -> w.startsWith("IQT")).toList());
        sorted.addAll(writes.stream().filter(w -> w.startsWith("PQH")).distinct().toList());
        return sorted;
    }

    @Test
    void shouldNotBeginAPassWithoutRoomBeforeAnswersAreTaken() {
        final DriverFixture linux = linux(1);
        respond(linux, 1, SUCCESS);
        linux.driver.submit();
        respond(linux, 2, SUCCESS);
        linux.vtd.requests(10, 3);
        linux.driver.doWork();
        assertEquals(List.of(), linux.faults());
        // The answer that was collected goes out, and the pass goes on.
        linux.driver.submit();
        linux.settle();
        assertEquals(3, linux.faults().size());
        assertEquals(List.of(1, 2), indexes(linux));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 63, 100, 126})
    void shouldGoRoundTheQueueManyTimes(final int responses) {
        final DriverFixture linux = linux(responses);
        final Random random = new Random(responses);
        final List<Integer> given = new ArrayList<>();
        while (given.size() < 5_000) {
            for (int i = random.nextInt(linux.driver.room() + 1); i > 0; i--) {
                final int index = random.nextInt(512);
                respond(linux, index, given.size() & 0xF);
                given.add(index);
            }
            if (random.nextBoolean()) {
                linux.driver.submit();
            }
            if (random.nextBoolean()) {
                linux.vtd.iommu.doWork();
            }
            if (random.nextBoolean()) {
                linux.driver.doWork();
            }
        }
        linux.driver.submit();
        linux.settle();
        assertEquals(given, indexes(linux));
        for (int i = 0; i < given.size(); i++) {
            assertEquals(i & 0xF, linux.vtd.answers.get(i).code());
        }
        assertEquals(0, linux.vtd.fsts());
        assertTrue(linux.count(Counter.SUBMISSIONS) * responses >= given.size());
    }
}
