/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;

/**
 * Invalidation of a mock nested page table ({@code mock_domain_cache_invalidate_user},
 * drivers/iommu/iommufd/selftest.c), entry by entry, at once. The entry is
 * {@code struct iommu_hwpt_invalidate_selftest} (iommufd_test.h):
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             flags                             |  0
 *  +---------------------------------------------------------------+
 *  |                             slot                              |  4
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>User world; allocates nothing.
 */
public final class MockNestedInvalidation implements InvalidationPort {

    /** Length of an entry. */
    public static final int ENTRY_BYTES = 8;
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of the slot. */
    public static final int SLOT_OFFSET = 4;

    private final MockCache iotlb;
    private int handled;

    /**
     * Invalidation of one page table.
     *
     * @param iotlb of the page table
     */
    public MockNestedInvalidation(final MockCache iotlb) {
        this.iotlb = iotlb;
    }

    @Override
    public int begin(final UserArray array) {
        handled = 0;
        if (array.type() != Iommufd.INVALIDATE_SELFTEST) {
            return -Errno.EINVAL;
        }
        for (; handled < array.count(); handled++) {
            final int result = invalidate(array);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private int invalidate(final UserArray array) {
        int result = array.checkOne(handled, ENTRY_BYTES);
        if (result != 0) {
            return result;
        }
        final int flags = array.getInt(handled, FLAGS_OFFSET);
        final int slot = array.getInt(handled, SLOT_OFFSET);
        result = MockCache.check(flags, slot);
        if (result == 0) {
            iotlb.invalidate(flags, slot);
        }
        return result;
    }

    @Override
    public int poll() {
        throw new IllegalStateException("poll (expected: nothing is ever in progress)");
    }

    @Override
    public int handled() {
        return handled;
    }
}
