/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class PasidPrefixTest {

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(PasidPrefix.class).get(0);
        assertEquals(5, ruler.fields().size());
        assertEquals(ruler.field("", "PASID").mask(), PasidPrefix.pasid(Integer.MAX_VALUE));
        assertEquals(ruler.field("", "ER").mask(), PasidPrefix.EXECUTE_REQUESTED);
        assertEquals(ruler.field("", "PMR").mask(), PasidPrefix.PRIVILEGED_MODE_REQUESTED);
        assertFalse(PasidPrefix.isPresent((int) ruler.field("", "NO").mask()));
    }

    @Test
    void shouldBeThePasidAloneWhereNothingIsRequested() {
        for (final int pasid : new int[] {0, 0x42, 0xF_FFFF}) {
            assertTrue(PasidPrefix.isPresent(pasid));
            assertEquals(pasid, PasidPrefix.pasid(pasid));
            assertEquals(pasid, PasidPrefix.pasid(pasid | PasidPrefix.REQUESTED));
            assertEquals(pasid | PasidPrefix.REQUESTED, PasidPrefix.bits(pasid | PasidPrefix.REQUESTED));
        }
    }

    @Test
    void shouldStayNoneWithoutAPasid() {
        assertFalse(PasidPrefix.isPresent(PasidPrefix.NONE));
        assertEquals(PageRequestMessage.NO_PASID, PasidPrefix.pasid(PasidPrefix.NONE));
    }
}
