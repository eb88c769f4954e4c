/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.RequesterId;

/**
 * What software tells hardware about each function in a table in memory (AMD: device table, RISC-V: device directory),
 * as bits whose meaning is the vendor's. It stands for that table and for the walk through it.
 *
 * <p>Written at set-up, before requests come from the function; read by the hardware world. Allocates nothing.
 */
public final class DeviceTable {

    private final int[] bitsOf = new int[RequesterId.COUNT];

    /** A table whose entries are all 0. */
    public DeviceTable() {}

    /**
     * Set-up: write an entry.
     *
     * @param requesterId of the function, 16 bits
     * @param bits        as the vendor defines them
     */
    public void set(final int requesterId, final int bits) {
        bitsOf[requesterId & RequesterId.COUNT - 1] = bits;
    }

    /**
     * Read an entry.
     *
     * @param requesterId of the function, 16 bits
     * @return its bits
     */
    public int bits(final int requesterId) {
        return bitsOf[requesterId & RequesterId.COUNT - 1];
    }
}
