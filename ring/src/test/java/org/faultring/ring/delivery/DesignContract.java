/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every design over a file has to keep, whatever the file and the ring: each group is handled once and answered
 * once, in order where the design promises it.
 */
abstract class DesignContract {

    private static final int RECORDS = 8;
    private static final int GROUPS = 300;

    /** One file with what a design needs around it. A group is known by its first address. */
    interface Transport {

        /** Make the delivery. */
        Delivery open(FileDesign design, int records, HandlerContext context);

        /** A group of so many faults at consecutive pages arrives. */
        void raise(long firstAddress, int faults);

        /** The kernel side goes on. */
        void turn();

        /** The group is answered by its detach, and an answer to it will be refused; the others stay. */
        void detach(long firstAddress);

        /** First addresses of the groups in order of their answers from the design. */
        List<Long> answered();
    }

    private final ScriptedHandler handler = new ScriptedHandler();
    private final Counters counters = new Counters();
    private long nanos;
    private final NanoClock clock = () -> nanos;
    private final List<Long> raised = new ArrayList<>();
    private final List<Long> raisedFaults = new ArrayList<>();
    private Transport transport;
    private Delivery delivery;

    /** A file at rest. */
    abstract Transport transport();

    private void open(final FileDesign design, final int records) {
        transport = transport();
        delivery = transport.open(design, records, new HandlerContext(handler, new StageTimes(1), clock,
                counters.tally()));
    }

    private void raise(final int faults) {
        final long first = 0x1000L * (1 + raisedFaults.size());
        for (int i = 0; i < faults; i++) {
            raisedFaults.add(first + 0x1000L * i);
        }
        raised.add(first);
        transport.raise(first, faults);
    }

    /** As a host does: a duty cycle, and the wait when there was nothing; true if something was done. */
    private boolean cycle() throws Exception {
        nanos++;
        transport.turn();
        final boolean worked = delivery.doWork() > 0;
        if (!worked) {
            delivery.waitingOn().begin();
        }
        return worked;
    }

    private void settle() throws Exception {
        int quiet = 0;
        for (int i = 0; i < 100_000 && quiet < 20; i++) {
            quiet = cycle() ? 0 : quiet + 1;
        }
        assertEquals(20, quiet, "still moves");
    }

    private void assertAllOnce(final FileDesign design) {
        final List<Long> seen = new ArrayList<>(handler.seen());
        if (!design.isOrdered()) {
            seen.sort(Comparator.naturalOrder());
        }
        assertEquals(raisedFaults, seen);
        // A write that was cut short is posted again behind the next one, so no design promises an order of answers.
        assertEquals(raised, transport.answered().stream().sorted().toList());
        assertEquals(raisedFaults.size(), counters.get(Counter.FAULTS_HANDLED));
        assertEquals(raised.size(), counters.get(Counter.GROUPS_HANDLED));
        assertEquals(0, counters.get(Counter.ANSWERS_LOST));
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldHandleAndAnswerEachGroupOnce(final FileDesign design) throws Exception {
        open(design, RECORDS);
        final Random random = new Random(20231102);
        while (raised.size() < GROUPS) {
            if (random.nextInt(3) == 0) {
                raise(1 + random.nextInt(RECORDS));
            } else {
                cycle();
            }
        }
        settle();
        assertAllOnce(design);
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldGoOnAfterItWasStopped(final FileDesign design) throws Exception {
        open(design, RECORDS);
        settle();
        for (int i = 0; i < GROUPS; i++) {
            raise(1 + i % RECORDS);
            transport.turn();
        }
        settle();
        for (int i = 0; i < GROUPS; i++) {
            raise(1);
        }
        settle();
        assertAllOnce(design);
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldTakeAGroupThatIsLongerThanItsMemory(final FileDesign design) throws Exception {
        open(design, 2);
        raise(1);
        raise(2);
        settle();
        raise(1);
        raise(75);
        raise(1);
        settle();
        raise(3);
        raise(2);
        settle();
        assertAllOnce(design);
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldAnswerTheOthersIfOneIsDetachedMeanwhile(final FileDesign design) throws Exception {
        open(design, RECORDS);
        final List<Long> detached = new ArrayList<>();
        settle();
        for (int i = 0; i < GROUPS; i++) {
            raise(1 + i % 3);
            if (i % 5 == 0) {
                cycle();
            }
            if (i % 7 == 0) {
                detached.add(raised.get(i));
                transport.detach(raised.get(i));
            }
        }
        settle();
        final List<Long> answered = transport.answered();
        assertEquals(Stream.concat(answered.stream(), detached.stream()).distinct().count(), raised.size(),
                "every group is answered, by the design or by its detach");
        assertEquals(answered.stream().distinct().count(), answered.size(), "no group is answered twice");
        assertTrue(counters.get(Counter.GROUPS_HANDLED) <= raised.size());
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldGiveTheCodeOfTheFirstFailure(final FileDesign design) throws Exception {
        open(design, RECORDS);
        handler.answer(0x2000, PageResponseFlyweight.INVALID);
        raise(4);
        settle();
        assertEquals(List.of(0x1000L, 0x2000L), handler.seen(), "those behind it are passed over");
        assertEquals(List.of(0x1000L), transport.answered());
    }

    @ParameterizedTest
    @EnumSource(FileDesign.class)
    void shouldRestWhileThereIsNothing(final FileDesign design) throws Exception {
        open(design, RECORDS);
        settle();
        raise(1);
        settle();
        assertEquals(1, handler.seen().size());
    }
}
