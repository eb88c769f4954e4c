/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VtdRegistersTest {

    @Test
    void shouldLieWhereTheSpecificationSays() {
        assertEquals(0x18, VtdRegisters.GCMD);
        assertEquals(0x1C, VtdRegisters.GSTS);
        assertEquals(0x34, VtdRegisters.FSTS);
        assertEquals(0x80, VtdRegisters.IQH);
        assertEquals(0x88, VtdRegisters.IQT);
        assertEquals(0x90, VtdRegisters.IQA);
        assertEquals(0xC0, VtdRegisters.PQH);
        assertEquals(0xC8, VtdRegisters.PQT);
        assertEquals(0xD0, VtdRegisters.PQA);
        assertEquals(0xDC, VtdRegisters.PRS);
    }

    @Test
    void shouldHaveTheBitsOfTheSpecification() {
        assertEquals(0x0400_0000, VtdRegisters.QIE);
        assertEquals(0x10, VtdRegisters.IQE);
        assertEquals(0x800, VtdRegisters.IQA_DW);
        assertEquals(1, VtdRegisters.PPR);
        assertEquals(2, VtdRegisters.PRO);
    }
}
