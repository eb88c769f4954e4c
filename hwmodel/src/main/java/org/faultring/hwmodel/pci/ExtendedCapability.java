/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * A block of registers in the extended part of a function's {@link ConfigSpace}. The header is the space's; the block
 * has what lies behind it.
 *
 * <p>A configuration write is not posted: it has taken effect when it returns. So accesses belong to the function's
 * world, or to a time at which that world does not run.
 */
public interface ExtendedCapability {

    /**
     * What kind of capability it is.
     *
     * @return capability ID, 16 bits (include/uapi/linux/pci_regs.h)
     */
    int id();

    /**
     * Length of the block, header included.
     *
     * @return bytes, a multiple of 4
     */
    int lengthBytes();

    /**
     * A read from the bus.
     *
     * @param offset from the header, a multiple of 4, from 4
     * @return 32 bits
     */
    int read(int offset);

    /**
     * A write from the bus.
     *
     * @param offset from the header, a multiple of 4, from 4
     * @param value  to write
     * @param mask   bits of the bytes that are written; the others stay as they are
     */
    void write(int offset, int value, int mask);

    /** The function is reset: all registers get their first value. */
    void functionReset();
}
