/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.TransactionOutcome;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.iommu.TransactionResultPort;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The stall model (Arm IHI 0070, stall model): a transaction that misses is stalled, with an event that carries its
 * tag, until a command says how it ends; or it is terminated at once, where its stream does not stall.
 *
 * <p>At most STALL_MAX transactions of all masters are stalled; further ones wait without a record, in order. A stall
 * whose event does not fit in the event queue is held back and recorded later, in order.
 *
 * <p>Hardware world; allocates nothing but to take masters in.
 */
final class StallUnit {

    private final Smmuv3Settings settings;
    private final StreamTable streams;
    private final EventQueue events;
    private final Tally tally;
    private final StallTable table = new StallTable();
    private final int stallMax;
    /** Flags of a stream of which one makes a fault stall; 0 if none does. */
    private final int stallFlags;
    private boolean smmuEnabled;

    StallUnit(final Smmuv3Settings settings, final StreamTable streams, final EventQueue events, final Tally tally) {
        this.settings = settings;
        this.streams = streams;
        this.events = events;
        this.tally = tally;
        this.stallMax = settings.stallMax();
        this.stallFlags = stallFlags(settings.stallModel());
    }

    private static int stallFlags(final int model) {
        if (model == Smmuv3Settings.TERMINATE_ONLY) {
            return 0;
        }
        return model == Smmuv3Settings.STALL_FORCED ? StreamTable.VALID : StreamTable.STALL;
    }

    void connect(final int streamId, final TransactionResultPort master, final int tags) {
        table.connect(streamId, master, tags);
    }

    /** Act on a change of CR0: without translation nothing is stalled any more. */
    void applyControl(final int control) {
        smmuEnabled = (control & Smmuv3Registers.SMMUEN) != 0;
        if (!smmuEnabled) {
            table.endAll(TransactionOutcome.ABORT);
        }
    }

    /** A transaction that misses. */
    void transaction(final int streamId, final int pasid, final long address, final int access, final int tag) {
        final int slot = table.newSlot(streamId, tag);
        final int stream = streams.flags(streamId);
        if (!smmuEnabled || (stream & StreamTable.VALID) == 0) {
            refuse(streamId, pasid, tag);
            return;
        }
        final long qw0 = EventRecord.qw0(EventRecord.F_TRANSLATION, streamId, pasid);
        final long qw1 = accessBits(access);
        if ((stream & stallFlags) == 0) {
            terminate(stream, streamId, tag, qw0, qw1, address);
            return;
        }
        stall(slot, qw0, qw1 | EventRecord.STALL | tag, address);
    }

    /** At once where nothing is before it; else it goes behind those that wait or are held back. */
    private void stall(final int slot, final long qw0, final long qw1, final long qw2) {
        if (table.stalled() >= stallMax) {
            table.put(slot, qw0, qw1, qw2, StallTable.WAITING);
            return;
        }
        recordHeld();
        if (table.count(StallTable.HELD) == 0 && events.tryRecordStall(qw0, qw1, qw2)) {
            table.putRecorded(slot);
        } else {
            table.put(slot, qw0, qw1, qw2, StallTable.HELD);
        }
    }

    /** Nothing is translated, or the stream has no valid entry: the transaction is aborted. */
    private void refuse(final int streamId, final int pasid, final int tag) {
        tally.increment(Counter.AUTO_ANSWERED);
        if (smmuEnabled) {
            events.record(0, EventRecord.qw0(EventRecord.C_BAD_STE, streamId, pasid), 0, 0, 0);
        }
        table.master(streamId).transactionEnded(tag, TransactionOutcome.ABORT);
    }

    private void terminate(final int stream, final int streamId, final int tag, final long qw0, final long qw1,
            final long address) {
        tally.increment(Counter.AUTO_ANSWERED);
        if ((stream & StreamTable.RECORD) != 0) {
            events.record(stream, qw0, qw1, address, 0);
        }
        table.master(streamId).transactionEnded(tag,
                (stream & StreamTable.ABORT) != 0 ? TransactionOutcome.ABORT : termination());
    }

    /** What Terminate means on this part. */
    private TransactionOutcome termination() {
        return settings.abortOnly() ? TransactionOutcome.ABORT : TransactionOutcome.TERMINATE;
    }

    private static long accessBits(final int access) {
        final boolean isWrite = (access & TransactionPort.WRITE) != 0;
        long bits = (long) EventRecord.CLASS_IN << 40;
        if (!isWrite) {
            bits |= EventRecord.READ;
            if ((access & TransactionPort.EXECUTE) != 0) {
                bits |= EventRecord.INSTRUCTION;
            }
        }
        return (access & TransactionPort.PRIVILEGED) != 0 ? bits | EventRecord.PRIVILEGED : bits;
    }

    /**
     * Record what was held back, as far as the event queue takes it.
     *
     * @return events recorded
     */
    int recordHeld() {
        int recorded = 0;
        while (table.count(StallTable.HELD) > 0) {
            final int slot = table.first(StallTable.HELD);
            if (!events.tryRecordStall(table.qw0(slot), table.qw1(slot), table.qw2(slot))) {
                break;
            }
            table.move(slot, StallTable.RECORDED);
            recorded++;
        }
        return recorded;
    }

    /** Transactions that waited are stalled; their events do not overtake one that is held back. */
    private void admitWaiting() {
        while (table.count(StallTable.WAITING) > 0 && table.stalled() < stallMax) {
            table.move(table.first(StallTable.WAITING), StallTable.HELD);
            recordHeld();
        }
    }

    /** CMD_RESUME: without a match it has no effect. */
    int resume(final long qw0, final long qw1) {
        if (stallFlags == 0) {
            return Smmuv3Registers.CERROR_ILL;
        }
        final int streamId = Command.streamId(qw0);
        final int tag = Command.stallTag(qw1);
        final int slot = table.recordedSlot(streamId, tag);
        if (slot < 0) {
            tally.increment(Counter.UNEXPECTED_RESPONSES);
            return Smmuv3Registers.CERROR_NONE;
        }
        final TransactionOutcome outcome = outcome(qw0);
        if (table.count(StallTable.WAITING) > 0) {
            // The oldest that waits takes the place, before the master can send anything new.
            table.move(table.first(StallTable.WAITING), StallTable.HELD);
        }
        table.end(streamId, tag, slot, outcome);
        recordHeld();
        return Smmuv3Registers.CERROR_NONE;
    }

    private TransactionOutcome outcome(final long qw0) {
        if ((qw0 & Command.RESUME_RETRY) != 0) {
            return TransactionOutcome.RETRY;
        }
        return (qw0 & Command.RESUME_ABORT) != 0 ? TransactionOutcome.ABORT : termination();
    }

    /** CMD_STALL_TERM: every stall of a stream ends, recorded or not. */
    int terminateAll(final long qw0) {
        if (stallFlags == 0) {
            return Smmuv3Registers.CERROR_ILL;
        }
        table.endAll(Command.streamId(qw0), termination());
        admitWaiting();
        return Smmuv3Registers.CERROR_NONE;
    }

    int stalled() {
        return table.stalled();
    }

    int heldBack() {
        return table.count(StallTable.HELD);
    }

    int waiting() {
        return table.count(StallTable.WAITING);
    }
}
