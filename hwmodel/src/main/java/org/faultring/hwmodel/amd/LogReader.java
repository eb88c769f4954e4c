/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.ToggleLatch;

/**
 * The driver's side of a log: the interrupt loop and the overflow restart ({@code amd_iommu_handle_irq},
 * drivers/iommu/amd/iommu.c; {@code amd_iommu_restart_log}, drivers/iommu/amd/init.c), and the wait for an entry that
 * was announced before it was written (errata 732 and 733).
 *
 * <p>A pass clears the interrupt and the overflow bit, reads head and tail once, and handles what lies between. Then
 * the log is restarted if the overflow bit had been set and the log does not run, and the status is read back: if a bit
 * is set again, the next duty cycle makes another pass without waiting for an interrupt (erratum 1312).
 *
 * <p>Kernel world; allocates nothing after {@link #start(int)}.
 */
abstract class LogReader {

    /** Polls for an entry to be written before it is taken as it is ({@code LOOP_TIMEOUT}). */
    static final int MAX_POLLS = 100_000;

    private final InterruptLine interrupt;
    private final LogKind log;
    private final StatusClearing clearing;
    private final RegisterFile registers;
    private final Register headRegister;
    private final DmaMemory memory;
    private int logOffset;
    private int indexMask;
    private boolean handling;
    private boolean draining;
    private int handledStatus;
    private int head;
    private int tail;
    private int polls;

    LogReader(final LogKind log, final RegisterFile registers, final InterruptLine interrupt,
            final DmaMemory memory, final StatusClearing clearing) {
        this.log = log;
        this.clearing = clearing;
        this.registers = registers;
        this.headRegister = registers.register(log.head());
        this.interrupt = interrupt;
        this.memory = memory;
    }

    /** Give the hardware a log. */
    final void start(final int entries) {
        final int lengthBytes = entries * AmdRegisters.ENTRY_BYTES;
        indexMask = lengthBytes - 1;
        final long address = memory.allocate(lengthBytes, 4096);
        logOffset = memory.offset(address, lengthBytes);
        registers.write64(log.base(), AmdRegisters.base(address, entries));
        registers.write64(log.head(), 0);
        registers.write64(log.tail(), 0);
        enable(log.interruptEnable());
        enable(log.enable().bit());
    }

    private void enable(final long bit) {
        registers.write64(AmdRegisters.CONTROL, registers.read64(AmdRegisters.CONTROL) | bit);
    }

    private void disable(final long bit) {
        registers.write64(AmdRegisters.CONTROL, registers.read64(AmdRegisters.CONTROL) & ~bit);
    }

    /**
     * One duty cycle.
     *
     * @return work done, 0 for none
     */
    final int doWork() {
        if (!handling) {
            if (!interrupt.take()) {
                return 0;
            }
            handling = true;
            handledStatus = status();
        }
        if (!draining && !beginPass()) {
            return 0;
        }
        final int handled = drain();
        if (head != tail || isHeldBack()) {
            return handled;
        }
        endPass();
        return handled + 1;
    }

    /** Clear the bits first, so that whatever comes later raises a new interrupt; see ToggleLatch for the fence. */
    private boolean beginPass() {
        final int bits = log.interruptBit() | log.overflowBit();
        if ((handledStatus & bits) == 0) {
            handling = false;
            return false;
        }
        registers.write64(AmdRegisters.STATUS, clearing.clear(handledStatus, bits));
        ToggleLatch.fence();
        head = index(log.head());
        tail = index(log.tail());
        draining = true;
        polls = 0;
        passBegins(head != tail);
        return true;
    }

    private void endPass() {
        draining = false;
        if ((handledStatus & log.overflowBit()) != 0) {
            restart();
        }
        handledStatus = status();
        handling = (handledStatus & (log.interruptBit() | log.overflowBit())) != 0;
    }

    private void restart() {
        if ((status() & log.runBit()) != 0) {
            return;
        }
        disable(log.enable().bit());
        disable(log.interruptEnable());
        registers.write64(AmdRegisters.STATUS, log.overflowBit());
        enable(log.interruptEnable());
        enable(log.enable().bit());
    }

    private int drain() {
        final ByteBuffer entries = memory.buffer();
        final int end = tail;
        int at = head;
        int handled = 0;
        int budget = 0;
        while (at != end && !isHeldBack()) {
            if (budget == 0) {
                budget = mayHandle();
                if (budget == 0) {
                    break;
                }
            }
            final int offset = logOffset + at;
            final long qw0 = LittleEndian.getLong(entries, offset);
            // Both logs have the type in the same place.
            if (PprLogEntry.type(qw0) == 0 && !isTooLate(handled)) {
                break;
            }
            at = at + AmdRegisters.ENTRY_BYTES & indexMask;
            handle(entries, offset, qw0, at);
            handled++;
            budget--;
        }
        head = at;
        return handled;
    }

    /** An entry is not there yet: one poll of the wait for it, which began here if others were handled before. */
    private boolean isTooLate(final int handled) {
        if (handled > 0) {
            polls = 0;
        }
        if (polls < MAX_POLLS) {
            polls++;
            return false;
        }
        polls = 0;
        return true;
    }

    /** A pass begins. */
    abstract void passBegins(boolean hasEntries);

    /** How many entries can be handled now. */
    abstract int mayHandle();

    /** Whether an entry was taken for which there is no room above: nothing more is taken then. */
    boolean isHeldBack() {
        return false;
    }

    /** Handle an entry and write the next one's place to the head, in the log's own order. */
    abstract void handle(ByteBuffer entries, int offset, long qw0, int next);

    /** Write the head. */
    final void giveBack(final int next) {
        headRegister.write(next);
    }

    private int status() {
        return (int) registers.read64(AmdRegisters.STATUS);
    }

    private int index(final int register) {
        return (int) registers.read64(register) & indexMask;
    }

    /** Entries in the log. */
    final int queued() {
        return (index(log.tail()) - index(log.head()) & indexMask) >> AmdRegisters.ENTRY_SHIFT;
    }

    /** Whether nothing is to be done. */
    final boolean isAtRest() {
        return !handling && queued() == 0;
    }
}
