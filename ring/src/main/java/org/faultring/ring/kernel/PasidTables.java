/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/** Who keeps the PASID tables of a device: {@code iommu_ops.user_pasid_table} (include/linux/iommu.h). */
public enum PasidTables {

    /** The kernel, so that it knows every PASID in use: Intel, AMD, RISC-V. */
    KERNEL,
    /**
     * Maybe a guest: the driver of Arm's SMMUv3, and that of the mock devices. Faults of a PASID for which nothing is
     * attached go to the nested domain of the device itself.
     */
    USER
}
