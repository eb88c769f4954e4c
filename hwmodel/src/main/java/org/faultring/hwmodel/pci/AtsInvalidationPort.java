/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Downstream: where a function with a device TLB gets the invalidations of an IOMMU. Hardware world. */
public interface AtsInvalidationPort {

    /**
     * An Invalidate Request message arrives; the function completes it now or later.
     *
     * @param pasid of the prefix, or {@link PageRequestMessage#NO_PASID}
     * @param tag   ITag, 0..31, that the completion names
     * @param body  address 63:12; S 11, a range whose size the lowest address bit that is 0 marks; G 0, all PASIDs
     */
    void invalidate(int pasid, int tag, long body);
}
