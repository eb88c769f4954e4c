/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.amd.AmdIommu;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.riscv.DirectoryFormat;
import org.faultring.hwmodel.riscv.RiscvIommu;
import org.faultring.hwmodel.riscv.StopMarkerRule;
import org.faultring.hwmodel.smmuv3.Smmuv3Iommu;
import org.faultring.hwmodel.smmuv3.Smmuv3Settings;
import org.faultring.hwmodel.vtd.VtdIommu;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.junit.jupiter.api.Test;

/** What an IOMMU answers by itself, here because it is not set up, carries the PASID and nothing that was requested. */
class AnsweredPrefixTest {

    private static final int FUNCTION = 0x0308;
    private static final int PASID = 0x42;

    private final DmaMemory memory = new DmaMemory(4096);
    private final Tally tally = new Counters().tally();

    private static void assertAnswered(final int expected, final Iommu iommu) {
        final List<Integer> pasids = new ArrayList<>();
        iommu.connect(FUNCTION, (pasid, message) -> pasids.add(pasid));
        iommu.pageRequest(FUNCTION, PASID | PasidPrefix.REQUESTED,
                PageRequestMessage.of(0x1000, 7, PageRequestMessage.READ | PageRequestMessage.LAST));
        assertEquals(List.of(expected), pasids);
        iommu.pageRequest(FUNCTION, PASID | PasidPrefix.REQUESTED, PageRequestMessage.STOP_MARKER);
        assertEquals(1, pasids.size(), "a stop marker");
        iommu.pageRequest(FUNCTION, PasidPrefix.NONE, PageRequestMessage.STOP_MARKER);
        assertEquals(List.of(expected, PageRequestMessage.NO_PASID), pasids, "the same bits without a prefix");
    }

    @Test
    void shouldAnswerWithThePasidOnVtd() {
        assertAnswered(PASID, new VtdIommu(memory, 0, tally));
    }

    @Test
    void shouldAnswerWithThePasidOnAmd() {
        assertAnswered(PASID, new AmdIommu(memory, tally));
    }

    @Test
    void shouldAnswerWithThePasidOnRiscv() {
        assertAnswered(PASID, new RiscvIommu(memory, DirectoryFormat.BASE, StopMarkerRule.WITH_PASID, tally));
    }

    @Test
    void shouldAnswerWithoutAPasidOnSmmuv3() {
        assertAnswered(PageRequestMessage.NO_PASID, new Smmuv3Iommu(memory, Smmuv3Settings.DEFAULT, tally));
    }
}
