/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.delivery.PageFaultHandler;

/** A handler that maps the page of every fault, and answers Invalid for a page that the page table does not know. */
public final class MappingHandler implements PageFaultHandler {

    private final SharedPageTable pageTable;

    /**
     * A handler over a page table.
     *
     * @param pageTable to map in
     */
    public MappingHandler(final SharedPageTable pageTable) {
        this.pageTable = pageTable;
    }

    @Override
    public int onPageFault(final PageFaultFlyweight fault) {
        return pageTable.map(fault.pasid(), fault.address()) ? PageResponseFlyweight.SUCCESS
                : PageResponseFlyweight.INVALID;
    }
}
