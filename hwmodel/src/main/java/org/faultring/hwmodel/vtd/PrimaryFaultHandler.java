/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * The driver's side of the fault recording registers ({@code dmar_fault}, drivers/iommu/intel/dmar.c): from FRI on,
 * records are read and cleared while they hold a fault, then PFO is cleared. The last write names the old place of the
 * page request queue's overflow too, which does nothing.
 *
 * <p>Linux prints the faults; here they are handed to an {@link EventSink}, with the record as the hardware has it. A
 * fault whose source is not known is counted only. One round through the records is a duty cycle at most.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
final class PrimaryFaultHandler {

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final FunctionTable functions;
    private final Tally tally;
    private final ByteBuffer record = RingMemory.allocate(FaultRecord.LENGTH_BYTES);
    private EventSink sink = (device, level, buffer, offset, lengthBytes) -> {};
    private int firstOffset;
    private int records;
    private boolean isHandling;
    private int next;

    PrimaryFaultHandler(final VtdHardware iommu, final FunctionTable functions, final Tally tally) {
        this.registers = iommu.registers();
        this.interrupt = iommu.faultInterrupt();
        this.functions = functions;
        this.tally = tally;
    }

    void reportTo(final EventSink newSink) {
        sink = newSink;
    }

    void start() {
        final long cap = registers.read64(VtdRegisters.CAP);
        firstOffset = VtdRegisters.faultRecordOffset(cap);
        records = VtdRegisters.faultRecords(cap);
        registers.write32(VtdRegisters.FECTL, 0);
    }

    int doWork() {
        if (!isHandling) {
            if (!interrupt.take()) {
                return 0;
            }
            final int status = registers.read32(VtdRegisters.FSTS);
            if ((status & VtdRegisters.PPF) == 0) {
                return 1;
            }
            next = VtdRegisters.faultRecordIndex(status);
            isHandling = true;
        }
        return handle();
    }

    private int handle() {
        int work = 0;
        for (; work < records; work++) {
            final int offset = firstOffset + next * FaultRecord.LENGTH_BYTES;
            final int top = registers.read32(offset + 3 * Integer.BYTES);
            if (top >= 0) {
                isHandling = false;
                registers.write32(VtdRegisters.FSTS, VtdRegisters.PFO | VtdRegisters.PPF | VtdRegisters.OLD_PRO);
                return work + 1;
            }
            final long high = (long) top << Integer.SIZE
                    | registers.read32(offset + 2 * Integer.BYTES) & 0xFFFF_FFFFL;
            final long low = registers.read64(offset);
            registers.write32(offset + 3 * Integer.BYTES, (int) (FaultRecord.F >>> Integer.SIZE));
            // Between clearing F and the look at the next one; paired with the fence in FaultRecorder.
            ToggleLatch.fence();
            next = next + 1 == records ? 0 : next + 1;
            deliver(low, high);
        }
        return work;
    }

    private void deliver(final long low, final long high) {
        final int device = functions.device(FaultRecord.sourceId(high));
        if (device == FunctionTable.NO_DEVICE) {
            tally.increment(Counter.EVENTS_UNROUTED);
            return;
        }
        LittleEndian.putLong(record, 0, low);
        LittleEndian.putLong(record, Long.BYTES, high);
        tally.increment(Counter.EVENTS_READ);
        sink.onEvent(device, FaultReason.level(FaultRecord.reason(high)), record, 0, FaultRecord.LENGTH_BYTES);
    }

    boolean isHandling() {
        return isHandling;
    }
}
