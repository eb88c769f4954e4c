/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

/** How an index register holds its index, and what else it holds. */
public enum IndexFormat {

    /** The number of the entry, and nothing else: RISC-V. */
    ENTRY_NUMBER(0) {
        @Override
        int shift(final int entryBytes) {
            return 0;
        }
    },

    /** The byte offset of the entry from the base of the queue: VT-d, AMD. */
    BYTE_OFFSET(0) {
        @Override
        int shift(final int entryBytes) {
            return Integer.numberOfTrailingZeros(entryBytes);
        }
    },

    /**
     * The number of the entry with its wrap bit, below eight status bits that belong to the register's writer: SMMUv3
     * (Arm IHI 0070, SMMU_CMDQ_CONS, SMMU_EVENTQ_PROD and so on), where bit 31 is the overflow flag or its
     * acknowledgement, and bits 30:24 of the command queue's consumer the error.
     *
     * <pre>
     *  31            24 23                                           0
     *  +---------------+---------------------------------------------+
     *  |  status bits  |           wrap bit and entry number         |
     *  +---------------+---------------------------------------------+
     * </pre>
     */
    ENTRY_NUMBER_AND_STATUS(0xFF00_0000) {
        @Override
        int shift(final int entryBytes) {
            return 0;
        }
    };

    private final int statusMask;

    IndexFormat(final int statusMask) {
        this.statusMask = statusMask;
    }

    /**
     * How far the index is shifted left in its register.
     *
     * @param entryBytes length of an entry, a power of two
     * @return bits
     */
    abstract int shift(int entryBytes);

    /**
     * Bits of a register that are not of its index and are kept with it.
     *
     * @return the mask, 0 if there are none
     */
    public int statusMask() {
        return statusMask;
    }
}
