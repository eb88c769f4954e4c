/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.BooleanSupplier;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.WriteOneToClearRegister;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * Wait descriptors, from their fetch to the status they write and the interrupt they raise (ICS, IECTL). A wait is done
 * once the invalidations before it are; page group responses are when they are sent. Waits are done in order.
 *
 * <p>Hardware world, but for the registers; allocates nothing.
 */
final class InvalidationWaits {

    private final DmaMemory memory;
    private final DeviceTlbInvalidations devices;
    private final PendingWaits pending = new PendingWaits();
    private final ToggleLatch completionStatus = new ToggleLatch();
    private final EventRegisters event;
    private boolean isFenced;

    InvalidationWaits(final DmaMemory memory, final RegisterFile registers, final DeviceTlbInvalidations devices,
            final PendingEvents events, final Tally tally) {
        this.memory = memory;
        this.devices = devices;
        registers.define32(VtdRegisters.ICS, new WriteOneToClearRegister(completionStatus, VtdRegisters.IWC));
        event = new EventRegisters(registers, VtdRegisters.IECTL, events, () -> completionStatus.active() != 0,
                Counter.COMPLETION_INTERRUPTS, tally);
    }

    InterruptLine interrupt() {
        return event.line();
    }

    /** Set-up: whether page requests are under way that have not reached the IOMMU. */
    void watch(final BooleanSupplier requestsUnderWay) {
        pending.watch(requestsUnderWay);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Whether a wait stands that nothing may overtake. */
    boolean isFenced() {
        return isFenced;
    }

    /**
     * A wait is fetched.
     *
     * @return false if it cannot be now, because too many are pending
     */
    boolean accept(final long qw0, final long qw1) {
        final int outstanding = devices.outstanding();
        if (pending.isDone(qw0, outstanding)) {
            finish(qw0, qw1);
            return true;
        }
        if (pending.isFull()) {
            return false;
        }
        pending.add(qw0, qw1, outstanding);
        isFenced = (qw0 & WaitDescriptor.FENCE) != 0;
        return true;
    }

    /** An invalidation at a device is done. */
    void completed(final int tag) {
        pending.completed(tag);
    }

    /**
     * Finish the waits that are done.
     *
     * @return how many
     */
    int doWork() {
        int done = 0;
        while (pending.isFirstDone()) {
            final long qw0 = pending.firstQw0();
            final long qw1 = pending.firstQw1();
            pending.removeFirst();
            finish(qw0, qw1);
            done++;
        }
        if (pending.isEmpty()) {
            // A fence is always the last one.
            isFenced = false;
        }
        return done;
    }

    /** All waits are aborted: no status is written, no interrupt raised. */
    void abort() {
        pending.abort();
        isFenced = false;
    }

    private void finish(final long qw0, final long qw1) {
        if ((qw0 & WaitDescriptor.STATUS_WRITE) != 0) {
            final int target = memory.offset(WaitDescriptor.statusAddress(qw1), Integer.BYTES);
            if (target != DmaMemory.UNREACHABLE) {
                // Release, paired with the acquire in InvalidationSubmission: what was executed before is done.
                LittleEndian.putIntRelease(memory.buffer(), target, WaitDescriptor.statusData(qw0));
            }
        }
        if ((qw0 & WaitDescriptor.INTERRUPT) != 0) {
            // Between the status and the look at IWC, which software clears before it looks at the status.
            ToggleLatch.fence();
            if (completionStatus.raise(VtdRegisters.IWC) != 0) {
                event.raise();
            }
        }
    }
}
