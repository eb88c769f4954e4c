/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;

/**
 * A ring in the hands of one thread, and faults numbered from 1.
 *
 * <p>What the thread was handed is written as a decimal number, a digit for each fault in the order in which they came:
 * 123 is fault 1, then 2, then 3; 0 is nothing. 9 is a slot with a field that its producer did not write, or a fault of
 * an earlier use of the ring.
 */
public final class RingEnd implements FaultSlotHandler {

    /** A limit above everything that a test commits; finite, so that a broken ring cannot go on for ever. */
    public static final int ALL = 64;

    /** How often a thread tries what the other one is about to make possible: so it is close behind it. */
    public static final int TRIES = 64;

    private static final int BROKEN = 9;

    private final FaultRing ring;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    /** Number before that of fault 1. */
    private long number;
    /** Position of the first claim of this use. */
    private long start;
    private int handed;

    RingEnd(final FaultRing ring) {
        this.ring = ring;
    }

    /** Begin a use: from this number on no fault was ever in the ring. */
    void begin(final long newNumber) {
        number = newNumber;
        start = ring.producerPosition();
    }

    /**
     * For operations that need no faults.
     *
     * @return the ring
     */
    public FaultRing ring() {
        return ring;
    }

    /**
     * Claim slots and write faults into them.
     *
     * @param first number of the first fault
     * @param slots of the group
     * @return position to commit or abort, or {@link FaultRing#INSUFFICIENT_CAPACITY}
     */
    public long fill(final int first, final int slots) {
        final long position = ring.tryClaim(slots);
        if (position >= 0) {
            write(position, first, slots);
        }
        return position;
    }

    /**
     * Write faults into claimed slots.
     *
     * @param position of the claim
     * @param first    number of the first fault
     * @param slots    of the claim
     */
    public void write(final long position, final int first, final int slots) {
        for (int i = 0; i < slots; i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(position + i));
            NumberedFault.write(slot, number + first + i, i == 0 ? slots : 0);
        }
    }

    /**
     * Claim, write and commit.
     *
     * @param first number of the first fault
     * @param slots of the group
     * @return place of the claim, counted from 1 where this use of the ring began; 0 if it did not fit
     */
    public int publish(final int first, final int slots) {
        final long position = fill(first, slots);
        if (position < 0) {
            return 0;
        }
        ring.commit(position, slots);
        return (int) (position - start) + 1;
    }

    /**
     * Claim, write and commit, as soon as there is room.
     *
     * @param first number of the first fault
     * @param slots of the group
     * @return as {@link #publish}; 0 if it did not fit within {@link #TRIES}
     */
    public int publishWithTries(final int first, final int slots) {
        int place = 0;
        for (int i = 0; i < TRIES && place == 0; i++) {
            place = publish(first, slots);
        }
        return place;
    }

    /**
     * Poll until something is handed over.
     *
     * @param limit of the poll
     * @return as {@link #poll}; 0 if there was nothing within {@link #TRIES}
     */
    public int pollWithTries(final int limit) {
        int digits = 0;
        for (int i = 0; i < TRIES && digits == 0; i++) {
            digits = poll(limit);
        }
        return digits;
    }

    /**
     * Drain until something is handed over.
     *
     * @param limit of the drain
     * @return as {@link #drain}; 0 if there was nothing within {@link #TRIES}
     */
    public int drainWithTries(final int limit) {
        int digits = 0;
        for (int i = 0; i < TRIES && digits == 0; i++) {
            digits = drain(limit);
        }
        return digits;
    }

    /**
     * Poll.
     *
     * @param limit of the poll
     * @return what was handed over
     */
    public int poll(final int limit) {
        handed = 0;
        return counted(ring.poll(this, limit));
    }

    /**
     * Drain.
     *
     * @param limit of the drain
     * @return what was handed over
     */
    public int drain(final int limit) {
        handed = 0;
        return counted(ring.drain(this, limit));
    }

    /** The ring counts what it hands over; so do the digits. */
    private int counted(final int count) {
        int digits = 0;
        for (int left = handed; left > 0; left /= 10) {
            digits++;
        }
        return digits == count ? handed : -1;
    }

    @Override
    public void onSlot(final FaultSlotFlyweight fault) {
        handed = handed * 10 + digit(fault);
    }

    /**
     * Number of a fault.
     *
     * @param fault that was handed over
     * @return 1..8, or 9
     */
    public int digit(final FaultSlotFlyweight fault) {
        final long digit = NumberedFault.read(fault) - number;
        return digit >= 1 && digit < BROKEN ? (int) digit : BROKEN;
    }
}
