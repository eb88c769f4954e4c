/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.util.function.LongSupplier;

/**
 * A register that software can only read.
 *
 * @param bits gives the register's bits; called by whoever reads
 */
public record ReadOnlyRegister(LongSupplier bits) implements Register {

    @Override
    public long read() {
        return bits.getAsLong();
    }

    @Override
    public void write(final long value) {
        // Hardware ignores it.
    }
}
