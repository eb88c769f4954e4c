/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.WriteOneToClearRegister;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Hardware's side of the invalidation queue: IQA, IQH, IQT, and the execution of descriptors in order (VT-d
 * specification, queued invalidation). Only queues of 256-bit descriptors are taken, as scalable mode demands.
 *
 * <p>Page group responses go to the function they name; a wait writes its status once everything before it is done,
 * which is at once, since nothing here takes time. Invalidations find nothing cached and are done when fetched. A
 * descriptor of no known type sets FSTS.IQE and stops the queue until software clears the bit.
 *
 * <p>Hardware world; allocates nothing once software has given the queue its memory.
 */
final class InvalidationQueue {

    /** What an executed page group response asks for. */
    @FunctionalInterface
    interface ResponseSink {
        void respond(int requesterId, int pasid, int groupIndex, int code);
    }

    /** Descriptors executed in one duty cycle at most. */
    private static final int DESCRIPTORS_PER_CYCLE = 512;
    private static final int CHUNK = 32;

    private final DmaMemory memory;
    private final ResponseSink responses;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister address = new StoredRegister(
            VtdRegisters.BASE_MASK | VtdRegisters.IQA_DW | VtdRegisters.SIZE_MASK);
    private final StoredRegister command = new StoredRegister(VtdRegisters.QIE);
    private final StoredRegister status = new StoredRegister(VtdRegisters.QIE);
    private final ToggleLatch faultStatus = new ToggleLatch();

    /** Descriptors that are being executed, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private HardwareQueue queue;

    InvalidationQueue(final DmaMemory memory, final RegisterFile registers, final ResponseSink responses) {
        this.memory = memory;
        this.responses = responses;
        registers.define32(VtdRegisters.GCMD, command);
        registers.define32(VtdRegisters.GSTS, new ReadOnlyRegister(status::read));
        registers.define32(VtdRegisters.FSTS, new WriteOneToClearRegister(faultStatus, VtdRegisters.IQE));
        registers.define64(VtdRegisters.IQH, new ReadOnlyRegister(() -> indexes.consumer() & 0xFFFFFFFFL));
        registers.define64(VtdRegisters.IQT, new Tail());
        registers.define64(VtdRegisters.IQA, address);
    }

    /** Act on a change of GCMD.QIE. */
    void applyWrites() {
        final long wanted = command.read();
        if (wanted == status.read()) {
            return;
        }
        if (wanted == 0) {
            queue = null;
            indexes.writeConsumer(0);
        } else {
            queue = open(address.read());
        }
        status.write(queue == null ? 0 : VtdRegisters.QIE);
    }

    private HardwareQueue open(final long written) {
        final int entries = 1 << (written & VtdRegisters.SIZE_MASK) + VtdRegisters.IQ_ENTRIES_SHIFT;
        final int offset = memory.offset(written & VtdRegisters.BASE_MASK, entries * VtdRegisters.DESCRIPTOR_BYTES);
        if (offset == DmaMemory.UNREACHABLE || (written & VtdRegisters.IQA_DW) == 0) {
            return null;
        }
        return HardwareQueue.consumer(indexes, memory.buffer(), offset, entries, VtdRegisters.DESCRIPTOR_BYTES,
                FullRule.N_MINUS_ONE, IndexFormat.BYTE_OFFSET);
    }

    /**
     * Execute what software queued.
     *
     * @return descriptors executed
     */
    int doWork() {
        final HardwareQueue source = queue;
        if (source == null) {
            return 0;
        }
        final int readable = Math.min(source.readable(), DESCRIPTORS_PER_CYCLE);
        if (readable == 0 || (faultStatus.activeForRaiser() & VtdRegisters.IQE) != 0) {
            return 0;
        }
        int executed = 0;
        boolean running = true;
        while (running && executed < readable) {
            final int chunk = Math.min(readable - executed, CHUNK);
            fetch(source, chunk);
            int i = 0;
            while (i < chunk && execute(fetched[2 * i], fetched[2 * i + 1])) {
                i++;
            }
            running = i == chunk;
            executed += i;
            source.advance(i);
        }
        source.giveBack();
        return executed;
    }

    /** Read descriptors ahead of executing them: their cache lines come from the other core side by side. */
    private void fetch(final HardwareQueue source, final int count) {
        final ByteBuffer entries = source.memory();
        for (int i = 0; i < count; i++) {
            final int offset = source.entryOffset(i);
            fetched[2 * i] = LittleEndian.getLong(entries, offset);
            fetched[2 * i + 1] = LittleEndian.getLong(entries, offset + Long.BYTES);
        }
    }

    private boolean execute(final long qw0, final long qw1) {
        final int type = InvalidationDescriptor.type(qw0);
        if (type == InvalidationDescriptor.PAGE_GROUP_RESPONSE) {
            final boolean hasPasid = (qw0 & InvalidationDescriptor.PASID_PRESENT) != 0;
            responses.respond(InvalidationDescriptor.requesterId(qw0),
                    hasPasid ? InvalidationDescriptor.pasid(qw0)
                            : PageRequestMessage.NO_PASID,
                    InvalidationDescriptor.groupIndex(qw1), InvalidationDescriptor.code(qw0));
            return true;
        }
        if (type == InvalidationDescriptor.WAIT) {
            writeStatus(qw0, qw1);
            return true;
        }
        if (type >= InvalidationDescriptor.CONTEXT_CACHE && type <= InvalidationDescriptor.PASID_DEVICE_TLB) {
            return true;
        }
        faultStatus.raise(VtdRegisters.IQE);
        return false;
    }

    private void writeStatus(final long qw0, final long qw1) {
        if ((qw0 & InvalidationDescriptor.STATUS_WRITE) == 0) {
            return;
        }
        final int target = memory.offset(InvalidationDescriptor.statusAddress(qw1), Integer.BYTES);
        if (target != DmaMemory.UNREACHABLE) {
            // Release, paired with the acquire in QueuedInvalidation: what was executed before is done.
            LittleEndian.putIntRelease(memory.buffer(), target, InvalidationDescriptor.statusData(qw0));
        }
    }

    /** IQT: software's index. */
    private final class Tail implements Register {

        @Override
        public long read() {
            return indexes.producer() & 0xFFFFFFFFL;
        }

        @Override
        public void write(final long value) {
            indexes.writeProducer((int) value & 0x7FFE0);
        }
    }
}
