/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.util.Arrays;

import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionResultPort;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.ring.Checks;

/**
 * Transactions that miss and neither go on nor end: stalled ones, those whose event is held back, and those that wait
 * for STALL_MAX. Each has a slot, the master's first one plus the tag, and is in one of two lists or none; so what a
 * transaction costs does not depend on how many there are.
 *
 * <p>The stall tag is the transaction's own tag: a choice of the model, as hardware may give any that is unique in the
 * stream.
 *
 * <p>Hardware world; allocates nothing but to take masters in.
 */
final class StallTable {

    /** The tag is not in use. */
    static final byte FREE = 0;
    /** More than STALL_MAX: not even its event exists. */
    static final byte WAITING = 1;
    /** It is stalled, but the event queue has not taken its event. */
    static final byte HELD = 2;
    /** It is stalled and its event is recorded. */
    static final byte RECORDED = 3;

    private static final int NIL = -1;

    /** First slot of a stream 63:32, and how many it has 31:0. */
    private final long[] slotsOf = new long[RequesterId.COUNT];
    private final TransactionResultPort[] masters = new TransactionResultPort[RequesterId.COUNT];
    private int slots;

    private byte[] state = new byte[0];
    /** Words of an event that is still to be recorded. */
    private long[] qw0 = new long[0];
    private long[] qw1 = new long[0];
    private long[] qw2 = new long[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];

    /** By state: first and last slot of the list, for WAITING and HELD. */
    private final int[] first = {NIL, NIL, NIL};
    private final int[] last = {NIL, NIL, NIL};
    private final int[] count = new int[3];
    private int recorded;

    StallTable() {}

    /** Set-up: take a master in. */
    void connect(final int streamId, final TransactionResultPort master, final int tags) {
        Checks.range("tags", tags, 1, 1 << 16);
        if (masters[streamId] != null) {
            throw new IllegalStateException("streamId=" + streamId + " is connected already");
        }
        masters[streamId] = master;
        slotsOf[streamId] = (long) slots << Integer.SIZE | tags;
        slots += tags;
        if (slots > state.length) {
            final int room = Math.max(slots, 2 * state.length);
            state = Arrays.copyOf(state, room);
            qw0 = Arrays.copyOf(qw0, room);
            qw1 = Arrays.copyOf(qw1, room);
            qw2 = Arrays.copyOf(qw2, room);
            next = Arrays.copyOf(next, room);
            previous = Arrays.copyOf(previous, room);
        }
    }

    /**
     * Slot of a transaction that begins.
     *
     * @throws IllegalArgumentException if the stream has no master, the tag is not the master's, or is in use
     */
    int newSlot(final int streamId, final int tag) {
        final int slot = slot(streamId, tag);
        if (slot == NIL || state[slot] != FREE) {
            throw new IllegalArgumentException("tag=" + tag + " (expected: 0.." + ((int) slotsOf[streamId] - 1)
                    + " of stream " + streamId + ", and not in use)");
        }
        return slot;
    }

    private int slot(final int streamId, final int tag) {
        if (streamId >>> 16 != 0) {
            return NIL;
        }
        final long of = slotsOf[streamId];
        return tag < 0 || tag >= (int) of ? NIL : (int) (of >>> Integer.SIZE) + tag;
    }

    /** Slot of a stalled transaction whose event is recorded, or -1. */
    int recordedSlot(final int streamId, final int tag) {
        final int slot = slot(streamId, tag);
        return slot == NIL || state[slot] != RECORDED ? NIL : slot;
    }

    /** Put a transaction into a free slot, its event still to be recorded: WAITING or HELD. */
    void put(final int slot, final long newQw0, final long newQw1, final long newQw2, final byte in) {
        qw0[slot] = newQw0;
        qw1[slot] = newQw1;
        qw2[slot] = newQw2;
        enter(slot, in);
    }

    /** Put a transaction into a free slot whose event is recorded. */
    void putRecorded(final int slot) {
        state[slot] = RECORDED;
        recorded++;
    }

    /** Go from one state to another, at the end of its list. */
    void move(final int slot, final byte to) {
        leave(slot);
        enter(slot, to);
    }

    /** Stream and tag of a slot are free; the master learns how the transaction ends. */
    void end(final int streamId, final int tag, final int slot, final TransactionOutcome outcome) {
        leave(slot);
        state[slot] = FREE;
        masters[streamId].transactionEnded(tag, outcome);
    }

    private void enter(final int slot, final byte to) {
        if (to == RECORDED) {
            putRecorded(slot);
            return;
        }
        state[slot] = to;
        count[to]++;
        next[slot] = NIL;
        previous[slot] = last[to];
        if (last[to] == NIL) {
            first[to] = slot;
        } else {
            next[last[to]] = slot;
        }
        last[to] = slot;
    }

    private void leave(final int slot) {
        final byte from = state[slot];
        if (from == RECORDED) {
            recorded--;
            return;
        }
        count[from]--;
        if (previous[slot] == NIL) {
            first[from] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NIL) {
            last[from] = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
    }

    /** First slot in a state, WAITING or HELD; the list must not be empty. */
    int first(final byte in) {
        return first[in];
    }

    /** Transactions in a state, WAITING or HELD. */
    int count(final byte in) {
        return count[in];
    }

    /** Transactions that are stalled, recorded or held back: at most STALL_MAX. */
    int stalled() {
        return count[HELD] + recorded;
    }

    long qw0(final int slot) {
        return qw0[slot];
    }

    long qw1(final int slot) {
        return qw1[slot];
    }

    long qw2(final int slot) {
        return qw2[slot];
    }

    /** Master of a stream, or null. */
    TransactionResultPort master(final int streamId) {
        return masters[streamId];
    }

    /** End all transactions of a stream. */
    void endAll(final int streamId, final TransactionOutcome outcome) {
        if (streamId >>> 16 != 0) {
            return;
        }
        final int from = (int) (slotsOf[streamId] >>> Integer.SIZE);
        final int tags = (int) slotsOf[streamId];
        for (int tag = 0; tag < tags; tag++) {
            if (state[from + tag] != FREE) {
                end(streamId, tag, from + tag, outcome);
            }
        }
    }

    /** End all transactions of all streams. */
    void endAll(final TransactionOutcome outcome) {
        for (int streamId = 0; streamId < masters.length; streamId++) {
            endAll(streamId, outcome);
        }
    }
}
