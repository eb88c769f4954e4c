/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

/**
 * Format of the device directory, which sets how many bits of a device ID each mode can look up (RISC-V IOMMU
 * specification, device directory table; {@code riscv_iommu_get_dc}, drivers/iommu/riscv/iommu.c).
 */
public enum DirectoryFormat {

    /** Device contexts of 32 bytes: 7, 16 and 24 bits. */
    BASE(7, 16, 24),
    /** Device contexts of 64 bytes, with MSI tables: 6, 15 and 24 bits. */
    EXTENDED(6, 15, 24);

    private final int[] bitsOf;

    DirectoryFormat(final int... bitsOf) {
        this.bitsOf = bitsOf;
    }

    /**
     * Bits of a device ID that a directory of some levels looks up.
     *
     * @param mode {@link RiscvRegisters#MODE_1LVL} .. {@link RiscvRegisters#MODE_3LVL}
     * @return the width
     */
    public int deviceIdBits(final int mode) {
        return bitsOf[mode - RiscvRegisters.MODE_1LVL];
    }
}
