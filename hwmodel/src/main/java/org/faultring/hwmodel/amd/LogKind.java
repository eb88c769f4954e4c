/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.ring.counter.Counter;

/** The two logs: the registers of each, its bits in the control and the status register, and how it is counted. */
enum LogKind {
    PPR(AmdRegisters.PPR_BASE, AmdRegisters.PPR_HEAD, AmdRegisters.PPR_TAIL, ControlRegister.Switch.PPR_LOG,
            AmdRegisters.PPR_INT_EN, AmdRegisters.PPR_LOG_INT, AmdRegisters.PPR_OVERFLOW, AmdRegisters.PPR_LOG_RUN,
            Counter.INTERRUPTS, Counter.OVERFLOWS),
    EVENT(AmdRegisters.EVENT_BASE, AmdRegisters.EVENT_HEAD, AmdRegisters.EVENT_TAIL, ControlRegister.Switch.EVENT_LOG,
            AmdRegisters.EVENT_INT_EN, AmdRegisters.EVENT_LOG_INT, AmdRegisters.EVENT_OVERFLOW,
            AmdRegisters.EVENT_LOG_RUN, Counter.EVENT_INTERRUPTS, Counter.EVENT_OVERFLOWS);

    private final int base;
    private final int head;
    private final int tail;
    private final ControlRegister.Switch enable;
    private final long interruptEnable;
    private final int interruptBit;
    private final int overflowBit;
    private final int runBit;
    private final Counter interrupts;
    private final Counter overflows;

    LogKind(final int base, final int head, final int tail, final ControlRegister.Switch enable,
            final long interruptEnable, final int interruptBit, final int overflowBit, final int runBit,
            final Counter interrupts, final Counter overflows) {
        this.base = base;
        this.head = head;
        this.tail = tail;
        this.enable = enable;
        this.interruptEnable = interruptEnable;
        this.interruptBit = interruptBit;
        this.overflowBit = overflowBit;
        this.runBit = runBit;
        this.interrupts = interrupts;
        this.overflows = overflows;
    }

    /** Offset of the base register. */
    int base() {
        return base;
    }

    /** Offset of the head register. */
    int head() {
        return head;
    }

    /** Offset of the tail register. */
    int tail() {
        return tail;
    }

    /** Control: switches the log on. */
    ControlRegister.Switch enable() {
        return enable;
    }

    /** Control: interrupt for entries. */
    long interruptEnable() {
        return interruptEnable;
    }

    /** Status: an entry was logged. */
    int interruptBit() {
        return interruptBit;
    }

    /** Status: the log overflowed. */
    int overflowBit() {
        return overflowBit;
    }

    /** Status: entries are logged. */
    int runBit() {
        return runBit;
    }

    /** Counts interrupts. */
    Counter interrupts() {
        return interrupts;
    }

    /** Counts overflows. */
    Counter overflows() {
        return overflows;
    }
}
