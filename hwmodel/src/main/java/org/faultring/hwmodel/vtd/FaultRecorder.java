/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Primary fault logging: where a fault that cannot be recovered from is recorded, or lost (VT-d specification, primary
 * fault logging).
 *
 * <p>Records are used in turn. A fault that finds the next one still holding a fault sets PFO, and nothing is recorded
 * until software clears that, even if records are free. FRI names the record that made PPF go from 0 to 1.
 *
 * <p>Hardware world; allocates nothing.
 */
final class FaultRecorder {

    private final FaultRecordRegisters records;
    private final FaultStatus status;
    private final FaultMerging merging;
    private final Tally tally;
    private int next;

    FaultRecorder(final FaultRecordRegisters records, final FaultStatus status, final FaultMerging merging,
            final Tally tally) {
        this.records = records;
        this.status = status;
        this.merging = merging;
        this.tally = tally;
    }

    /** A fault, as its record will have it, without F. */
    void record(final long low, final long high) {
        if ((status.active() & VtdRegisters.PFO) != 0) {
            tally.increment(Counter.EVENTS_LOST);
        } else if (isMerged(low, high)) {
            tally.increment(Counter.EVENTS_MERGED);
        } else if (records.isValid(next)) {
            tally.increment(Counter.EVENTS_LOST);
            status.raise(VtdRegisters.PFO);
        } else {
            tally.increment(Counter.EVENTS_RECORDED);
            final int record = next;
            next = record + 1 == records.count() ? 0 : record + 1;
            fill(record, low, high);
        }
    }

    private boolean isMerged(final long low, final long high) {
        if (merging == FaultMerging.NONE) {
            return false;
        }
        for (int record = 0; record < records.count(); record++) {
            if (records.isValid(record) && merging.merges(low, high, records.low(record), records.high(record))) {
                return true;
            }
        }
        return false;
    }

    private void fill(final int record, final long low, final long high) {
        boolean isFirst = !records.isAnyValid();
        if (isFirst) {
            status.first(record);
        }
        records.fill(record, low, high);
        if (!isFirst) {
            // Software may have cleared the others meanwhile, and not seen this one: a StoreLoad fence on both sides.
            ToggleLatch.fence();
            isFirst = !records.isAnyOtherValid(record);
            if (isFirst) {
                status.first(record);
            }
        }
        if (isFirst) {
            status.recorded();
        }
    }
}
