/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The driver's side of the invalidation queue ({@code qi_submit_sync} and {@code qi_check_fault},
 * drivers/iommu/intel/dmar.c): descriptors, then a wait whose status write says that they are done. One submission is
 * under way at a time; page group responses are collected behind it meanwhile, batches wait for their turn.
 *
 * <p>Linux submits each page group response by itself. That is a limit of 1 here; a higher limit is a driver that
 * submits what has come together.
 *
 * <p>Errors, as Linux takes them:
 * <ul>
 * <li>IQE at the first descriptor of the submission: it is overwritten with the submission's wait, the bit is cleared,
 * the submission given up. The hardware still executes the rest;</li>
 * <li>IQE anywhere else: nobody clears it, and the submission never ends, see {@link #isStuck()};</li>
 * <li>ITE: cleared, waits of the past become aborted; if the hardware names a device that is gone the submission is
 * given up, else if its own wait was aborted it is submitted again from its start;</li>
 * <li>ICE: cleared.</li>
 * </ul>
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class InvalidationSubmission {

    /** Two submissions with a wait each fit into the queue, one entry of which is never used. */
    static final int MAX_RESPONSES = (InvalidationRing.ENTRIES - 1) / 2 - 1;

    private static final int ERRORS = VtdRegisters.IQE | VtdRegisters.ICE | VtdRegisters.ITE;
    private static final int NONE = -1;

    private final RegisterFile registers;
    private final InvalidationRing ring;
    private final InvalidationCompletion completion;
    private final FunctionTable functions;
    private final Tally tally;
    private final int limit;
    private final long waitFlags;
    private InvalidationErrorSink sink = (error, domain, requesterId, detail) -> {};

    private int collected;
    private boolean submitWanted;
    /** First slot of the submission under way. */
    private int firstSlot;
    /** Slot of the wait that is waited for, or {@link #NONE}. */
    private int waitSlot = NONE;
    /** Batch under way, none while it is page group responses. */
    private InvalidationBatch current;
    private InvalidationBatch firstQueued;
    private InvalidationBatch lastQueued;
    /** The hardware may still execute what was given up. */
    private boolean isBehind;
    /** Room is not what it normally is: batches are queued, or the hardware is behind. */
    private boolean isObstructed;
    private boolean isStuck;
    /** Descriptors on their way from their slots to new ones. */
    private final long[] saved = new long[2 * (MAX_RESPONSES + 1)];

    InvalidationSubmission(final RegisterFile registers, final DmaMemory memory, final int responsesPerSubmission,
            final InvalidationCompletion completion, final FunctionTable functions, final Tally tally) {
        this.registers = registers;
        this.ring = new InvalidationRing(registers, memory);
        this.limit = Checks.range("responsesPerSubmission", responsesPerSubmission, 1, MAX_RESPONSES);
        this.completion = completion;
        this.waitFlags = completion.waitFlags();
        this.functions = functions;
        this.tally = tally;
    }

    void reportTo(final InvalidationErrorSink newSink) {
        sink = newSink;
    }

    void start() {
        ring.start();
        completion.start();
    }

    /** Responses that can be collected now. */
    int room() {
        return isObstructed ? obstructedRoom() : limit - collected;
    }

    private int obstructedRoom() {
        if (firstQueued != null) {
            // Batches come before further responses, or they would never have their turn.
            return 0;
        }
        return Math.max(0, Math.min(limit - collected, free() - 1));
    }

    /** Descriptors that can be written now; sees whether the hardware is still behind. */
    private int free() {
        if (isBehind && ring.head() == ring.tail()) {
            isBehind = false;
            isObstructed = firstQueued != null;
            if (current == null) {
                ring.disown();
            }
        }
        return isBehind ? ring.free() : InvalidationRing.ENTRIES;
    }

    /** Collect a page group response; needs room. */
    void collect(final int requesterId, final boolean hasPasid, final int pasid, final int groupIndex,
            final int code) {
        ring.write(PageGroupResponseDescriptor.qw0(requesterId, hasPasid, pasid, code),
                PageGroupResponseDescriptor.qw1(groupIndex));
        collected++;
    }

    /** Hand the responses that were collected to the hardware, at once or when the submission under way is done. */
    void submit() {
        if (collected == 0) {
            return;
        }
        if (waitSlot >= 0) {
            submitWanted = true;
            return;
        }
        final int first = ring.next() - collected & InvalidationRing.ENTRIES - 1;
        collected = 0;
        submitWanted = false;
        tally.increment(Counter.SUBMISSIONS);
        launch(first);
    }

    /** Hand a batch to the hardware, at once or when those before it are done. */
    void submit(final InvalidationBatch batch) {
        batch.become(InvalidationBatch.State.QUEUED);
        batch.putBehind(null);
        if (firstQueued == null) {
            firstQueued = batch;
        } else {
            lastQueued.putBehind(batch);
        }
        lastQueued = batch;
        isObstructed = true;
        launchNext();
    }

    private void launchNext() {
        if (waitSlot >= 0) {
            return;
        }
        if (collected > 0) {
            if (submitWanted) {
                submit();
            }
            return;
        }
        final int free = free();
        final InvalidationBatch batch = firstQueued;
        if (batch == null || free <= batch.size()) {
            return;
        }
        firstQueued = batch.behind();
        isObstructed = isBehind || firstQueued != null;
        current = batch;
        batch.attempt();
        final int first = ring.next();
        for (int i = 0; i < batch.size(); i++) {
            ring.write(batch.qw0(i), batch.qw1(i));
        }
        launch(first);
    }

    /** Close what was written with a wait, and hand it over. */
    private void launch(final int first) {
        firstSlot = first;
        waitSlot = ring.next();
        if (current == null) {
            ring.writeWait(waitFlags);
        } else {
            ring.own(first, current.size() + 1, current.domain());
            ring.writeWait(waitFlags | current.waitFlags());
        }
        ring.moveTail();
    }

    /**
     * Look whether the submission under way is done.
     *
     * @return 1 if it moved, else 0
     */
    int doWork() {
        if (waitSlot < 0) {
            if (isObstructed) {
                launchNext();
            }
            return 0;
        }
        if (!completion.isDue()) {
            return 0;
        }
        if (ring.status(waitSlot) == InvalidationRing.DONE) {
            finish();
            return 1;
        }
        final int errors = registers.read32(VtdRegisters.FSTS) & ERRORS;
        return errors == 0 ? 0 : checkErrors(errors);
    }

    private void finish() {
        isStuck = false;
        if (current != null) {
            finishBatch(InvalidationBatch.State.DONE);
            if (!isBehind) {
                ring.disown();
            }
        }
        waitSlot = NONE;
        if (submitWanted | isObstructed) {
            launchNext();
        }
    }

    private void finishBatch(final InvalidationBatch.State state) {
        current.become(state);
        current = null;
    }

    private void giveUp(final InvalidationBatch.State state) {
        tally.increment(Counter.SUBMISSIONS_FAILED);
        isBehind = true;
        isObstructed = true;
        if (current != null) {
            finishBatch(state);
        }
        ring.setStatus(waitSlot, InvalidationRing.FREE);
        waitSlot = NONE;
        launchNext();
    }

    private int checkErrors(final int errors) {
        int moved = 0;
        if ((errors & VtdRegisters.IQE) != 0) {
            final int head = ring.head();
            if (head == firstSlot) {
                repair(head);
                return 1;
            }
            moved = getStuck(head);
        }
        if ((errors & VtdRegisters.ITE) != 0) {
            timeOut();
            return 1;
        }
        if ((errors & VtdRegisters.ICE) != 0) {
            final int source = VtdRegisters.completionSource(registers.read64(VtdRegisters.IQERCD));
            registers.write32(VtdRegisters.FSTS, VtdRegisters.ICE);
            sink.onError(InvalidationError.COMPLETION, domain(), source, 0);
            moved = 1;
        }
        return moved;
    }

    private void repair(final int head) {
        reportQueueError(head);
        ring.copy(waitSlot, head);
        registers.write32(VtdRegisters.FSTS, VtdRegisters.IQE);
        isStuck = false;
        giveUp(InvalidationBatch.State.INVALID);
    }

    private int getStuck(final int head) {
        if (isStuck) {
            return 0;
        }
        isStuck = true;
        tally.increment(Counter.SUBMISSIONS_STUCK);
        reportQueueError(head);
        return 1;
    }

    private void reportQueueError(final int head) {
        sink.onError(InvalidationError.QUEUE, ring.owner(head), 0,
                VtdRegisters.queueError(registers.read64(VtdRegisters.IQERCD)));
    }

    private void timeOut() {
        final int source = VtdRegisters.timedOutSource(registers.read64(VtdRegisters.IQERCD));
        sink.onError(InvalidationError.TIME_OUT, domain(), source, 0);
        // Linux clears ITE first and walks from the head it read before; here the walk is safely before.
        ring.abortWaits();
        registers.write32(VtdRegisters.FSTS, VtdRegisters.ITE);
        if (source != 0 && functions.device(source) == FunctionTable.NO_DEVICE) {
            giveUp(InvalidationBatch.State.TIMED_OUT);
        } else if (ring.status(waitSlot) == InvalidationRing.ABORT) {
            retry();
        }
    }

    private int domain() {
        return current == null ? InvalidationErrorSink.NO_DOMAIN : current.domain();
    }

    /** The same descriptors again, between the old ones and what has been collected behind them. */
    private void retry() {
        tally.increment(Counter.SUBMISSIONS_RETRIED);
        if (current != null) {
            current.attempt();
        }
        final int count = waitSlot - firstSlot & InvalidationRing.ENTRIES - 1;
        final int begin = waitSlot + 1;
        final int responses = collected;
        ring.setStatus(waitSlot, InvalidationRing.FREE);
        ring.save(firstSlot, count, saved);
        for (int i = responses - 1; i >= 0; i--) {
            ring.copy(begin + i, begin + i + count + 1);
        }
        ring.goTo(begin);
        for (int i = 0; i < count; i++) {
            ring.write(saved[2 * i], saved[2 * i + 1]);
        }
        launch(begin & InvalidationRing.ENTRIES - 1);
        ring.goTo(ring.next() + responses);
    }

    /** Whether the submission under way will never end, unless someone repairs what stopped the hardware. */
    boolean isStuck() {
        return isStuck;
    }

    /** Whether nothing is collected, queued or under way. */
    boolean isAtRest() {
        return waitSlot < 0 && collected == 0 && firstQueued == null;
    }
}
