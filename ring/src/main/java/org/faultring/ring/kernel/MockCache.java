/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

import org.faultring.ring.file.Errno;

/**
 * The four slots of a mock: of a nested page table its IOTLB, of a device its cache
 * (drivers/iommu/iommufd/selftest.c). A slot that was invalidated holds 0. User world.
 */
public final class MockCache {

    /** Slots ({@code MOCK_NESTED_DOMAIN_IOTLB_NUM}, {@code MOCK_DEV_CACHE_NUM}). */
    public static final int SLOTS = 4;
    /**
     * Flag of an invalidation: all slots, whatever the slot says, which must be one
     * ({@code IOMMU_TEST_INVALIDATE_FLAG_ALL}).
     */
    public static final int ALL = 1;

    private final int[] values = new int[SLOTS];

    /**
     * A cache that holds something.
     *
     * @param value in each slot
     */
    public MockCache(final int value) {
        Arrays.fill(values, value);
    }

    /**
     * What a slot holds.
     *
     * @param slot 0..3
     * @return 32 bits
     */
    public int value(final int slot) {
        return values[slot];
    }

    /** What is wrong with an entry, flags before slot; 0 if nothing is. */
    static int check(final int flags, final int slot) {
        if ((flags & ~ALL) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        return slot < 0 || slot >= SLOTS ? -Errno.EINVAL : 0;
    }

    /** Do what an entry says that {@link #check} found nothing wrong with. */
    void invalidate(final int flags, final int slot) {
        if (flags == ALL) {
            Arrays.fill(values, 0);
        } else {
            values[slot] = 0;
        }
    }
}
