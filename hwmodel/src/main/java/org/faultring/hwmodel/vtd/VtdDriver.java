/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.ring.Checks;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Linux's driver for VT-d, as far as page requests go: {@code prq_event_thread} and {@code intel_iommu_page_response}
 * (drivers/iommu/intel/prq.c).
 *
 * <p>A drain pass clears PPR, reads the tail once, judges and reports each request up to it, gives the whole stretch
 * back with one write of the head, and then recovers from an overflow if the queue is empty. Where Linux waits for the
 * hardware to take an answer, the pass is left standing and goes on in a later duty cycle.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class VtdDriver implements IommuDriver {

    /** Requests in flight that Linux grants to each function ({@code PRQ_DEPTH}). */
    public static final int GRANTED_CREDITS = 2048;
    /** Largest order of the queue: 2^7 pages, 16,384 entries. */
    public static final int MAX_ORDER = 7;

    /** Most page group responses of one submission. */
    public static final int MAX_RESPONSES = QueuedInvalidation.MAX_RESPONSES;

    private static final int NO_DEVICE = -1;
    private static final int CHUNK = 32;

    private final RegisterFile registers;
    private final InterruptLine interrupt;
    private final DmaMemory memory;
    private final Tally tally;
    private final QueuedInvalidation invalidation;
    private final int order;
    private final int indexMask;
    private final int canonicalShift;
    private final int[] deviceOf = new int[RequesterId.COUNT];
    private int[] requesterIdOf = new int[8];
    private FaultReporter reporter;

    private int queueOffset;
    /** Requests that are being handled, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private boolean draining;
    private int head;
    private int tail;

    /**
     * A driver that has not started.
     *
     * @param iommu       to drive
     * @param memory      for the queues
     * @param order       size of the page request queue: 2^order pages of 128 entries, 0..{@link #MAX_ORDER}; Linux has
     *                    4
     * @param addressBits of a canonical address, 48 or 57, as the processor has it
     * @param responses   page group responses submitted together at most, 1..126; Linux has 1
     * @param tally       of the world that calls
     */
    public VtdDriver(final Iommu iommu, final DmaMemory memory, final int order, final int addressBits,
            final int responses, final Tally tally) {
        this.registers = iommu.registers();
        this.interrupt = iommu.pageRequestInterrupt();
        this.memory = memory;
        this.tally = tally;
        this.order = Checks.range("prqOrder", order, 0, MAX_ORDER);
        this.indexMask = (1 << order + VtdRegisters.PQ_ENTRIES_SHIFT) - 1;
        if (addressBits != 48 && addressBits != 57) {
            throw new IllegalArgumentException("addressBits=" + addressBits + " (expected: 48 or 57)");
        }
        this.canonicalShift = Long.SIZE - addressBits;
        this.invalidation = new QueuedInvalidation(registers, memory, responses, tally);
        Arrays.fill(deviceOf, NO_DEVICE);
    }

    /**
     * Set-up: where good requests go.
     *
     * @param newReporter the generic fault layer
     */
    public void reportTo(final FaultReporter newReporter) {
        reporter = newReporter;
    }

    @Override
    public void start() {
        final int lengthBytes = (indexMask + 1) * VtdRegisters.DESCRIPTOR_BYTES;
        final long address = memory.allocate(lengthBytes, 4096);
        queueOffset = memory.offset(address, lengthBytes);
        registers.write64(VtdRegisters.PQH, 0);
        registers.write64(VtdRegisters.PQA, address | order);
        invalidation.start();
    }

    @Override
    public void addDevice(final int requesterId, final int device) {
        deviceOf[requesterId] = device;
        if (device >= requesterIdOf.length) {
            requesterIdOf = Arrays.copyOf(requesterIdOf, 2 * device);
        }
        requesterIdOf[device] = requesterId;
    }

    @Override
    public int grantedCredits() {
        return GRANTED_CREDITS;
    }

    @Override
    public int doWork() {
        return invalidation.doWork() + drain();
    }

    private int drain() {
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
        while (head != tail && invalidation.room() > 0) {
            final int chunk = Math.min(Math.min(tail - head & indexMask, invalidation.room()), CHUNK);
            fetch(chunk);
            for (int i = 0; i < chunk; i++) {
                take(fetched[2 * i], fetched[2 * i + 1]);
            }
            head = head + chunk & indexMask;
        }
        int work = head - start & indexMask;
        if (head == tail) {
            endPass();
            work++;
        }
        invalidation.submit();
        return work;
    }

    private void endPass() {
        draining = false;
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
            final int offset = queueOffset + (head + i & indexMask) * VtdRegisters.DESCRIPTOR_BYTES;
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
        }
    }

    private void take(final long qw0, final long qw1) {
        final int device = deviceOf[PageRequestDescriptor.requesterId(qw0)];
        if (isBad(qw0, qw1)) {
            refuse(qw0, qw1);
        } else if ((qw1 & (PageRequestMessage.READ | PageRequestMessage.WRITE)) == 0
                && PageRequestMessage.isLast(qw1)) {
            tally.increment(Counter.STOP_MARKERS);
        } else if (device == NO_DEVICE) {
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

    /** A bad request is answered Invalid if it closes its group, otherwise it vanishes. */
    private void refuse(final long qw0, final long qw1) {
        if (PageRequestMessage.isLast(qw1)) {
            tally.increment(Counter.REFUSED);
            invalidation.collect(PageRequestDescriptor.requesterId(qw0), PageRequestDescriptor.hasPasid(qw0),
                    PageRequestDescriptor.pasid(qw0), PageRequestMessage.groupIndex(qw1),
                    PageResponseFlyweight.INVALID);
        } else {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        }
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

    @Override
    public int room() {
        return invalidation.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        invalidation.collect(requesterIdOf[device], (flags & PageFaultFlyweight.PASID_VALID) != 0, pasid, groupIndex,
                code);
    }

    @Override
    public void submit() {
        invalidation.submit();
    }

    @Override
    public boolean isAtRest() {
        return !draining && invalidation.isAtRest() && queuedRequests() == 0;
    }

    @Override
    public int queuedRequests() {
        return index(VtdRegisters.PQT) - index(VtdRegisters.PQH) & indexMask;
    }
}
