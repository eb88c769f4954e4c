/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import java.nio.ByteBuffer;
import org.faultring.hwmodel.iommu.DeviceTable;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.Checks;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;
import org.faultring.ring.queue.ToggleLatch;

/**
 * A driver for page requests of the RISC-V IOMMU. <b>It is not Linux's: Linux 7.2 has no code for the page request
 * queue, and never lets a device send page requests.</b> This one follows the RISC-V IOMMU specification, and is what a
 * driver would have to do; the fault queue beside it is handled as Linux does it, by a {@link RiscvFaultDriver}.
 *
 * <p>A drain pass clears the pending bit, reads the tail once, reports what lies before it, throws stop markers away,
 * answers functions that are not known Invalid, and gives the whole stretch back with one write of the head. After an
 * overflow or a memory fault it throws the partial groups away, since the hardware answered or dropped requests that
 * would have closed them, and clears the bits, once the queue is empty. Answers are ATS.PRGR commands with PCIe's
 * codes: the kernel's FAILURE becomes Response Failure.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class RiscvDriver implements IommuDriver {

    /** Requests in flight that the driver grants to each function; a choice, as large as the largest of Linux's. */
    public static final int GRANTED_CREDITS = 2048;
    /** Entries of the page request queue unless asked otherwise; a choice, as many as Linux's fault queue has. */
    public static final int DEFAULT_ENTRIES = 4096;

    /** Most answers of one submission: all that the command queue holds. */
    public static final int MAX_RESPONSES = CommandSubmission.ENTRIES - 1;

    private static final int CHUNK = 32;
    private static final int RECORD_BYTES = 16;
    private static final int ERRORS = RiscvRegisters.MEMORY_FAULT | RiscvRegisters.OVERFLOW;
    private static final int QUEUE_ON = RiscvRegisters.ENABLE | RiscvRegisters.INTERRUPT_ENABLE;
    /** Vectors: command queue 0, fault queue 1, page request queue 2, performance monitor 3. */
    private static final long VECTORS = 1 << 4 | 3 << 8 | 2 << 12;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DeviceTable deviceTable;
    private final DmaMemory memory;
    private final Tally tally;
    private final CommandSubmission commands;
    private final RiscvFaultDriver faults;
    private final int entries;
    private final FunctionTable functions = new FunctionTable();
    private ReportPort reporter;

    private int queueOffset;
    /** Requests that are being handled, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private boolean started;
    private boolean draining;
    private int head;
    private int tail;

    /**
     * A driver that has not started.
     *
     * @param iommu   to drive
     * @param memory  for the queues
     * @param entries of the page request queue, a power of two, 2..2^19; {@link #DEFAULT_ENTRIES} unless you know
     *                better
     * @param tally   of the world that calls
     */
    public RiscvDriver(final RiscvIommu iommu, final DmaMemory memory, final int entries, final Tally tally) {
        this(iommu, memory, entries, MAX_RESPONSES, tally);
    }

    /**
     * A driver that submits few answers at a time. It has not started.
     *
     * @param iommu     to drive
     * @param memory    for the queues
     * @param entries   of the page request queue, a power of two, 2..2^19; {@link #DEFAULT_ENTRIES} unless you know
     *                  better
     * @param responses answers submitted together at most, 1..{@link #MAX_RESPONSES}
     * @param tally     of the world that calls
     */
    public RiscvDriver(final RiscvIommu iommu, final DmaMemory memory, final int entries, final int responses,
            final Tally tally) {
        this(iommu, iommu.registers(), memory, entries, responses, tally);
    }

    /** For a bus that is listened to. */
    RiscvDriver(final RiscvIommu iommu, final RegisterFile registers, final DmaMemory memory, final int entries,
            final Tally tally) {
        this(iommu, registers, memory, entries, MAX_RESPONSES, tally);
    }

    private RiscvDriver(final RiscvIommu iommu, final RegisterFile registers, final DmaMemory memory,
            final int entries, final int responses, final Tally tally) {
        this.registers = registers;
        this.interrupt = iommu.pageRequestInterrupt();
        this.deviceTable = iommu.deviceTable();
        this.memory = memory;
        this.tally = tally;
        this.entries = Checks.powerOfTwo("pqEntries", entries, 2, RiscvRegisters.MAX_ENTRIES);
        commands = new CommandSubmission(registers, iommu.commandInterrupt(), memory,
                Checks.range("responses", responses, 1, MAX_RESPONSES), tally);
        faults = new RiscvFaultDriver(registers, iommu.faultInterrupt(), memory, functions, tally);
    }

    @Override
    public void reportTo(final ReportPort newReporter) {
        reporter = newReporter;
    }

    /**
     * Set-up: where faults go; nowhere if this is not called.
     *
     * @param sink takes them, with {@link RiscvFaultDriver#NO_DEVICE} for those of no known function
     */
    public void sendEventsTo(final EventSink sink) {
        faults.sendEventsTo(sink);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The hardware switches everything on in its next duty cycle, in the order in which it was written; the driver
     * does nothing before it has seen that.
     */
    @Override
    public void start() {
        registers.write64(RiscvRegisters.ICVEC, VECTORS);
        commands.start();
        faults.start();
        final int lengthBytes = entries * RECORD_BYTES;
        final long address = memory.allocate(lengthBytes, 4096);
        queueOffset = memory.offset(address, lengthBytes);
        registers.write64(RiscvRegisters.PQB, RiscvRegisters.base(address, entries));
        registers.write32(RiscvRegisters.PQH, 0);
        registers.write32(RiscvRegisters.PQCSR, QUEUE_ON);
        registers.write64(RiscvRegisters.DDTP, RiscvRegisters.MODE_3LVL);
    }

    @Override
    public void addDevice(final int requesterId, final int device) {
        functions.add(requesterId, device);
        deviceTable.set(requesterId, RiscvRegisters.DC_V | RiscvRegisters.DC_EN_ATS | RiscvRegisters.DC_EN_PRI
                | RiscvRegisters.DC_PRPR);
    }

    @Override
    public int grantedCredits() {
        return GRANTED_CREDITS;
    }

    @Override
    public int doWork() {
        if (!started) {
            started = isOn(RiscvRegisters.CQCSR) && isOn(RiscvRegisters.FQCSR) && isOn(RiscvRegisters.PQCSR)
                    && (registers.read64(RiscvRegisters.DDTP) & RiscvRegisters.DDTP_BUSY) == 0;
            return started ? 1 : 0;
        }
        return commands.doWork() + faults.doWork() + drain();
    }

    private boolean isOn(final int control) {
        return (registers.read32(control) & (RiscvRegisters.ON | RiscvRegisters.BUSY)) == RiscvRegisters.ON;
    }

    private int drain() {
        if (!draining) {
            if (!interrupt.take()) {
                return 0;
            }
            // The pending bit first, so that whatever comes later raises a new interrupt; see ToggleLatch for the
            // fence.
            registers.write32(RiscvRegisters.IPSR, RiscvRegisters.PIP);
            ToggleLatch.fence();
            tail = registers.read32(RiscvRegisters.PQT);
            head = registers.read32(RiscvRegisters.PQH);
            draining = true;
            if (head != tail) {
                tally.increment(Counter.DRAIN_PASSES);
            }
        }
        final int start = head;
        while (head != tail && commands.room() > 0 && !reporter.isHoldingBack()) {
            final int chunk = Math.min(Math.min(tail - head & entries - 1, commands.room()), CHUNK);
            fetch(chunk);
            head = head + takeUpTo(chunk) & entries - 1;
        }
        int work = head - start & entries - 1;
        if (head == tail && !reporter.isHoldingBack()) {
            endPass();
            work++;
        }
        commands.submit();
        return work;
    }

    /** Report requests that were fetched, until one is held back; how many. */
    private int takeUpTo(final int count) {
        int taken = 0;
        while (taken < count && !reporter.isHoldingBack()) {
            take(fetched[2 * taken], fetched[2 * taken + 1]);
            taken++;
        }
        return taken;
    }

    private void endPass() {
        draining = false;
        registers.write32(RiscvRegisters.PQH, tail);
        // While an error bit is set nothing is queued, so a queue found empty stays empty until the bit is cleared.
        final int control = registers.read32(RiscvRegisters.PQCSR);
        if ((control & ERRORS) != 0 && registers.read32(RiscvRegisters.PQT) == tail) {
            reporter.discardPartials();
            registers.write32(RiscvRegisters.PQCSR, QUEUE_ON | control & ERRORS);
        }
    }

    /** Read requests ahead of handling them: their cache lines come from the other core side by side. */
    private void fetch(final int count) {
        final ByteBuffer records = memory.buffer();
        for (int i = 0; i < count; i++) {
            final int offset = queueOffset + (head + i & entries - 1) * RECORD_BYTES;
            fetched[2 * i] = LittleEndian.getLong(records, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(records, offset + Long.BYTES);
        }
    }

    private void take(final long qw0, final long qw1) {
        final int deviceId = PageRequestRecord.deviceId(qw0);
        final int device = functions.device(deviceId);
        final boolean hasPasid = PageRequestRecord.hasPasid(qw0);
        final int pasid = PageRequestRecord.processId(qw0);
        if (PageRequestMessage.isStopMarker(qw1, hasPasid ? pasid : PageRequestMessage.NO_PASID)) {
            tally.increment(Counter.STOP_MARKERS);
        } else if (device == FunctionTable.NO_DEVICE) {
            refuse(deviceId, hasPasid ? pasid : PageRequestMessage.NO_PASID, qw1);
        } else {
            reporter.report(device, flags(hasPasid, qw1), pasid, PageRequestMessage.groupIndex(qw1),
                    permissions(qw0, qw1), PageRequestMessage.address(qw1));
        }
    }

    private void refuse(final int requesterId, final int pasid, final long qw1) {
        if (PageRequestMessage.isLast(qw1)) {
            tally.increment(Counter.REFUSED);
            commands.collect(requesterId, pasid, PageRequestMessage.groupIndex(qw1),
                    PageGroupResponseMessage.INVALID_REQUEST);
        } else {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        }
    }

    private static int flags(final boolean hasPasid, final long qw1) {
        final int pasid = hasPasid ? PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID : 0;
        return PageRequestMessage.isLast(qw1) ? pasid | PageFaultFlyweight.LAST_PAGE : pasid;
    }

    private static int permissions(final long qw0, final long qw1) {
        // R and W mean the same on PCIe and in the record.
        int permissions = (int) qw1 & (PageFaultFlyweight.READ | PageFaultFlyweight.WRITE);
        if ((qw0 & PageRequestRecord.EXEC) != 0) {
            permissions |= PageFaultFlyweight.EXEC;
        }
        if ((qw0 & PageRequestRecord.PRIV) != 0) {
            permissions |= PageFaultFlyweight.PRIV;
        }
        return permissions;
    }

    @Override
    public int room() {
        return commands.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        commands.collect(functions.requesterId(device),
                (flags & PageFaultFlyweight.PASID_VALID) != 0 ? pasid : PageRequestMessage.NO_PASID, groupIndex,
                code == PageResponseFlyweight.FAILURE ? PageGroupResponseMessage.RESPONSE_FAILURE : code);
    }

    @Override
    public void submit() {
        commands.submit();
    }

    @Override
    public boolean isAtRest() {
        return !draining && commands.isAtRest() && faults.isAtRest() && queuedRequests() == 0;
    }

    @Override
    public int queuedRequests() {
        // What a pass that was left standing has reported is with the reporter, though PQH does not say so yet.
        return registers.read32(RiscvRegisters.PQT) - (draining ? head : registers.read32(RiscvRegisters.PQH))
                & entries - 1;
    }
}
