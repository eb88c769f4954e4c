/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * What Linux 7.2 does with the fault queue ({@code riscv_iommu_fltq_process}, drivers/iommu/riscv/iommu.c): on an
 * interrupt it clears the pending bit, hands on what is between head and tail until there is nothing left, and writes
 * the control and status register back as it read it, which clears fqmf and fqof. Since the pending bit goes first, an
 * overflow sets it again at once and costs one interrupt more.
 *
 * <p>Linux looks for more records after each batch; here the next batch is the next duty cycle's. It prints them; here
 * they go to an {@link EventSink}, with the level that the cause names. Where a page request reaches a system that runs
 * only this, its EN_PRI is 0: it is answered Invalid by the hardware and leaves a record of cause 260 here.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class RiscvFaultDriver {

    /** Records in the queue ({@code RISCV_IOMMU_DEF_FQ_COUNT}, drivers/iommu/riscv/iommu.c). */
    public static final int ENTRIES = 4096;
    /** Number under which the {@link EventSink} sees functions that are not known. */
    public static final int NO_DEVICE = FunctionTable.NO_DEVICE;

    private static final int RECORD_BYTES = 32;
    private static final int LENGTH_BYTES = ENTRIES * RECORD_BYTES;
    private static final int ERRORS = RiscvRegisters.MEMORY_FAULT | RiscvRegisters.OVERFLOW;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DmaMemory memory;
    private final Tally tally;
    private final FunctionTable functions;
    private EventSink sink = (device, level, record, offset, lengthBytes) -> {};
    private int queueOffset;
    private int head;
    private boolean handling;

    /**
     * A driver that has not started.
     *
     * @param iommu  to drive
     * @param memory for the queue
     * @param tally  of the world that calls
     */
    public RiscvFaultDriver(final RiscvIommu iommu, final DmaMemory memory, final Tally tally) {
        this(iommu.registers(), iommu.faultInterrupt(), memory, new FunctionTable(), tally);
    }

    /** For a bus that is listened to. */
    RiscvFaultDriver(final RegisterFile registers, final InterruptLine interrupt, final DmaMemory memory,
            final FunctionTable functions, final Tally tally) {
        this.registers = registers;
        this.interrupt = interrupt;
        this.memory = memory;
        this.functions = functions;
        this.tally = tally;
    }

    /**
     * Set-up: where faults go; nowhere if this is not called.
     *
     * @param newSink takes them, with {@link #NO_DEVICE} for those of no known function
     */
    public void sendEventsTo(final EventSink newSink) {
        sink = newSink;
    }

    /**
     * Set-up: know a function.
     *
     * @param requesterId of the function, 16 bits
     * @param device      its number in the fault reporter
     */
    public void addDevice(final int requesterId, final int device) {
        functions.add(requesterId, device);
    }

    /** Set-up: give the hardware the queue; the hardware switches it on in its next duty cycle. */
    public void start() {
        final long address = memory.allocate(LENGTH_BYTES, 4096);
        queueOffset = memory.offset(address, LENGTH_BYTES);
        registers.write64(RiscvRegisters.FQB, RiscvRegisters.base(address, ENTRIES));
        registers.write32(RiscvRegisters.FQH, 0);
        registers.write32(RiscvRegisters.FQCSR, RiscvRegisters.ENABLE | RiscvRegisters.INTERRUPT_ENABLE);
    }

    /**
     * One duty cycle.
     *
     * @return work done, 0 for none
     */
    public int doWork() {
        if (!handling) {
            if (!interrupt.take()) {
                return 0;
            }
            handling = true;
            registers.write32(RiscvRegisters.IPSR, RiscvRegisters.FIP);
            // What comes later raises a new interrupt; see ToggleLatch.
            ToggleLatch.fence();
        }
        final int records = registers.read32(RiscvRegisters.FQT) - head & ENTRIES - 1;
        for (int i = 0; i < records; i++) {
            take(queueOffset + (head + i & ENTRIES - 1) * RECORD_BYTES);
        }
        if (records > 0) {
            head = head + records & ENTRIES - 1;
            registers.write32(RiscvRegisters.FQH, head);
            return records;
        }
        handling = false;
        final int control = registers.read32(RiscvRegisters.FQCSR);
        if ((control & ERRORS) != 0) {
            registers.write32(RiscvRegisters.FQCSR, control);
        }
        return 1;
    }

    private void take(final int offset) {
        final long qw0 = LittleEndian.getLong(memory.buffer(), offset);
        final int deviceId = FaultRecord.deviceId(qw0);
        tally.increment(Counter.EVENTS_READ);
        sink.onEvent(functions.device(deviceId), FaultRecord.level(FaultRecord.cause(qw0)), memory.buffer(), offset,
                RECORD_BYTES);
    }

    /**
     * Whether nothing is left to do.
     *
     * @return true if at rest
     */
    public boolean isAtRest() {
        return !handling && registers.read32(RiscvRegisters.FQT) == head;
    }
}
