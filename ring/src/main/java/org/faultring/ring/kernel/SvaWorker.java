/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.kernel.AddressSpace.Outcome;

/** A thread of the work queue: handles one group at a time, a fault at each step ({@code iommu_sva_handle_iopf}). */
final class SvaWorker implements FaultSlotHandler {

    private static final int ACCESS = PageFaultFlyweight.READ | PageFaultFlyweight.WRITE | PageFaultFlyweight.EXEC;

    private final int[] flags;
    private final int[] permissions;
    private final long[] addresses;
    private int handle = GroupTable.NONE;
    private boolean isSampled;
    private int pasid;
    private int length;
    private int next;
    private int code;
    private AddressSpace space;

    SvaWorker(final int longestGroup) {
        flags = new int[longestGroup];
        permissions = new int[longestGroup];
        addresses = new long[longestGroup];
    }

    @Override
    public void onSlot(final FaultSlotFlyweight slot) {
        flags[length] = slot.flags();
        permissions[length] = slot.permissions();
        addresses[length] = slot.address();
        length++;
        handle = slot.cookie();
        pasid = slot.pasid();
        isSampled = slot.raiseNanos() != StageTimes.NOT_SAMPLED;
    }

    /** A group has been copied in; its memory is that of its last request, which found the handler. */
    void begin(final AddressSpace ofLast) {
        space = ofLast;
        next = 0;
        code = PageResponseFlyweight.SUCCESS;
    }

    void end() {
        handle = GroupTable.NONE;
        length = 0;
        space = null;
    }

    boolean isIdle() {
        return handle == GroupTable.NONE;
    }

    int handle() {
        return handle;
    }

    int pasid() {
        return pasid;
    }

    /** Whether the stages of its group are stamped. */
    boolean isSampled() {
        return isSampled;
    }

    int code() {
        return code;
    }

    /** Handle the next fault; 1, or 0 if there is none left or it takes longer. */
    int step() {
        if (next == length) {
            return 0;
        }
        final int result = handleFault(next);
        if (result < 0) {
            return 0;
        }
        next++;
        // Errors stick: the first one answers the group, and later faults are not tried.
        if (result != PageResponseFlyweight.SUCCESS) {
            code = result;
            next = length;
        }
        return 1;
    }

    /** Whether the group has its code. */
    boolean isDone() {
        return next == length;
    }

    /** Code for one fault, or negative if it takes longer ({@code iommu_sva_handle_mm}). */
    private int handleFault(final int fault) {
        if ((flags[fault] & PageFaultFlyweight.PASID_VALID) == 0 || space == null || !space.isAlive()) {
            return PageResponseFlyweight.INVALID;
        }
        final int area = space.permissions(addresses[fault]);
        if (area == AddressSpace.NO_AREA || (permissions[fault] & ACCESS & ~area) != 0) {
            return PageResponseFlyweight.INVALID;
        }
        final Outcome outcome = space.faultIn(addresses[fault], permissions[fault]);
        if (outcome == Outcome.LATER) {
            return -1;
        }
        return outcome == Outcome.DONE ? PageResponseFlyweight.SUCCESS : PageResponseFlyweight.INVALID;
    }
}
