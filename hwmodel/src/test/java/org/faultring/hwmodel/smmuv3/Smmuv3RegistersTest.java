/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Offsets and bits, against the register map of the specification. */
class Smmuv3RegistersTest {

    @Test
    void shouldLieWhereTheSpecificationHasThem() {
        assertEquals(0x0, Smmuv3Registers.IDR0);
        assertEquals(0x4, Smmuv3Registers.IDR1);
        assertEquals(0xC, Smmuv3Registers.IDR3);
        assertEquals(0x14, Smmuv3Registers.IDR5);
        assertEquals(0x20, Smmuv3Registers.CR0);
        assertEquals(0x24, Smmuv3Registers.CR0ACK);
        assertEquals(0x2C, Smmuv3Registers.CR2);
        assertEquals(0x50, Smmuv3Registers.IRQ_CTRL);
        assertEquals(0x60, Smmuv3Registers.GERROR);
        assertEquals(0x64, Smmuv3Registers.GERRORN);
        assertEquals(0x68, Smmuv3Registers.GERROR_IRQ_CFG0);
        assertEquals(0x90, Smmuv3Registers.CMDQ_BASE);
        assertEquals(0x98, Smmuv3Registers.CMDQ_PROD);
        assertEquals(0x9C, Smmuv3Registers.CMDQ_CONS);
        assertEquals(0xA0, Smmuv3Registers.EVENTQ_BASE);
        assertEquals(0x100A8, Smmuv3Registers.EVENTQ_PROD);
        assertEquals(0x100AC, Smmuv3Registers.EVENTQ_CONS);
        assertEquals(0xB0, Smmuv3Registers.EVENTQ_IRQ_CFG0);
        assertEquals(0xC0, Smmuv3Registers.PRIQ_BASE);
        assertEquals(0x100C8, Smmuv3Registers.PRIQ_PROD);
        assertEquals(0x100CC, Smmuv3Registers.PRIQ_CONS);
        assertEquals(0xD0, Smmuv3Registers.PRIQ_IRQ_CFG0);
        assertEquals(0xDC, Smmuv3Registers.PRIQ_IRQ_CFG2);
        assertEquals(0x1FD, Smmuv3Registers.GERROR_MASK);
    }

    @Test
    void shouldKeepWhatSoftwareWrites() {
        final SmmuFixture smmu = new SmmuFixture();
        smmu.registers.write64(Smmuv3Registers.PRIQ_BASE, -1L);
        assertEquals(0x400F_FFFF_FFFF_FFFFL, smmu.registers.read64(Smmuv3Registers.PRIQ_BASE));
        smmu.registers.write64(Smmuv3Registers.EVENTQ_IRQ_CFG0, 0x1234_5678_9ABCL);
        smmu.write(Smmuv3Registers.EVENTQ_IRQ_CFG0 + 8, 77);
        smmu.write(Smmuv3Registers.EVENTQ_IRQ_CFG0 + 12, 5);
        assertEquals(0x1234_5678_9ABCL, smmu.registers.read64(Smmuv3Registers.EVENTQ_IRQ_CFG0));
        assertEquals(77, smmu.read(Smmuv3Registers.EVENTQ_IRQ_CFG0 + 8));
        assertEquals(5, smmu.read(Smmuv3Registers.EVENTQ_IRQ_CFG0 + 12));
        smmu.write(Smmuv3Registers.CR0, -1);
        assertEquals(0x1F, smmu.read(Smmuv3Registers.CR0));
        assertEquals(0, smmu.read(Smmuv3Registers.CR0ACK));
        smmu.iommu.doWork();
        assertEquals(0x1F, smmu.read(Smmuv3Registers.CR0ACK));
        smmu.write(Smmuv3Registers.CR0ACK, 0);
        assertEquals(0x1F, smmu.read(Smmuv3Registers.CR0ACK));
        assertEquals(0, smmu.read(0x1FFFC));
    }
}
