/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * The event queue of a virtual IOMMU under random events and reads, against what Linux keeps in a list: the kept
 * events, and behind them at most one header for the lost ones (drivers/iommu/iommufd/eventq.c).
 */
final class EventRoom {

    private static final int TURNS = 300;
    private static final int MAX_DEPTH = 9;
    private static final int BUFFER_BYTES = 256;
    private static final VirtualEventType TYPE = VirtualEventType.SELFTEST;
    private static final int EVENT = EventHeaderFlyweight.LENGTH_BYTES + TYPE.payloadBytes();
    private static final long NONE = -1;

    private final SplittableRandom random;
    private final Watch watch;
    private final VirtualIommu iommu = new VirtualIommu(new Counters().tally());
    private final FaultFile file;
    private final int depth;
    private final ByteBuffer payload = RingMemory.allocate(TYPE.payloadBytes());
    private final ByteBuffer buffer = RingMemory.allocate(BUFFER_BYTES);
    private final int number;
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();

    private final Deque<Long> kept = new ArrayDeque<>();
    private long next;
    /** Number of the header behind the kept events, or {@link #NONE}. */
    private long lost = NONE;
    private boolean hasLost;

    private EventRoom(final SplittableRandom random, final Watch watch, final UnaryOperator<FaultFile> broken) {
        this.random = random;
        this.watch = watch;
        depth = 1 + random.nextInt(MAX_DEPTH);
        iommu.addQueue(TYPE.number(), depth);
        file = broken.apply(iommu.queue(TYPE.number()));
        number = file.register(buffer);
    }

    /**
     * A random history.
     *
     * @param broken put around the file
     */
    static void run(final SplittableRandom random, final Watch watch, final UnaryOperator<FaultFile> broken) {
        final EventRoom room = new EventRoom(random, watch, broken);
        // Now more events come than are read, now fewer.
        int eagerness = 1 + random.nextInt(9);
        for (int turn = 0; turn < TURNS; turn++) {
            if (random.nextInt(40) == 0) {
                eagerness = 1 + random.nextInt(9);
            }
            if (random.nextInt(10) < eagerness) {
                room.happen();
            } else {
                room.read();
            }
        }
    }

    private void happen() {
        LittleEndian.putInt(payload, 0, (int) next);
        iommu.report(TYPE.number(), payload, 0, TYPE.payloadBytes());
        if (kept.size() < depth) {
            watch.reachIf(RareState.EVENTS_RECOVERED, hasLost && kept.isEmpty());
            kept.add(next);
            lost = NONE;
        } else {
            watch.reach(RareState.EVENTS_LOST);
            hasLost = true;
            lost = next;
        }
        next++;
        checkReady();
    }

    private void checkReady() {
        final int expected = kept.isEmpty() && lost == NONE ? 0 : FaultFile.READABLE;
        final int ready = file.ready();
        watch.check(Invariant.READY_BITS, ready == expected,
                () -> "event queue ready=" + ready + ", expected " + expected + " with " + kept + " lost=" + lost);
    }

    private void read() {
        final int offset = random.nextInt(4) == 0 ? BUFFER_BYTES - random.nextInt(3 * EVENT) : 0;
        final int length = random.nextInt(4) == 0 ? random.nextInt(2 * EVENT) : random.nextInt(BUFFER_BYTES);
        final int result = file.read(number, offset, length);
        watch.event(() -> "events read length=" + length + " -> " + result);
        final int expected = length < EventHeaderFlyweight.LENGTH_BYTES ? -Errno.EINVAL : take(offset, length, result);
        watch.check(Invariant.EVENT_SEQUENCE, result == expected,
                () -> "a read of " + length + " bytes of events returned " + result + ", expected " + expected);
        checkReady();
    }

    private int take(final int offset, final int length, final int result) {
        int done = 0;
        int error = 0;
        while (error == 0 && !(kept.isEmpty() && lost == NONE)) {
            final boolean isLoss = kept.isEmpty();
            final int bytes = isLoss ? EventHeaderFlyweight.LENGTH_BYTES : EVENT;
            if (bytes > length - done) {
                error = -Errno.EINVAL;
            } else if (bytes > BUFFER_BYTES - offset - done) {
                error = -Errno.EFAULT;
            } else {
                final long expected = isLoss ? lost : kept.poll();
                lost = isLoss ? NONE : lost;
                if (done + bytes <= result) {
                    checkEvent(offset + done, expected, isLoss);
                }
                done += bytes;
            }
        }
        return done > 0 ? done : error;
    }

    private void checkEvent(final int at, final long expected, final boolean isLoss) {
        header.wrap(buffer, at);
        watch.check(Invariant.EVENT_SEQUENCE,
                header.sequence() == (expected & EventHeaderFlyweight.SEQUENCE_MASK)
                        && header.isLostEvents() == isLoss
                        && (isLoss || LittleEndian.getInt(buffer, at + EventHeaderFlyweight.LENGTH_BYTES)
                                == (int) expected),
                () -> "read event " + header.sequence() + " lost=" + header.isLostEvents() + ", expected " + expected
                        + " lost=" + isLoss);
    }
}
