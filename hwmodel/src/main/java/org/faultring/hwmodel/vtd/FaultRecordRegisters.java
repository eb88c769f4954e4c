/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.queue.ToggleLatch;

/**
 * The fault recording registers: words that hardware writes, and a bit F for each record that hardware sets and
 * software clears.
 *
 * <p>Hardware world, but for the registers: software reads a record after it saw its F.
 */
final class FaultRecordRegisters {

    private static final int RECORDS_PER_LATCH = Integer.SIZE;
    private static final int WORDS = FaultRecord.LENGTH_BYTES / Integer.BYTES;

    private final long[] low;
    private final long[] high;
    private final ToggleLatch[] valid;

    FaultRecordRegisters(final RegisterFile registers, final int offset, final int records) {
        low = new long[records];
        high = new long[records];
        valid = new ToggleLatch[(records + RECORDS_PER_LATCH - 1) / RECORDS_PER_LATCH];
        for (int i = 0; i < valid.length; i++) {
            valid[i] = new ToggleLatch();
        }
        for (int record = 0; record < records; record++) {
            for (int word = 0; word < WORDS; word++) {
                // Words of 32 bits, so that a write beside F does not write F.
                registers.define32(offset + (record * WORDS + word) * Integer.BYTES, new Word(record, word));
            }
        }
    }

    int count() {
        return low.length;
    }

    /** Whether a record holds a fault. */
    boolean isValid(final int record) {
        return (valid[record / RECORDS_PER_LATCH].active() & bit(record)) != 0;
    }

    /** Whether any record holds a fault. */
    boolean isAnyValid() {
        for (final ToggleLatch latch : valid) {
            if (latch.active() != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether any record but one holds a fault. */
    boolean isAnyOtherValid(final int record) {
        for (int i = 0; i < valid.length; i++) {
            final int own = i == record / RECORDS_PER_LATCH ? bit(record) : 0;
            if ((valid[i].active() & ~own) != 0) {
                return true;
            }
        }
        return false;
    }

    long low(final int record) {
        return low[record];
    }

    long high(final int record) {
        return high[record];
    }

    /** Fill a record that holds no fault, and set its F. */
    void fill(final int record, final long lowWord, final long highWord) {
        low[record] = lowWord;
        high[record] = highWord;
        // A release: whoever sees F sees the words.
        valid[record / RECORDS_PER_LATCH].raise(bit(record));
    }

    private static int bit(final int record) {
        return 1 << record % RECORDS_PER_LATCH;
    }

    /** 32 bits of a record; F is the highest of the last word. */
    private final class Word implements Register {

        private final int record;
        private final int word;

        private Word(final int record, final int word) {
            this.record = record;
            this.word = word;
        }

        @Override
        public long read() {
            // Looks at F first, an acquire that pairs with the release in fill().
            final long f = isValid(record) ? FaultRecord.F : 0;
            final long quad = word < WORDS / 2 ? low[record] : high[record] | f;
            return quad >>> (word & 1) * Integer.SIZE & 0xFFFF_FFFFL;
        }

        @Override
        public void write(final long value) {
            if (word == WORDS - 1 && (int) value < 0) {
                valid[record / RECORDS_PER_LATCH].acknowledge(bit(record));
            }
        }
    }
}
