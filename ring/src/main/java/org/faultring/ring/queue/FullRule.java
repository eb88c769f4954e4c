/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

/** How a pair of wrapping indexes tells a full queue from an empty one. */
public enum FullRule {

    /**
     * Equal indexes mean empty, so one entry is never used: full is when advancing the producer would make it equal the
     * consumer. VT-d, AMD, RISC-V.
     */
    N_MINUS_ONE {
        @Override
        int indexes(final int entries) {
            return entries;
        }

        @Override
        int usable(final int entries) {
            return entries - 1;
        }
    },

    /**
     * Indexes carry one bit more, the wrap bit, so all entries are usable: full is when the indexes are equal and the
     * wrap bits differ. SMMUv3 (Arm IHI 0070).
     */
    WRAP_BIT {
        @Override
        int indexes(final int entries) {
            return 2 * entries;
        }

        @Override
        int usable(final int entries) {
            return entries;
        }
    };

    /**
     * Number of values an index takes before it is 0 again.
     *
     * @param entries of the queue
     * @return a power of two
     */
    abstract int indexes(int entries);

    /**
     * Entries that can be in the queue at once.
     *
     * @param entries of the queue
     * @return the count
     */
    abstract int usable(int entries);
}
