/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Control and status register of a queue: enable bits that software writes, error bits that hardware sets and software
 * clears by writing 1, and what hardware has made of the enable bit. A write of the enable bit makes the queue busy
 * until the hardware's next duty cycle; software must not write while it is busy.
 */
final class QueueControl implements Register {

    private final StoredRegister wanted = new StoredRegister(
            RiscvRegisters.ENABLE | RiscvRegisters.INTERRUPT_ENABLE);
    private final ToggleLatch errors = new ToggleLatch();
    private final PaddedWord on = new PaddedWord();
    private final int clearable;

    QueueControl(final int clearable) {
        this.clearable = clearable;
    }

    @Override
    public long read() {
        final long stored = wanted.read();
        // Acquire, paired with the release in acknowledge(): what hardware did to switch the queue is seen.
        final long isOn = on.getAcquire();
        final long busy = (stored & RiscvRegisters.ENABLE) == isOn ? 0 : RiscvRegisters.BUSY;
        return stored | errors.active() | busy | (isOn == 0 ? 0 : RiscvRegisters.ON);
    }

    @Override
    public void write(final long value) {
        errors.acknowledge((int) value & clearable);
        wanted.write(value);
    }

    /** Called by hardware: whether software wants the queue on. */
    boolean isWanted() {
        return (wanted.read() & RiscvRegisters.ENABLE) != 0;
    }

    /** Called by hardware: whether software wants interrupts. */
    boolean wantsInterrupts() {
        return (wanted.read() & RiscvRegisters.INTERRUPT_ENABLE) != 0;
    }

    /** Called by hardware: the queue is on now, with no errors, or off. */
    void acknowledge(final boolean isOn) {
        if (isOn) {
            // Software's word, but software keeps off while the queue is busy.
            errors.acknowledge(errors.active());
        }
        // Release, paired with the acquire in read(): the queue is switched before it says so.
        on.setRelease(isOn ? RiscvRegisters.ENABLE : 0);
    }

    /** Called by hardware: set error bits. */
    void raise(final int bits) {
        errors.raise(bits);
    }

    /** Called by hardware: error bits that are set, as far as it can see now. */
    int errors() {
        return errors.activeForRaiser();
    }
}
