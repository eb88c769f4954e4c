/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.function.IntFunction;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.Iommufd;

/**
 * Invalidation of a mock virtual IOMMU ({@code mock_viommu_cache_invalidate}, drivers/iommu/iommufd/selftest.c): all
 * entries are looked at for their length first, then handled one by one, at once. The entry is
 * {@code struct iommu_viommu_invalidate_selftest} (iommufd_test.h):
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                             flags                             |  0
 *  +---------------------------------------------------------------+
 *  |                           virtual id                          |  4
 *  +---------------------------------------------------------------+
 *  |                             slot                              |  8
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>User world; allocates nothing.
 */
public final class MockVirtualInvalidation implements InvalidationPort {

    /** Length of an entry. */
    public static final int ENTRY_BYTES = 12;
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of the virtual ID of the device. */
    public static final int VIRTUAL_ID_OFFSET = 4;
    /** Offset of the slot. */
    public static final int SLOT_OFFSET = 8;

    private final VirtualIommu viommu;
    private final IntFunction<MockCache> caches;
    private int handled;

    /**
     * Invalidation of one virtual IOMMU.
     *
     * @param viommu knows the devices
     * @param caches gives the cache of a device by its number
     */
    public MockVirtualInvalidation(final VirtualIommu viommu, final IntFunction<MockCache> caches) {
        this.viommu = viommu;
        this.caches = caches;
    }

    @Override
    public int begin(final UserArray array) {
        handled = 0;
        if (array.count() == 0 && array.type() == Iommufd.INVALIDATE_SELFTEST) {
            return 0;
        }
        int result = array.checkAll(Iommufd.INVALIDATE_SELFTEST, ENTRY_BYTES);
        while (result == 0 && handled < array.count()) {
            result = invalidate(array);
            if (result == 0) {
                handled++;
            }
        }
        return result;
    }

    private int invalidate(final UserArray array) {
        final int flags = array.getInt(handled, FLAGS_OFFSET);
        final int slot = array.getInt(handled, SLOT_OFFSET);
        final int result = MockCache.check(flags, slot);
        if (result != 0) {
            return result;
        }
        final VirtualDevice device = viommu
                .deviceByVirtualId(array.getInt(handled, VIRTUAL_ID_OFFSET) & 0xFFFF_FFFFL);
        if (device == null) {
            return -Errno.EINVAL;
        }
        caches.apply(device.device()).invalidate(flags, slot);
        return 0;
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
