/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings.AbortReport;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.HardwareQueue;

/**
 * Hardware's side of the PRI queue, and what becomes of requests that do not get in (Arm IHI 0070, PRI queue).
 *
 * <p>Once the queue has overflowed it is closed until software acknowledges, whether there is room or not. Then, and
 * while the queue is not usable, a request that closes its group is answered automatically, any other vanishes, and so
 * do stop markers. The automatic answer is Success in overflow, with the PASID or without as stream and implementation
 * have it, and Response Failure without a PASID while the queue is not usable.
 *
 * <p>Hardware world; allocates nothing.
 */
final class PriQueue {

    private final Smmuv3Settings settings;
    private final StreamTable streams;
    private final GlobalErrors errors;
    private final Functions functions;
    private final Tally tally;
    private final OutputQueue queue;
    private final StoredRegister interruptRule = new StoredRegister(0xFFFFFFFFL);

    private boolean smmuEnabled;
    private boolean interruptsForLast;
    /** Everything is on and reachable, and nothing is wrong: what need not be looked at for each request. */
    private boolean ready;
    /** PRIQ_ABT_ERR was raised, and was still active when last looked at. */
    private boolean aborted;
    /** The next write is aborted. */
    private boolean abortNext;

    PriQueue(final Smmuv3Settings settings, final DmaMemory memory, final RegisterFile registers,
            final StreamTable streams, final GlobalErrors errors, final Smmuv3Interrupts interrupts,
            final Functions functions, final Tally tally) {
        this.settings = settings;
        this.streams = streams;
        this.errors = errors;
        this.functions = functions;
        this.tally = tally;
        this.queue = new OutputQueue(memory, registers, Smmuv3Registers.PRIQ_BASE, Smmuv3Registers.PRIQ_PROD,
                Smmuv3Registers.PRIQ_CONS, PriQueueEntry.LENGTH_BYTES, settings.log2Requests(), interrupts,
                interrupts.pageRequests(), Smmuv3Registers.IRQ_PRIQ, tally);
        registers.define32(Smmuv3Registers.PRIQ_IRQ_CFG2, interruptRule);
    }

    /** Act on a change of CR0; a part without page requests has no queue to enable. */
    void applyControl(final int control) {
        smmuEnabled = (control & Smmuv3Registers.SMMUEN) != 0;
        final boolean wanted = (control & Smmuv3Registers.PRIQEN) != 0 && settings.pri();
        if (wanted && !queue.isEnabled()) {
            interruptsForLast = (interruptRule.read() & Smmuv3Registers.PRIQ_IRQ_LO) != 0;
            queue.enable();
        } else if (!wanted) {
            queue.disable();
        }
        updateReady();
    }

    private void updateReady() {
        ready = smmuEnabled && queue.isEnabled() && queue.isReachable() && !aborted && !abortNext;
    }

    /** A page request arrives. */
    void pageRequest(final int streamId, final int prefix, final long message) {
        final int stream = streams.flags(streamId);
        if (!ready && !isUsable() || (stream & StreamTable.SECURE) != 0) {
            drop(streamId, prefix, message, PageRequestMessage.NO_PASID, PageGroupResponseMessage.RESPONSE_FAILURE);
            return;
        }
        queue.lookAtConsumer();
        if (queue.inOverflow()) {
            dropInOverflow(streamId, stream, prefix, message);
        } else {
            offer(streamId, stream, prefix, message);
        }
    }

    private boolean isUsable() {
        aborted = aborted && errors.isActive(Smmuv3Registers.PRIQ_ABT_ERR);
        updateReady();
        return smmuEnabled && queue.isEnabled() && !aborted;
    }

    private void offer(final int streamId, final int stream, final int prefix, final long message) {
        if (!ready) {
            abort(streamId, prefix, message);
            return;
        }
        final int offset = queue.tryClaim();
        if (offset == HardwareQueue.FULL) {
            queue.overflow();
            tally.increment(Counter.OVERFLOWS);
            dropInOverflow(streamId, stream, prefix, message);
            return;
        }
        final ByteBuffer entries = queue.memory();
        LittleEndian.putLong(entries, offset, PriQueueEntry.qw0(streamId, prefix, message));
        LittleEndian.putLong(entries, offset + Long.BYTES, PriQueueEntry.qw1(message));
        if (interruptsForLast) {
            queue.publishQuietly();
            interruptForLast(message);
        } else {
            queue.publish();
        }
    }

    private void interruptForLast(final long message) {
        if (interruptsForLast && PageRequestMessage.isLast(message)) {
            queue.interrupt();
        }
    }

    private void abort(final int streamId, final int prefix, final long message) {
        abortNext = false;
        aborted = true;
        updateReady();
        errors.raise(Smmuv3Registers.PRIQ_ABT_ERR);
        if (settings.reportsAborts() == AbortReport.AT_ONCE) {
            drop(streamId, prefix, message, PageRequestMessage.NO_PASID, PageGroupResponseMessage.RESPONSE_FAILURE);
        } else if (PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else {
            tally.increment(PageRequestMessage.isLast(message) ? Counter.UNANSWERED : Counter.DROPPED_IN_OVERFLOW);
        }
    }

    private void dropInOverflow(final int streamId, final int stream, final int prefix, final long message) {
        interruptForLast(message);
        if (PasidPrefix.isPresent(prefix) && !settings.pps() && (stream & StreamTable.VALID) == 0) {
            // Whether the function wants its PASID back is in an entry that cannot be read.
            drop(streamId, prefix, message, PageRequestMessage.NO_PASID, PageGroupResponseMessage.RESPONSE_FAILURE);
        } else {
            drop(streamId, prefix, message, settings.responsePasid(stream, PasidPrefix.pasid(prefix)),
                    PageGroupResponseMessage.SUCCESS);
        }
    }

    /** A request that is not queued: answered if it closes its group. */
    private void drop(final int streamId, final int prefix, final long message, final int responsePasid,
            final int code) {
        if (PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else if (PageRequestMessage.isLast(message)) {
            tally.increment(Counter.AUTO_ANSWERED);
            functions.respond(streamId, responsePasid, PageRequestMessage.groupIndex(message), code);
        } else {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        }
    }

    /** For tests and experiments: have the interconnect abort the next write to the queue. */
    void abortNextWrite() {
        abortNext = true;
        updateReady();
    }

    void endCycle() {
        queue.endCycle();
    }
}
