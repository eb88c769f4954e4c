/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

/** Which bits of the status register a driver clears when it begins to handle a log. */
public enum StatusClearing {

    /**
     * The interrupt bit and the overflow bit, whatever was read ({@code amd_iommu_handle_irq},
     * drivers/iommu/amd/iommu.c). An overflow that comes between the read and the write is cleared unseen: nobody
     * restarts the log, and it stays off for good.
     */
    AS_LINUX {
        @Override
        int clear(final int seen, final int bits) {
            return bits;
        }
    },

    /** Those that were read as set. An overflow that comes later stays set, and is handled by the next pass. */
    AS_SEEN {
        @Override
        int clear(final int seen, final int bits) {
            return seen & bits;
        }
    };

    /** What to write, of the bits of a log. */
    abstract int clear(int seen, int bits);
}
