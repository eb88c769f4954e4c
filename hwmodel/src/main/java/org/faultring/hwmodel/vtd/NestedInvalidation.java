/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.UserArray;

/**
 * Invalidation of a nested page table as Linux 7.2 has it ({@code intel_nested_cache_invalidate_user},
 * drivers/iommu/intel/nested.c): entry by entry, stopping at the first bad one, and the count is of those that were
 * done. An entry has no place for an error of the hardware, and none reaches user space.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class NestedInvalidation extends RangeInvalidation {

    /**
     * Invalidation of one page table.
     *
     * @param driver of the IOMMU
     * @param domain the page table
     */
    public NestedInvalidation(final VtdDriver driver, final NestedDomain domain) {
        super(driver, domain);
    }

    @Override
    int check(final UserArray array, final int index) {
        return array.getInt(index, StageOneEntry.ERROR_OFFSET) != 0 ? -Errno.EOPNOTSUPP
                : StageOneEntry.check(array, index);
    }

    @Override
    void done(final UserArray array, final int index) {
        // Nothing is written back but the count.
    }
}
