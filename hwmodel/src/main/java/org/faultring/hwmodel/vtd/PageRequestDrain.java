/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
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
 * The driver's side of the page request queue ({@code prq_event_thread}, drivers/iommu/intel/prq.c).
 *
 * <p>A pass clears PPR, reads the tail once, judges and reports each request up to it, gives the whole stretch back
 * with one write of the head, and then recovers from an overflow if the queue is empty. Where Linux waits for the
 * hardware to take an answer, the pass is left standing and goes on in a later duty cycle.
 *
 * <p>A request that is held back for want of room leaves the pass standing too. Kernel world; allocates nothing after
 * {@link #start()}.
 */
final class PageRequestDrain {

    private static final int CHUNK = 32;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DmaMemory memory;
    private final Tally tally;
    private final InvalidationSubmission invalidation;
    private final FunctionTable functions;
    private final int order;
    private final int indexMask;
    private final int canonicalShift;
    private ReportPort reporter;

    private int queueOffset;
    /** Requests that are being handled, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private boolean draining;
    private int head;
    private int tail;
    private int passes;

    PageRequestDrain(final VtdHardware iommu, final DmaMemory memory, final int order, final int addressBits,
            final InvalidationSubmission invalidation, final FunctionTable functions, final Tally tally) {
        this.registers = iommu.registers();
        this.interrupt = iommu.pageRequestInterrupt();
        this.memory = memory;
        this.tally = tally;
        this.order = Checks.range("prqOrder", order, 0, VtdDriver.MAX_ORDER);
        this.indexMask = (1 << order + VtdRegisters.PQ_ENTRIES_SHIFT) - 1;
        if (addressBits != 48 && addressBits != 57) {
            throw new IllegalArgumentException("addressBits=" + addressBits + " (expected: 48 or 57)");
        }
        this.canonicalShift = Long.SIZE - addressBits;
        this.invalidation = invalidation;
        this.functions = functions;
    }

    void reportTo(final ReportPort newReporter) {
        reporter = newReporter;
    }

    void start() {
        final int lengthBytes = (indexMask + 1) * VtdRegisters.DESCRIPTOR_BYTES;
        final long address = memory.allocate(lengthBytes, 4096);
        queueOffset = memory.offset(address, lengthBytes);
        registers.write32(VtdRegisters.PECTL, 0);
        registers.write64(VtdRegisters.PQH, 0);
        registers.write64(VtdRegisters.PQA, address | order);
    }

    int doWork() {
        if (!draining) {
            if (!interrupt.take()) {
                return 0;
            }
            // PPR first, so that whatever comes later raises a new interrupt; see ToggleLatch for the fence.
            registers.write32(VtdRegisters.PRS, VtdRegisters.PPR);
            ToggleLatch.fence();
            tail = index(VtdRegisters.PQT);
            head = index(VtdRegisters.PQH);
            draining = true;
            if (head != tail) {
                tally.increment(Counter.DRAIN_PASSES);
            }
        }
        final int start = head;
        while (head != tail && invalidation.room() > 0 && !reporter.isHoldingBack()) {
            final int chunk = Math.min(Math.min(tail - head & indexMask, invalidation.room()), CHUNK);
            fetch(chunk);
            head = head + takeUpTo(chunk) & indexMask;
        }
        int work = head - start & indexMask;
        if (head == tail && !reporter.isHoldingBack()) {
            endPass();
            work++;
        }
        invalidation.submit();
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
        passes++;
        registers.write64(VtdRegisters.PQH, (long) tail << VtdRegisters.DESCRIPTOR_SHIFT);
        if ((registers.read32(VtdRegisters.PRS) & VtdRegisters.PRO) != 0
                && index(VtdRegisters.PQH) == index(VtdRegisters.PQT)) {
            reporter.discardPartials();
            registers.write32(VtdRegisters.PRS, VtdRegisters.PRO);
        }
    }

    private int index(final int register) {
        return (int) registers.read64(register) >>> VtdRegisters.DESCRIPTOR_SHIFT & indexMask;
    }

    /** Read requests ahead of handling them: their cache lines come from the other core side by side. */
    private void fetch(final int count) {
        final ByteBuffer entries = memory.buffer();
        for (int i = 0; i < count; i++) {
            final int offset = entry(head + i);
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
        }
    }

    private int entry(final int index) {
        return queueOffset + (index & indexMask) * VtdRegisters.DESCRIPTOR_BYTES;
    }

    private void take(final long qw0, final long qw1) {
        final int device = functions.device(PageRequestDescriptor.requesterId(qw0));
        if (isBad(qw0, qw1)) {
            refuse(qw0, qw1);
        } else if ((qw1 & (PageRequestMessage.READ | PageRequestMessage.WRITE)) == 0
                && PageRequestMessage.isLast(qw1)) {
            dropStopMarker(qw0);
        } else if (device == FunctionTable.NO_DEVICE) {
            refuse(qw0, qw1);
        } else {
            reporter.report(device, flags(qw0, qw1), PageRequestDescriptor.pasid(qw0),
                    PageRequestMessage.groupIndex(qw1), permissions(qw0, qw1), PageRequestMessage.address(qw1));
        }
    }

    /** The tests that come before the look for a stop marker, in Linux's order. */
    private boolean isBad(final long qw0, final long qw1) {
        final long address = PageRequestMessage.address(qw1);
        if (address << canonicalShift >> canonicalShift != address) {
            return true;
        }
        final long access = qw1 & (PageRequestMessage.READ | PageRequestMessage.WRITE);
        return (qw0 & PageRequestDescriptor.PMR) != 0 && access != 0
                || (qw0 & PageRequestDescriptor.EXR) != 0 && (access & PageRequestMessage.READ) != 0;
    }

    /** Linux does not look at the PASID; without one the same bits are a request, which vanishes here. */
    private void dropStopMarker(final long qw0) {
        tally.increment(PageRequestDescriptor.hasPasid(qw0) ? Counter.STOP_MARKERS : Counter.DROPPED_BY_KERNEL);
    }

    /** A bad request is answered Invalid if it closes its group, otherwise it vanishes. */
    private void refuse(final long qw0, final long qw1) {
        if (PageRequestMessage.isLast(qw1)) {
            // A stop marker with junk for an address is answered too, but it is no request.
            tally.increment(isStopMarker(qw0, qw1) ? Counter.STOP_MARKERS : Counter.REFUSED);
            invalidation.collect(PageRequestDescriptor.requesterId(qw0), PageRequestDescriptor.hasPasid(qw0),
                    PageRequestDescriptor.pasid(qw0), PageRequestMessage.groupIndex(qw1),
                    PageResponseFlyweight.INVALID);
        } else {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        }
    }

    private static boolean isStopMarker(final long qw0, final long qw1) {
        return PageRequestMessage.isStopMarker(qw1,
                PageRequestDescriptor.hasPasid(qw0) ? PageRequestDescriptor.pasid(qw0) : PageRequestMessage.NO_PASID);
    }

    private static int flags(final long qw0, final long qw1) {
        final int pasid = PageRequestDescriptor.hasPasid(qw0)
                ? PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.RESPONSE_NEEDS_PASID
                : 0;
        return PageRequestMessage.isLast(qw1) ? pasid | PageFaultFlyweight.LAST_PAGE : pasid;
    }

    private static int permissions(final long qw0, final long qw1) {
        // The two lowest bits mean the same on PCIe and in the record.
        int permissions = (int) qw1 & (PageFaultFlyweight.READ | PageFaultFlyweight.WRITE);
        if ((qw0 & PageRequestDescriptor.EXR) != 0) {
            permissions |= PageFaultFlyweight.EXEC;
        }
        if ((qw0 & PageRequestDescriptor.PMR) != 0) {
            permissions |= PageFaultFlyweight.PRIV;
        }
        return permissions;
    }

    /** Passes ended so far; wraps. */
    int passes() {
        return passes;
    }

    /** Whether the queue holds a request of a function and PASID, looking from head to tail. */
    boolean holds(final int requesterId, final int pasid) {
        final int end = index(VtdRegisters.PQT);
        for (int i = index(VtdRegisters.PQH); i != end; i = i + 1 & indexMask) {
            final long qw0 = LittleEndian.getLong(memory.buffer(), entry(i));
            final int found = PageRequestDescriptor.hasPasid(qw0)
                    ? PageRequestDescriptor.pasid(qw0)
                    : PageRequestMessage.NO_PASID;
            if (PageRequestDescriptor.requesterId(qw0) == requesterId && found == pasid) {
                return true;
            }
        }
        return false;
    }

    /** Whether the queue is in overflow. */
    boolean isOverflowed() {
        return (registers.read32(VtdRegisters.PRS) & VtdRegisters.PRO) != 0;
    }

    boolean isDraining() {
        return draining;
    }

    /** Requests in the queue; those that a pass has reported are none, though PQH does not say so yet. */
    int queued() {
        return index(VtdRegisters.PQT) - (draining ? head : index(VtdRegisters.PQH)) & indexMask;
    }
}
