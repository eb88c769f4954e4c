/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * The driver's way of invalidating what a guest asks for: {@code iommu_domain_ops.cache_invalidate_user} of a nested
 * page table and {@code iommufd_viommu_ops.cache_invalidate} of a virtual IOMMU (include/linux/iommu.h, iommufd.h).
 *
 * <p>Called by one world, one call at a time. A driver that has to wait for hardware says meanwhile that it is not
 * done, and goes on when it is asked; until then the array and its entries belong to it. Such a driver belongs to the
 * kernel world, and user space reaches it through an {@link InvalidationHandOver}.
 */
public interface InvalidationPort {

    /** Result: not done yet. */
    int IN_PROGRESS = 1;

    /**
     * Begin to invalidate; needs that nothing is in progress.
     *
     * @param array of the call, its lengths checked
     * @return 0 or a negated error number if it is over, else {@link #IN_PROGRESS}
     */
    int begin(UserArray array);

    /**
     * How it goes.
     *
     * @return 0 or a negated error number once it is over, else {@link #IN_PROGRESS}
     */
    int poll();

    /**
     * What the call writes back as the number of entries; asked once it is over.
     *
     * @return entries handled
     */
    int handled();
}
