/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

/** One register behind a {@link RegisterFile}: what a bus read of it gives and what a bus write to it does. */
public interface Register {

    /**
     * A read from the bus.
     *
     * @return the register's bits, in the low half if it has 32
     */
    long read();

    /**
     * A write from the bus. It only stores; hardware acts on it in its next duty cycle.
     *
     * @param value written
     */
    void write(long value);
}
