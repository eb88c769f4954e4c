/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.junit.jupiter.api.Test;

class MappingHandlerTest {

    private final SharedPageTable pageTable = new SharedPageTable(2);
    private final MappingHandler handler = new MappingHandler(pageTable);
    private final PageFaultFlyweight fault = new PageFaultFlyweight()
            .wrap(RingMemory.allocate(PageFaultFlyweight.LENGTH_BYTES), 0);

    private int handle(final int pasid, final long address) {
        fault.set(PageFaultFlyweight.PASID_VALID, 1, pasid, 5, PageFaultFlyweight.READ, address, 1);
        return handler.onPageFault(fault);
    }

    @Test
    void shouldMapThePageOfAFault() {
        final int entry = pageTable.know(1, 0x7F12_3456_7000L);
        assertEquals(PageResponseFlyweight.SUCCESS, handle(1, 0x7F12_3456_7000L));
        assertEquals(1, pageTable.timesMapped(entry));
        assertEquals(PageResponseFlyweight.SUCCESS, handle(1, 0x7F12_3456_7000L));
        assertEquals(2, pageTable.timesMapped(entry));
    }

    @Test
    void shouldAnswerInvalidForAPageItCannotMap() {
        pageTable.know(1, 0x7000);
        assertEquals(PageResponseFlyweight.INVALID, handle(2, 0x7000));
        assertEquals(PageResponseFlyweight.INVALID, handle(1, 0x8000));
        assertEquals(PageResponseFlyweight.SUCCESS, handle(1, 0x7000));
    }
}
