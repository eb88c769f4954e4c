/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/**
 * The driver's way of switching a device, or one PASID of it, to another domain: {@code attach_dev} and
 * {@code set_dev_pasid} of {@code struct iommu_domain_ops} (include/linux/iommu.h). Called by the kernel world.
 */
@FunctionalInterface
public interface DomainPort {

    /** A driver that never refuses. */
    DomainPort WILLING = (device, pasid, domain) -> 0;

    /**
     * Switch.
     *
     * @param device number of the device in the {@link FaultReporter}
     * @param pasid  or {@link AttachTable#NO_PASID}
     * @param domain that is to translate, null for none, which is never refused
     * @return 0, or a negated error number; then the hardware is as it was
     */
    int attach(int device, int pasid, IommuDomain domain);
}
