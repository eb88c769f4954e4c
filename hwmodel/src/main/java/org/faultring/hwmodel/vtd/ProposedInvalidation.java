/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.kernel.UserArray;

/**
 * Invalidation of a nested page table as it was proposed in 2023 and not merged ("Add iommufd nesting", parts of which
 * became Linux 6.8): each entry is given the errors that the hardware found while it was handled, and the call goes on.
 * Linux 7.2 has {@link NestedInvalidation}.
 *
 * <p>The hardware tells a time-out and a completion that nobody asked for; an error of the queue is the driver's own
 * and is not told. What was submitted again after a time-out keeps its error. Has to hear the driver's errors, see
 * {@link VtdDriver#reportErrorsTo}.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class ProposedInvalidation extends RangeInvalidation implements InvalidationErrorSink {

    /** Error of an entry: a completion that nobody asked for ({@code IOMMU_HWPT_INVALIDATE_VTD_S1_ICE}). */
    public static final int COMPLETION_ERROR = 1;
    /** Error of an entry: a device did not complete in time ({@code IOMMU_HWPT_INVALIDATE_VTD_S1_ITE}). */
    public static final int TIME_OUT_ERROR = 1 << 1;

    private int errors;

    /**
     * Invalidation of one page table.
     *
     * @param driver of the IOMMU
     * @param domain the page table
     */
    public ProposedInvalidation(final VtdDriver driver, final NestedDomain domain) {
        super(driver, domain);
    }

    @Override
    int check(final UserArray array, final int index) {
        errors = 0;
        return StageOneEntry.check(array, index);
    }

    @Override
    void done(final UserArray array, final int index) {
        array.putInt(index, StageOneEntry.ERROR_OFFSET, errors);
    }

    @Override
    public void onError(final InvalidationError error, final int errorDomain, final int requesterId,
            final int detail) {
        if (!isUnderWay() || errorDomain != domain()) {
            return;
        }
        if (error == InvalidationError.COMPLETION) {
            errors |= COMPLETION_ERROR;
        } else if (error == InvalidationError.TIME_OUT) {
            errors |= TIME_OUT_ERROR;
        }
    }
}
