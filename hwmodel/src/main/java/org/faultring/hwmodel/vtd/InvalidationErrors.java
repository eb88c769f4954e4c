/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** How the invalidation queue reports errors: IQERCD, then the bit of FSTS. Hardware world, but for the register. */
final class InvalidationErrors {

    private static final int STOPPING = VtdRegisters.IQE | VtdRegisters.ITE;

    private final PaddedWord record = new PaddedWord();
    private final FaultStatus status;
    private final Tally tally;

    InvalidationErrors(final RegisterFile registers, final FaultStatus status, final Tally tally) {
        this.status = status;
        this.tally = tally;
        registers.define64(VtdRegisters.IQERCD, new ReadOnlyRegister(record::getAcquire));
    }

    /** Whether an error stands that stops the queue. */
    boolean isStopping() {
        return (status.active() & STOPPING) != 0;
    }

    void queueError(final int error) {
        raise(VtdRegisters.withQueueError(record.get(), error), VtdRegisters.IQE);
    }

    void timedOut(final int requesterId) {
        raise(VtdRegisters.withTimedOutSource(record.get(), requesterId), VtdRegisters.ITE);
    }

    void unexpectedCompletion(final int requesterId) {
        raise(VtdRegisters.withCompletionSource(record.get(), requesterId), VtdRegisters.ICE);
    }

    private void raise(final long newRecord, final int bit) {
        tally.increment(Counter.COMMAND_ERRORS);
        // Before the bit that makes it valid.
        record.setRelease(newRecord);
        status.raise(bit);
    }
}
