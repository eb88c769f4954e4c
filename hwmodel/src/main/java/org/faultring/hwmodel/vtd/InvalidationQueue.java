/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.ProducerIndexRegister;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;

/**
 * Hardware's side of the invalidation queue: IQA, IQH, IQT, and the execution of descriptors in order (VT-d
 * specification, queued invalidation).
 *
 * <p>Page group responses go to the function they name, invalidations of device TLBs out to theirs, all others find
 * nothing cached and are done when fetched. Waits are for {@link InvalidationWaits}. A descriptor that cannot be taken
 * sets FSTS.IQE and stops the queue with IQH at it; a device that does not complete in time sets FSTS.ITE and stops the
 * queue too. It goes on when software clears the bit.
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
    /** Result of a descriptor: taken, go on. */
    private static final int NEXT = -1;
    /** Result: taken, but nothing behind it starts now. */
    private static final int HOLD = -2;
    /** Result: not taken now; the same one again later. */
    private static final int LATER = -3;
    /** What IQT keeps. */
    private static final int TAIL_MASK = 0x7FFF0;

    private static final long[] RESERVED_QW0 = VtdRecords.reservedOfInvalidations(0);
    private static final long[] RESERVED_QW1 = VtdRecords.reservedOfInvalidations(1);

    private final DmaMemory memory;
    private final ResponseSink responses;
    private final InvalidationErrors errors;
    private final DeviceTlbInvalidations devices;
    private final InvalidationWaits waits;
    private final IndexRegisters indexes = new IndexRegisters();
    private final StoredRegister address = new StoredRegister(
            VtdRegisters.BASE_MASK | VtdRegisters.IQA_DW | VtdRegisters.SIZE_MASK);
    private final StoredRegister command = new StoredRegister(VtdRegisters.QIE);
    private final StoredRegister status = new StoredRegister(VtdRegisters.QIE);

    /** Descriptors that are being executed, two words each. */
    private final long[] fetched = new long[2 * CHUNK];
    private boolean isEnabled;
    /** None while disabled, or while the memory is out of reach. */
    private HardwareQueue queue;
    /** Descriptors have 256 bits. */
    private boolean isWide;
    /** Bits of IQT that cannot be set in a queue of this size and width. */
    private int badTail;

    InvalidationQueue(final DmaMemory memory, final RegisterFile registers, final InvalidationErrors errors,
            final DeviceTlbInvalidations devices, final InvalidationWaits waits, final ResponseSink responses) {
        this.memory = memory;
        this.errors = errors;
        this.devices = devices;
        this.waits = waits;
        this.responses = responses;
        registers.define32(VtdRegisters.GCMD, command);
        registers.define32(VtdRegisters.GSTS, new ReadOnlyRegister(status::read));
        registers.define64(VtdRegisters.IQH, new ReadOnlyRegister(() -> indexes.consumer() & 0xFFFFFFFFL));
        registers.define64(VtdRegisters.IQT, new ProducerIndexRegister(indexes, TAIL_MASK));
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
            waits.abort();
            devices.reset();
        } else {
            open(address.read());
        }
        isEnabled = wanted != 0;
        status.write(wanted);
    }

    private void open(final long written) {
        isWide = (written & VtdRegisters.IQA_DW) != 0;
        final int entryBytes = isWide ? VtdRegisters.DESCRIPTOR_BYTES : VtdRegisters.SHORT_DESCRIPTOR_BYTES;
        final int lengthBytes = VtdRegisters.DESCRIPTOR_BYTES << (written & VtdRegisters.SIZE_MASK)
                + VtdRegisters.IQ_ENTRIES_SHIFT;
        badTail = TAIL_MASK & -lengthBytes | VtdRegisters.DESCRIPTOR_BYTES - 1 & entryBytes - 1;
        final int offset = memory.offset(written & VtdRegisters.BASE_MASK, lengthBytes);
        queue = offset == DmaMemory.UNREACHABLE ? null
                : HardwareQueue.consumer(indexes, memory.buffer(), offset, lengthBytes / entryBytes, entryBytes,
                        FullRule.N_MINUS_ONE, IndexFormat.BYTE_OFFSET);
    }

    /**
     * Execute what software queued.
     *
     * @return descriptors executed, and waits done later
     */
    int doWork() {
        final int done = waits.isEmpty() ? 0 : waits.doWork();
        final int tail = indexes.producer();
        if (tail == indexes.consumer() || waits.isFenced() || !isEnabled || errors.isStopping()) {
            return done;
        }
        final HardwareQueue source = queue;
        if (source == null) {
            errors.queueError(InvalidationError.FETCH_FAILED);
            return done;
        }
        if ((tail & badTail) != 0) {
            errors.queueError((tail & VtdRegisters.SHORT_DESCRIPTOR_BYTES & badTail) != 0
                    ? InvalidationError.TAIL_NOT_ALIGNED
                    : InvalidationError.INVALID_TAIL);
            return done;
        }
        return done + run(source, Math.min(source.readable(), DESCRIPTORS_PER_CYCLE));
    }

    private int run(final HardwareQueue source, final int readable) {
        int executed = 0;
        int result = NEXT;
        while (result == NEXT && executed < readable) {
            final int chunk = Math.min(readable - executed, CHUNK);
            fetch(source, chunk);
            int i = 0;
            while (i < chunk && result == NEXT) {
                result = execute(source, i);
                i += result == NEXT || result == HOLD ? 1 : 0;
            }
            executed += i;
            source.advance(i);
        }
        source.giveBack();
        if (result >= 0) {
            // After IQH, which must be at the descriptor when software sees the error.
            errors.queueError(result);
        }
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

    /** Execute a descriptor that was fetched: {@link #NEXT}, {@link #HOLD}, {@link #LATER} or an error's number. */
    private int execute(final HardwareQueue source, final int i) {
        final long qw0 = fetched[2 * i];
        final long qw1 = fetched[2 * i + 1];
        if (PageGroupResponseDescriptor.isGood(qw0, qw1) && isWide) {
            final boolean hasPasid = (qw0 & PageGroupResponseDescriptor.PASID_PRESENT) != 0;
            responses.respond(PageGroupResponseDescriptor.requesterId(qw0),
                    hasPasid ? PageGroupResponseDescriptor.pasid(qw0) : PageRequestMessage.NO_PASID,
                    PageGroupResponseDescriptor.groupIndex(qw1), PageGroupResponseDescriptor.code(qw0));
            return NEXT;
        }
        if (WaitDescriptor.isGood(qw0, qw1) && upperHalf(source, i) == 0) {
            return accept(qw0, qw1);
        }
        final int type = InvalidationDescriptor.type(qw0);
        final int error = check(source, i, type, qw0, qw1);
        return error == InvalidationError.NOT_AVAILABLE ? execute(type, qw0, qw1) : error;
    }

    private int accept(final long qw0, final long qw1) {
        if (!waits.accept(qw0, qw1)) {
            return LATER;
        }
        return waits.isFenced() ? HOLD : NEXT;
    }

    /** What must be 0 behind the first two words of any descriptor but a response. */
    private long upperHalf(final HardwareQueue source, final int i) {
        if (!isWide) {
            return 0;
        }
        final int offset = source.entryOffset(i) + 2 * Long.BYTES;
        return LittleEndian.getLong(source.memory(), offset)
                | LittleEndian.getLong(source.memory(), offset + Long.BYTES);
    }

    private int check(final HardwareQueue source, final int i, final int type, final long qw0, final long qw1) {
        if (type < InvalidationDescriptor.CONTEXT_CACHE || type > InvalidationDescriptor.PAGE_GROUP_RESPONSE) {
            return InvalidationError.INVALID_TYPE;
        }
        if (!isWide && type > InvalidationDescriptor.WAIT) {
            return InvalidationError.INVALID_WIDTH;
        }
        final long reserved = qw0 & RESERVED_QW0[type] | qw1 & RESERVED_QW1[type] | upperHalf(source, i);
        return reserved == 0 ? InvalidationError.NOT_AVAILABLE : InvalidationError.RESERVED_FIELD;
    }

    private int execute(final int type, final long qw0, final long qw1) {
        if (type == InvalidationDescriptor.DEVICE_TLB || type == InvalidationDescriptor.PASID_DEVICE_TLB) {
            return devices.send(type, qw0, qw1) ? NEXT : LATER;
        }
        return NEXT;
    }

    /**
     * A completion from a device.
     *
     * @param tags     that it names, a bit for each
     * @param expected completions that make an invalidation complete, 1..8
     */
    void complete(final int requesterId, final int tags, final int expected) {
        for (int left = tags; left != 0; left &= left - 1) {
            final int tag = Integer.numberOfTrailingZeros(left);
            if (!devices.complete(requesterId, tag, expected)) {
                errors.unexpectedCompletion(requesterId);
            } else if ((devices.outstanding() & 1 << tag) == 0) {
                waits.completed(tag);
            }
        }
    }

    /**
     * A device has not completed in time: give up on what is out at it, abort the waits, stop.
     *
     * @return false if nothing was out
     */
    boolean timeOut(final int requesterId) {
        if (!devices.giveUp(requesterId)) {
            return false;
        }
        waits.abort();
        errors.timedOut(requesterId);
        return true;
    }
}
