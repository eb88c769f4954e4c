/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.BooleanSupplier;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.PaddedWord;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * One of the three events of VT-d: control, data, address and upper address (FECTL, IECTL, PECTL and what follows
 * each), and the interrupt that they make.
 *
 * <p>An event of a masked control stays pending and goes out once when software unmasks it; further events merge with
 * it. It is forgotten if software clears what caused it. After reset the control is masked.
 *
 * <p>Hardware world, but for the registers.
 */
final class EventRegisters {

    private static final int CONTROL = 0;
    private static final int DATA = 4;
    private static final int ADDRESS = 8;
    private static final int UPPER_ADDRESS = 12;

    private final InterruptLine line = new InterruptLine();
    private final StoredRegister mask = new StoredRegister(VtdRegisters.IM);
    /** Hardware's bit IP. */
    private final PaddedWord pending = new PaddedWord();
    private final PendingEvents all;
    private final BooleanSupplier cause;
    private final Counter counter;
    private final Tally tally;

    /**
     * @param offset  of the control register
     * @param all     pending events of the hardware
     * @param cause   whether a status bit that makes this event is set
     * @param counter of the interrupts that go out
     */
    EventRegisters(final RegisterFile registers, final int offset, final PendingEvents all,
            final BooleanSupplier cause, final Counter counter, final Tally tally) {
        this.all = all;
        this.cause = cause;
        this.counter = counter;
        this.tally = tally;
        mask.write(VtdRegisters.IM & 0xFFFF_FFFFL);
        registers.define32(offset + CONTROL, new Control());
        registers.define32(offset + DATA, new StoredRegister(0xFFFF));
        registers.define32(offset + ADDRESS, new StoredRegister(0xFFFF_FFFCL));
        registers.define32(offset + UPPER_ADDRESS, new StoredRegister(0xFFFF_FFFFL));
    }

    InterruptLine line() {
        return line;
    }

    /** An event, after the status bit that causes it was set. */
    void raise() {
        if (mask.read() == 0 && pending.get() == 0) {
            send();
        } else if (pending.get() == 0) {
            pending.setRelease(1);
            all.add(this);
        }
    }

    /**
     * Send the pending event if it is not masked any more, or forget it if its cause is gone.
     *
     * @return 1 if it went out, else 0
     */
    int resolve() {
        if (!cause.getAsBoolean()) {
            pending.setRelease(0);
            return 0;
        }
        if (mask.read() != 0) {
            return 0;
        }
        pending.setRelease(0);
        send();
        return 1;
    }

    boolean isPending() {
        return pending.get() != 0;
    }

    private void send() {
        tally.increment(counter);
        line.raise();
    }

    /** FECTL, IECTL or PECTL. */
    private final class Control implements Register {

        @Override
        public long read() {
            // Acquire, paired with the releases in raise() and resolve().
            final boolean isPending = pending.getAcquire() != 0 && cause.getAsBoolean();
            return mask.read() | (isPending ? VtdRegisters.IP : 0);
        }

        @Override
        public void write(final long value) {
            mask.write(value);
        }
    }
}
