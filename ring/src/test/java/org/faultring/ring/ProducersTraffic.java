/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.faultring.ring.TwoThreads.Pause;
import org.faultring.ring.TwoThreads.Side;

/**
 * Groups of 1 to 4 faults from several threads to one. The high bits of a fault's number are its producer. What each
 * group looks like, and whether it is committed, aborted, or its producer dies over it, follows from its number, so
 * that the consumer knows what must come next from each producer. A producer that dies comes back, as its own
 * successor, when the consumer has unblocked the ring.
 */
final class ProducersTraffic {

    private static final int MAX_GROUP = 4;
    private static final int PRODUCER_SHIFT = 28;
    private static final long ALIVE = -1;

    private enum End {
        COMMIT, ABORT, DEATH
    }

    private final FaultRing ring;
    private final int producers;
    private final int groups;
    private final int faults;
    private final boolean mortal;
    private final int largest;

    /** Position of the claim that a producer died over. Its volatile write tells the consumer all that was done. */
    private final AtomicLongArray deaths;

    /** Consumer: group of each producer that must come next; producer and slots to come of the group begun; faults. */
    private final int[] nextGroup;
    private int begun;
    private int rest;
    private int seen;
    private int repaired;

    ProducersTraffic(final FaultRing ring, final int producers, final int groups, final boolean mortal) {
        this.ring = ring;
        this.producers = producers;
        this.groups = groups;
        this.mortal = mortal;
        this.largest = Math.min(ring.capacity(), MAX_GROUP);
        this.nextGroup = new int[producers];
        this.deaths = new AtomicLongArray(producers);
        int count = 0;
        for (int p = 0; p < producers; p++) {
            deaths.set(p, ALIVE);
            for (int group = 0; group < groups; group++) {
                count += end(number(p, group)) == End.COMMIT ? length(number(p, group)) : 0;
            }
        }
        this.faults = count;
    }

    private static long number(final int producer, final int group) {
        return (long) producer << PRODUCER_SHIFT | (long) group * MAX_GROUP;
    }

    private int length(final long number) {
        return 1 + (int) (NumberedFault.mix(number) & 3) % largest;
    }

    private End end(final long number) {
        final int dice = (int) (NumberedFault.mix(number) >>> 8 & 63);
        return dice < 6 ? End.ABORT : dice == 6 && mortal ? End.DEATH : End.COMMIT;
    }

    void run() throws InterruptedException {
        final List<Side> sides = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            final int producer = p;
            sides.add(pause -> produce(producer, pause));
        }
        TwoThreads.run(sides, this::consume);
        assertEquals(faults, seen);
        while (!ring.isEmpty()) {
            assertEquals(0, ring.poll(this::check, ring.capacity()), "faults behind the last one");
        }
        assertEquals(0, ring.size());
        assertTrue(ring.highWaterMark() <= ring.capacity());
        assertTrue(!mortal || repaired > 0 || groups < 1_000, "nobody died");
    }

    private void produce(final int producer, final Pause pause) {
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        for (int group = 0; group < groups; group++) {
            final long number = number(producer, group);
            final int length = length(number);
            long position = ring.tryClaim(length);
            while (position < 0) {
                pause.once();
                position = ring.tryClaim(length);
            }
            NumberedFault.writeGroup(ring, slot, position, number, length);
            switch (end(number)) {
                case COMMIT -> ring.commit(position, length);
                case ABORT -> ring.abort(position, length);
                default -> die(producer, position, length, pause);
            }
        }
    }

    /** Leave a claim with none, some or all but one of its stamps. */
    private void die(final int producer, final long position, final int length, final Pause pause) {
        final int stamped = (int) (position % length);
        if (stamped > 0 && (position & 1) == 0) {
            ring.commit(position + length - stamped, stamped);
        } else if (stamped > 0) {
            ring.abort(position + length - stamped, stamped);
        }
        deaths.set(producer, position);
        while (deaths.get(producer) != ALIVE) {
            pause.once();
        }
    }

    private void consume(final Pause pause) {
        int round = 0;
        // To the end of the last group, which may be a dead one.
        while (seen < faults || anyGroupToCome()) {
            final int handed = switch (round++ & 3) {
                case 0 -> ring.poll(this::check, 1 + (round >>> 2 & 7));
                case 1 -> drain();
                case 2 -> ring.controlledPoll(this::checkControlled, 16);
                default -> ring.poll(this::check, ring.capacity());
            };
            if (handed == 0) {
                repair();
                pause.once();
            }
        }
    }

    private boolean anyGroupToCome() {
        for (int p = 0; p < producers; p++) {
            if (deaths.get(p) != ALIVE) {
                return true;
            }
            skipInvisible(p);
            if (nextGroup[p] < groups) {
                return true;
            }
        }
        return false;
    }

    private int drain() {
        final boolean cut = rest > 0;
        final int handed = ring.drain(this::check, ring.capacity());
        assertTrue(rest == 0 || cut && handed == 0, "a group was cut by a drain");
        return handed;
    }

    /** The claim at the consumer's position is a dead one only if its producer has said so. */
    private void repair() {
        for (int p = 0; p < producers; p++) {
            if (deaths.get(p) == ring.consumerPosition()) {
                assertTrue(ring.unblock(), "the dead claim was visible");
                repaired++;
                deaths.set(p, ALIVE);
                return;
            }
        }
    }

    private void check(final FaultSlotFlyweight fault) {
        final int producer = fault.cookie() >>> PRODUCER_SHIFT;
        assertTrue(producer < producers, "no such producer");
        if (rest == 0) {
            skipInvisible(producer);
            begun = producer;
            rest = length(number(producer, nextGroup[producer]));
        }
        assertEquals(begun, producer, "a group of another producer stands within the group of this one");
        final long number = number(producer, nextGroup[producer]);
        final int length = length(number);
        final int index = length - rest;
        NumberedFault.check(fault, number + index, rest == 1, index == 0 ? length : 0);
        seen++;
        rest--;
        if (rest == 0) {
            nextGroup[producer]++;
        }
    }

    private void skipInvisible(final int producer) {
        while (rest == 0 && nextGroup[producer] < groups
                && end(number(producer, nextGroup[producer])) != End.COMMIT) {
            nextGroup[producer]++;
        }
    }

    private Action checkControlled(final FaultSlotFlyweight fault) {
        check(fault);
        return (seen & 1) == 0 ? Action.CONTINUE : Action.COMMIT;
    }
}
