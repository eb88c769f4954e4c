/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * The four slots of a mock: of a nested page table its IOTLB, of a device its cache
 * (drivers/iommu/iommufd/selftest.c). A slot that was invalidated holds 0. User world.
 */
public final class MockCache {

    /** Slots ({@code MOCK_NESTED_DOMAIN_IOTLB_NUM}, {@code MOCK_DEV_CACHE_NUM}). */
    public static final int SLOTS = 4;

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

    void invalidate(final int slot) {
        values[slot] = 0;
    }

    void invalidateAll() {
        Arrays.fill(values, 0);
    }
}
