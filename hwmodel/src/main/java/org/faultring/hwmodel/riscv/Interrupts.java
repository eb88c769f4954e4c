/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.WriteOneToClearRegister;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Interrupt pending bits, the vectors software gave to them, and their messages: one goes out when a pending bit goes
 * from 0 to 1 (RISC-V IOMMU specification, ipsr, icvec, msi_cfg_tbl). A masked vector keeps its message until it is
 * unmasked.
 *
 * <p>Each cause has a line of its own, whatever its vector, beside the lines of the vectors. Hardware world.
 */
final class Interrupts {

    private static final int CAUSES = 4;
    private static final int VECTOR_BITS = 4;
    private static final long MASKED = 1;

    private final ToggleLatch pending = new ToggleLatch();
    private final StoredRegister vectorOf = new StoredRegister(0xFFFF);
    private final StoredRegister[] vectorControl = new StoredRegister[RiscvRegisters.VECTORS];
    private final InterruptLine[] causes = new InterruptLine[CAUSES];
    private final InterruptLine[] vectors = new InterruptLine[RiscvRegisters.VECTORS];
    /** Causes whose message waits for its vector to be unmasked, a bit each. */
    private int held;

    Interrupts(final RegisterFile registers) {
        registers.define32(RiscvRegisters.IPSR, new WriteOneToClearRegister(pending,
                RiscvRegisters.CIP | RiscvRegisters.FIP | RiscvRegisters.PMIP | RiscvRegisters.PIP));
        registers.define64(RiscvRegisters.ICVEC, vectorOf);
        for (int i = 0; i < RiscvRegisters.VECTORS; i++) {
            final int entry = RiscvRegisters.MSI_CFG_TBL + i * RiscvRegisters.MSI_CFG_STRIDE;
            vectorControl[i] = new StoredRegister(MASKED);
            vectors[i] = new InterruptLine();
            registers.define64(entry, new StoredRegister(0x00FF_FFFF_FFFF_FFFCL));
            registers.define32(entry + Long.BYTES, new StoredRegister(0xFFFF_FFFFL));
            registers.define32(entry + Long.BYTES + Integer.BYTES, vectorControl[i]);
        }
        for (int i = 0; i < CAUSES; i++) {
            causes[i] = new InterruptLine();
        }
    }

    /** Line of a cause, whatever its vector. */
    InterruptLine cause(final int pendingBit) {
        return causes[Integer.numberOfTrailingZeros(pendingBit)];
    }

    /** Line of a vector. */
    InterruptLine vector(final int number) {
        return vectors[number];
    }

    /** Whether a pending bit is set, as far as hardware can see now. */
    boolean isPending(final int bit) {
        return (pending.activeForRaiser() & bit) != 0;
    }

    /** Set a pending bit that is not set, and send its message. */
    void raise(final int bit) {
        pending.raise(bit);
        final int cause = Integer.numberOfTrailingZeros(bit);
        final int vector = vector(vectorOf.read(), cause);
        if ((vectorControl[vector].read() & MASKED) != 0) {
            held |= bit;
        } else {
            send(cause, vector);
        }
    }

    private void send(final int cause, final int vector) {
        causes[cause].raise();
        vectors[vector].raise();
    }

    private static int vector(final long icvec, final int cause) {
        return (int) (icvec >>> cause * VECTOR_BITS) & RiscvRegisters.VECTORS - 1;
    }

    /** Send what waits for a vector that is not masked any more. */
    void applyWrites() {
        if (held == 0) {
            return;
        }
        final long icvec = vectorOf.read();
        for (int cause = 0; cause < CAUSES; cause++) {
            final int vector = vector(icvec, cause);
            if ((held & 1 << cause) != 0 && (vectorControl[vector].read() & MASKED) == 0) {
                held &= ~(1 << cause);
                send(cause, vector);
            }
        }
    }
}
