/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class InvalidationDescriptorTest {

    @Test
    void shouldDecodeTheTypesOfTheExamples() {
        assertEquals(InvalidationDescriptor.PAGE_GROUP_RESPONSE, InvalidationDescriptor.type(0x0000_0042_0308_2019L));
        assertEquals(InvalidationDescriptor.WAIT, InvalidationDescriptor.type(0x0000_0002_0000_00A5L));
        assertEquals(InvalidationDescriptor.WAIT, InvalidationDescriptor.type(0x0000_0002_0000_0045L));
        assertEquals(InvalidationDescriptor.PASID_IOTLB, InvalidationDescriptor.type(0x0000_0042_0005_0026L));
        assertEquals(InvalidationDescriptor.PASID_DEVICE_TLB, InvalidationDescriptor.type(0x0300_0042_0308_8008L));
    }

    @Test
    void shouldFindTheUpperThreeBitsOfTheType() {
        for (int type = 0; type < 128; type++) {
            final long qw0 = type & 0xF | (long) (type >>> 4) << 9;
            assertEquals(type, InvalidationDescriptor.type(qw0));
            assertEquals(type, InvalidationDescriptor.type(qw0 | ~0xE0FL));
            assertEquals(type, VtdRecords.INVALIDATION.layout("unknown").orElseThrow().field("type").orElseThrow()
                    .get(new long[] {qw0, 0, 0, 0}));
        }
    }

    @Test
    void shouldLieAsItsRulerSays() {
        final Ruler ruler = Ruler.of(InvalidationDescriptor.class).get(0);
        assertEquals(InvalidationDescriptor.TYPE_MASK,
                ruler.field("qw0", "type 6:4").mask() | ruler.field("qw0", "type 3:0").mask());
    }
}
