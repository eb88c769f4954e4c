/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.faultring.ring.kernel.Kernel.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.faultring.ring.kernel.AddressSpace.Outcome;
import org.faultring.ring.kernel.RecordingPort.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvaHandlerTest {

    private static final int READ = PageFaultFlyweight.READ;
    private static final int WRITE = PageFaultFlyweight.WRITE;
    private static final int EXEC = PageFaultFlyweight.EXEC;
    private static final int PRIV = PageFaultFlyweight.PRIV;
    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final int PROCESS = 7;

    private final Kernel kernel = new Kernel(64, 64, 2);

    /** Areas by page number; a page that is not named faults in at once. */
    private static final class Memory implements AddressSpace {

        final Map<Long, Integer> areas = new HashMap<>();
        final Map<Long, Outcome> outcomes = new HashMap<>();
        final Map<Long, Integer> delays = new HashMap<>();
        final List<Long> tried = new ArrayList<>();
        boolean isAlive = true;
        int permissions;

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public int permissions(final long address) {
            return areas.getOrDefault(address, NO_AREA);
        }

        @Override
        public Outcome faultIn(final long address, final int wanted) {
            if (delays.merge(address, -1, Integer::sum) > 0) {
                return Outcome.LATER;
            }
            tried.add(address);
            permissions = wanted;
            return outcomes.getOrDefault(address, Outcome.DONE);
        }
    }

    private final Memory memory = new Memory();

    private SvaHandler handler(final int capacity, final int workers, final long seed) {
        final SvaHandler handler = new SvaHandler(capacity, workers, seed, kernel.groups, kernel.port, kernel.stages,
                () -> 1L, kernel.tally());
        handler.bind(PROCESS, memory);
        for (int device = 0; device < 2; device++) {
            kernel.attachments.attach(device, PROCESS, IommuDomain.paging(handler));
        }
        return handler;
    }

    private void report(final int flags, final int groupIndex, final int permissions, final long address) {
        assertEquals(FaultReporter.OK, kernel.reporter.report(0, flags, PROCESS, groupIndex, permissions, address));
    }

    private static Answer answer(final int groupIndex, final int code) {
        return new Answer(0, LAST | PASID, PROCESS, groupIndex, code);
    }

    @ParameterizedTest
    @CsvSource({
        // area, wanted, code
        "1, 1, 0", "1, 2, 1", "3, 2, 0", "3, 4, 1", "4, 4, 0", "7, 7, 0", "3, 7, 1", "1, 9, 0", "0, 1, 1",
        "0, 0, 0", "2, 3, 1", "-1, 1, 1", "-1, 0, 1"})
    void shouldAnswerByTheAreaAndItsPermissions(final int area, final int wanted, final int code) {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(0x1000L, area);
        report(LAST | PASID, 1, wanted, 0x1000);
        assertEquals(2, handler.doWork());
        assertEquals(List.of(answer(1, code)), kernel.port.answers());
        assertEquals(code == SUCCESS ? List.of(0x1000L) : List.of(), memory.tried);
        assertEquals(1, kernel.port.submitted());
    }

    @Test
    void shouldTellTheFaultRoutineWhetherTheAccessIsPrivileged() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(0x1000L, READ | WRITE);
        report(LAST | PASID, 1, READ | PRIV, 0x1000);
        handler.doWork();
        assertEquals(READ | PRIV, memory.permissions);
    }

    @Test
    void shouldAnswerInvalidWhenTheFaultRoutineFails() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(0x1000L, READ);
        memory.outcomes.put(0x1000L, Outcome.ERROR);
        report(LAST | PASID, 1, READ, 0x1000);
        handler.doWork();
        assertEquals(List.of(answer(1, INVALID)), kernel.port.answers());
    }

    @Test
    void shouldAnswerInvalidForAProcessThatEndsOrIsNotBound() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(0x1000L, READ);
        memory.isAlive = false;
        report(LAST | PASID, 1, READ, 0x1000);
        handler.doWork();
        memory.isAlive = true;
        handler.unbind(PROCESS);
        report(LAST | PASID, 2, READ, 0x1000);
        handler.doWork();
        assertEquals(List.of(answer(1, INVALID), answer(2, INVALID)), kernel.port.answers());
        assertEquals(List.of(), memory.tried);
    }

    /** The domain of a process on the device itself: Linux looks at the flag, not at the attachment. */
    @Test
    void shouldAnswerInvalidWithoutAPasid() {
        final SvaHandler handler = handler(16, 1, 1);
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(handler));
        memory.areas.put(0x1000L, READ);
        kernel.reporter.report(0, LAST, 0, 1, READ, 0x1000);
        handler.doWork();
        assertEquals(List.of(new Answer(0, LAST, 0, 1, INVALID)), kernel.port.answers());
    }

    @Test
    void shouldLetTheFirstFailingFaultDecideAndNotTryLaterOnes() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(0x1000L, READ);
        memory.areas.put(0x3000L, READ);
        memory.areas.put(0x4000L, READ);
        report(PASID, 1, READ, 0x1000);
        report(PASID, 1, READ, 0x2000);
        report(PASID, 1, READ, 0x3000);
        report(LAST | PASID, 1, READ, 0x4000);
        assertEquals(3, handler.doWork());
        assertEquals(List.of(0x1000L), memory.tried);
        assertEquals(List.of(answer(1, INVALID)), kernel.port.answers());
        assertEquals(4, kernel.count(Counter.ANSWERED));
    }

    @Test
    void shouldHandleAGroupInOrder() {
        final SvaHandler handler = handler(16, 4, 5);
        final List<Long> expected = new ArrayList<>();
        for (long page = 1; page <= 8; page++) {
            memory.areas.put(page, WRITE);
            expected.add(page);
            report(page == 8 ? LAST | PASID : PASID, 1, WRITE, page);
        }
        handler.doWork();
        assertEquals(expected, memory.tried);
    }

    /** Requests are put together by group index alone, so a group may hold those of another process. */
    @Test
    void shouldUseTheMemoryOfTheLastRequestForAllOfAGroup() {
        final SvaHandler handler = handler(16, 1, 1);
        final Memory other = new Memory();
        handler.bind(8, other);
        kernel.attachments.attach(0, 8, IommuDomain.paging(handler));
        memory.areas.put(1L, READ);
        memory.areas.put(2L, READ);
        kernel.reporter.report(0, PASID, 8, 1, READ, 1);
        report(LAST | PASID, 1, READ, 2);
        handler.doWork();
        assertEquals(List.of(1L, 2L), memory.tried);
        assertEquals(List.of(), other.tried);
        assertEquals(List.of(answer(1, SUCCESS)), kernel.port.answers());
    }

    @Test
    void shouldAnswerFailureWhenTheGroupCannotBeQueued() {
        handler(2, 1, 1);
        for (int i = 0; i < 3; i++) {
            report(LAST | PASID, i, READ, 0);
        }
        assertEquals(List.of(answer(2, PageResponseFlyweight.FAILURE)), kernel.port.answers());
    }

    @Test
    void shouldGoOnWithOtherGroupsWhileOneWaits() {
        final SvaHandler handler = handler(16, 2, 1);
        for (long page = 1; page <= 4; page++) {
            memory.areas.put(page, READ);
            report(LAST | PASID, (int) page, READ, page);
        }
        memory.delays.put(1L, 200);
        handler.doWork();
        assertEquals(List.of(2, 3, 4), kernel.port.answers().stream().map(Answer::groupIndex).toList());
        assertFalse(handler.isFlushed());
        for (int i = 0; i < 20 && !handler.isFlushed(); i++) {
            handler.doWork();
        }
        assertTrue(handler.isFlushed());
        assertEquals(answer(1, SUCCESS), kernel.port.answers().get(3));
    }

    @Test
    void shouldSayThatItDidNothingWhileItsOnlyWorkerWaits() {
        final SvaHandler handler = handler(16, 1, 1);
        assertEquals(0, handler.doWork());
        memory.areas.put(1L, READ);
        memory.delays.put(1L, 3);
        report(LAST | PASID, 1, READ, 1);
        assertEquals(0, handler.doWork());
        assertEquals(0, handler.doWork());
        assertEquals(2, handler.doWork());
        assertEquals(0, handler.doWork());
    }

    private List<Integer> orderOf(final long seed) {
        final Kernel fresh = new Kernel(64, 64, 1);
        final SvaHandler handler = new SvaHandler(64, 8, seed, fresh.groups, fresh.port, fresh.stages, () -> 1L,
                fresh.tally());
        handler.bind(PROCESS, memory);
        fresh.attachments.attach(0, PROCESS, IommuDomain.paging(handler));
        memory.areas.put(0L, READ);
        for (int i = 0; i < 16; i++) {
            fresh.report(0, PASID, PROCESS, i, 0);
            fresh.report(0, LAST | PASID, PROCESS, i, 0);
        }
        while (!handler.isFlushed()) {
            handler.doWork();
        }
        return fresh.port.answers().stream().map(Answer::groupIndex).toList();
    }

    @Test
    void shouldEndGroupsInAnOrderThatTheSeedChooses() {
        assertEquals(orderOf(1), orderOf(1));
        final List<Integer> sorted = new ArrayList<>(orderOf(1));
        assertNotEquals(orderOf(1), orderOf(2));
        assertNotEquals(sorted.stream().sorted().toList(), orderOf(1));
        assertEquals(16, sorted.stream().distinct().count());
    }

    @Test
    void shouldWaitForRoomAtThePort() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(1L, READ);
        report(LAST | PASID, 1, READ, 1);
        kernel.port.room(0);
        assertEquals(1, handler.doWork());
        assertEquals(0, handler.doWork());
        assertEquals(List.of(), kernel.port.answers());
        kernel.port.room(1);
        assertEquals(1, handler.doWork());
        assertEquals(List.of(answer(1, SUCCESS)), kernel.port.answers());
        assertEquals(List.of(1L), memory.tried);
    }

    @Test
    void shouldLeaveGroupsWithTheCoreSoThatRemovalAnswersThemOnce() {
        final SvaHandler handler = handler(16, 1, 1);
        memory.areas.put(1L, READ);
        memory.delays.put(1L, 1_000);
        report(LAST | PASID, 1, READ, 1);
        handler.doWork();
        report(LAST | PASID, 2, READ, 1);
        kernel.reporter.report(1, LAST | PASID, PROCESS, 3, READ, 2);
        assertTrue(kernel.reporter.removeDevice(0));
        assertEquals(List.of(answer(2, INVALID), answer(1, INVALID)), kernel.port.answers());
        memory.delays.clear();
        for (int i = 0; i < 5; i++) {
            handler.doWork();
        }
        assertTrue(handler.isFlushed());
        assertEquals(List.of(), memory.tried, "of a removed group nothing is tried");
        assertEquals(new Answer(1, LAST | PASID, PROCESS, 3, INVALID), kernel.port.answers().get(2));
        assertEquals(3, kernel.port.answers().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAnswerEachGroupOnceWhateverTheOrder(final long seed) {
        final Random random = new Random(seed);
        final SvaHandler handler = handler(32, 1 + random.nextInt(8), seed);
        memory.areas.put(1L, READ);
        memory.areas.put(2L, EXEC);
        int lasts = 0;
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(3) > 0) {
                final long page = 1 + random.nextInt(3);
                if (random.nextInt(4) == 0) {
                    memory.delays.put(page, random.nextInt(100));
                }
                final boolean last = random.nextBoolean();
                lasts += last ? 1 : 0;
                kernel.reporter.report(random.nextInt(2), last ? LAST | PASID : PASID, PROCESS, random.nextInt(8),
                        READ, page);
            } else {
                handler.doWork();
            }
            if (random.nextInt(500) == 0) {
                kernel.reporter.removeDevice(0);
                kernel.reporter.returnDevice(0);
            }
        }
        memory.delays.clear();
        while (!handler.isFlushed()) {
            handler.doWork();
        }
        assertEquals(0, kernel.groups.openGroups(), "seed=" + seed);
        assertEquals(lasts, kernel.port.answers().size(), "seed=" + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, -1})
    void shouldRefuseSoManyWorkers(final int workers) {
        assertThrows(IllegalArgumentException.class, () -> handler(16, workers, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldNotAllocate(final int workers) {
        final AddressSpace all = new AddressSpace() {

            @Override
            public boolean isAlive() {
                return true;
            }

            @Override
            public int permissions(final long address) {
                return READ | WRITE;
            }

            @Override
            public Outcome faultIn(final long address, final int permissions) {
                return Outcome.DONE;
            }
        };
        final SvaHandler quiet =
                new SvaHandler(64, workers, 3, kernel.groups, new SilentPort(), kernel.stages, () -> 1L,
                        kernel.tally());
        quiet.bind(8, all);
        kernel.attachments.attach(0, 8, IommuDomain.paging(quiet));
        Allocations.assertNone(8, () -> {
            for (int i = 0; i < 8; i++) {
                kernel.reporter.report(0, LAST | PASID, 8, i, READ, 1);
            }
            while (!quiet.isFlushed()) {
                quiet.doWork();
            }
        });
    }
}
