/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Within what a page request group index is unique while its group waits for an answer (PCIe, Page Request groups).
 */
public enum GroupIndexScope {

    /** Within the function: at most 512 groups are under way. */
    PER_FUNCTION,
    /**
     * Within a PASID of the function: at most 512 groups for each PASID. Only for a function that asks for the PASID in
     * responses ({@link PriCapability#PASID_REQUIRED}), since nothing else tells its groups apart.
     */
    PER_PASID
}
