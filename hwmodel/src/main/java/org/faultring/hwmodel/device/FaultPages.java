/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.iommu.SharedPageTable;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.workload.Workload;

/**
 * What a function needs of each fault of its workload: what it asks for, under which PASID, and whether the page was
 * mapped since. Hardware world; allocates nothing after set-up.
 */
final class FaultPages {

    private final SharedPageTable pageTable;
    /** Page address and access of each fault, as a Page Request message has them. */
    private final long[] messages;
    private final int[] pasids;
    /** Page table entry of each fault. */
    private final int[] entries;

    FaultPages(final Workload workload, final SharedPageTable pageTable) {
        this.pageTable = pageTable;
        final int faults = workload.faults();
        messages = new long[faults];
        pasids = new int[faults];
        entries = new int[faults];
        for (int fault = 0; fault < faults; fault++) {
            messages[fault] = PageRequestMessage.of(workload.pageAddress(fault), 0, workload.access(fault));
            pasids[fault] = workload.pasid(fault);
            entries[fault] = pageTable.know(pasids[fault], messages[fault]);
        }
    }

    /** The Page Request message of a fault under a group index, not the last of its group. */
    long request(final int fault, final int groupIndex) {
        return PageRequestMessage.inGroup(messages[fault], groupIndex);
    }

    long address(final int fault) {
        return PageRequestMessage.address(messages[fault]);
    }

    boolean isWrite(final int fault) {
        return (messages[fault] & PageRequestMessage.WRITE) != 0;
    }

    int pasid(final int fault) {
        return pasids[fault];
    }

    /** How often the page of a fault was mapped so far. */
    int timesMapped(final int fault) {
        return pageTable.timesMapped(entries[fault]);
    }
}
