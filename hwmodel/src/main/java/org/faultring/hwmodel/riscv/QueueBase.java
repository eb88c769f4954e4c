/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.StoredRegister;

/** Base register of a queue; as many bits of software's index register keep what is written as its entries need. */
final class QueueBase implements Register {

    /** Sets the bits of software's index register. */
    @FunctionalInterface
    interface IndexBits {
        void set(int bits);
    }

    private final StoredRegister word = new StoredRegister(RiscvRegisters.BASE_BITS);
    private final IndexBits indexBits;

    QueueBase(final IndexBits indexBits) {
        this.indexBits = indexBits;
    }

    @Override
    public long read() {
        return word.read();
    }

    @Override
    public void write(final long value) {
        indexBits.set((int) Math.min(RiscvRegisters.entries(value), 1L << Integer.SIZE) - 1);
        word.write(value);
    }

    /** Called by hardware: entries of the queue. */
    int entries() {
        return (int) RiscvRegisters.entries(word.read());
    }

    /** Called by hardware: where the queue is, or {@link DmaMemory#UNREACHABLE} if it is not all in memory. */
    int offset(final DmaMemory memory, final int entryBytes) {
        final long written = word.read();
        final long entries = RiscvRegisters.entries(written);
        return entries > RiscvRegisters.MAX_ENTRIES ? DmaMemory.UNREACHABLE
                : memory.offset(RiscvRegisters.address(written), (int) entries * entryBytes);
    }
}
