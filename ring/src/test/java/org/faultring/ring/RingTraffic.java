/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.faultring.ring.TwoThreads.Pause;

/**
 * Groups of 1 to 4 faults from one thread to another. What each group looks like and whether it is aborted follows from
 * its number, so that the consumer knows what comes next.
 */
final class RingTraffic {

    private static final int MAX_GROUP = 4;

    private final FaultRing ring;
    private final int largest;
    private final int groups;
    private final int faults;

    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    /** Consumer: group and slot of it that must come next, faults seen. */
    private int nextGroup;
    private int nextIndex;
    private int seen;

    RingTraffic(final FaultRing ring, final int atLeast) {
        this.ring = ring;
        this.largest = Math.min(ring.capacity(), MAX_GROUP);
        int group = 0;
        int count = 0;
        while (count < atLeast) {
            count += isAborted(group) ? 0 : length(group);
            group++;
        }
        this.groups = group;
        this.faults = count;
    }

    private int length(final int group) {
        return 1 + (int) (NumberedFault.mix(group) & 3) % largest;
    }

    private static boolean isAborted(final int group) {
        return (NumberedFault.mix(group) >>> 8 & 7) == 0;
    }

    /** Whether the producer tries to claim the next group, too, and to finish it first. */
    private static boolean isFinishedLate(final int group) {
        return (NumberedFault.mix(group) >>> 16 & 3) == 0;
    }

    void run() throws InterruptedException {
        TwoThreads.run(this::produce, this::consume);
        assertEquals(faults, seen);
        assertEquals(groups, nextGroup);
        assertTrue(ring.isEmpty());
        assertEquals(0, ring.size());
        assertEquals(ring.producerPosition(), ring.consumerPosition());
        assertTrue(ring.highWaterMark() <= ring.capacity());
    }

    private void produce(final Pause pause) {
        int group = 0;
        while (group < groups) {
            long position = ring.tryClaim(length(group));
            while (position < 0) {
                pause.once();
                position = ring.tryClaim(length(group));
            }
            final long behind = isFinishedLate(group) && group + 1 < groups ? ring.tryClaim(length(group + 1)) : -1;
            if (behind >= 0) {
                finish(group + 1, behind);
            }
            finish(group, position);
            group += behind >= 0 ? 2 : 1;
        }
    }

    private void finish(final int group, final long position) {
        final int length = length(group);
        NumberedFault.writeGroup(ring, slot, position, (long) group * MAX_GROUP, length);
        if (isAborted(group)) {
            ring.abort(position, length);
        } else {
            ring.commit(position, length);
        }
    }

    private void consume(final Pause pause) {
        int round = 0;
        while (seen < faults) {
            final int handed = switch (round++ & 7) {
                case 0 -> ring.poll(this::check, ring.capacity());
                case 1 -> pollAGroup();
                case 2 -> ring.poll(this::check, 1 + (round >>> 3 & 7));
                case 3 -> ring.controlledPoll(this::checkControlled, 16);
                default -> drain();
            };
            if (handed == 0) {
                pause.once();
            }
        }
    }

    /** A group whose first slot is visible is visible to its end. */
    private int pollAGroup() {
        if (nextIndex != 0) {
            return 0;
        }
        final int length = ring.peekGroupLength();
        if (length > 0) {
            skipAborted();
            assertEquals(length(nextGroup), length, "length of the next group");
            assertEquals(length, ring.poll(this::check, length), "visible slots of the next group");
        }
        return length;
    }

    private int drain() {
        final boolean cut = nextIndex != 0;
        final int handed = ring.drain(this::check, ring.capacity());
        assertTrue(nextIndex == 0 || cut && handed == 0, "a group was cut by a drain");
        return handed;
    }

    private void skipAborted() {
        while (nextIndex == 0 && isAborted(nextGroup)) {
            nextGroup++;
        }
    }

    private void check(final FaultSlotFlyweight fault) {
        skipAborted();
        final int length = length(nextGroup);
        NumberedFault.check(fault, (long) nextGroup * MAX_GROUP + nextIndex, nextIndex == length - 1,
                nextIndex == 0 ? length : 0);
        seen++;
        nextIndex++;
        if (nextIndex == length) {
            nextIndex = 0;
            nextGroup++;
        }
    }

    private Action checkControlled(final FaultSlotFlyweight fault) {
        check(fault);
        return (seen & 1) == 0 ? Action.CONTINUE : Action.COMMIT;
    }
}
