/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * FSTS and the fault event: bits that hardware sets and software clears, PPF and FRI of the fault records. An event
 * goes out for the first bit only; while any is set further ones come without.
 *
 * <p>Hardware world, but for the registers.
 */
final class FaultStatus {

    private static final int CLEARABLE = VtdRegisters.PFO | VtdRegisters.IQE | VtdRegisters.ICE | VtdRegisters.ITE;

    private final ToggleLatch bits = new ToggleLatch();
    private final PaddedWord firstRecord = new PaddedWord();
    private final FaultRecordRegisters records;
    private final EventRegisters event;

    FaultStatus(final RegisterFile registers, final FaultRecordRegisters records, final PendingEvents events,
            final Tally tally) {
        this.records = records;
        registers.define32(VtdRegisters.FSTS, new Fsts());
        event = new EventRegisters(registers, VtdRegisters.FECTL, events, this::isAnySet, Counter.EVENT_INTERRUPTS,
                tally);
    }

    InterruptLine interrupt() {
        return event.line();
    }

    /** The bits that are set, PPF left out, as hardware sees them now. */
    int active() {
        return bits.activeForRaiser();
    }

    private boolean isAnySet() {
        return bits.active() != 0 || records.isAnyValid();
    }

    /** Set a bit other than PPF. */
    void raise(final int bit) {
        if (bits.raise(bit) == 0) {
            return;
        }
        // Between our store and the look at what software cleared: it may look at FSTS no more.
        ToggleLatch.fence();
        if ((bits.activeForRaiser() & ~bit) == 0 && !records.isAnyValid()) {
            event.raise();
        }
    }

    /** PPF is about to be set, or was set, by this record. */
    void first(final int record) {
        firstRecord.setRelease(record);
    }

    /** PPF was set by a record. */
    void recorded() {
        if (bits.activeForRaiser() == 0) {
            event.raise();
        }
    }

    /** The register. */
    private final class Fsts implements Register {

        @Override
        public long read() {
            return bits.active() | (records.isAnyValid() ? VtdRegisters.PPF : 0)
                    | VtdRegisters.fri((int) firstRecord.getAcquire());
        }

        @Override
        public void write(final long value) {
            bits.acknowledge((int) value & CLEARABLE);
        }
    }
}
