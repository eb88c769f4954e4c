/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class InvalidationDescriptorTest {

    @Test
    void shouldEncodeThePageGroupResponsesOfTheExamples() {
        assertEquals(0x0000_0042_0308_0019L, InvalidationDescriptor.responseQw0(0x0308, true, 0x42, 0));
        assertEquals(0x0000_0042_0308_1019L, InvalidationDescriptor.responseQw0(0x0308, true, 0x42, 1));
        assertEquals(0x0000_0042_0308_2019L, InvalidationDescriptor.responseQw0(0x0308, true, 0x42, 2));
        assertEquals(0x0000_0042_0308_F019L, InvalidationDescriptor.responseQw0(0x0308, true, 0x42, 0xF));
        assertEquals(0xD28, InvalidationDescriptor.responseQw1(0x1A5));
        assertEquals(0x0308_0009L, InvalidationDescriptor.responseQw0(0x0308, false, 0, 0));
    }

    @Test
    void shouldDecodeThePageGroupResponseOfTheExample() {
        final long qw0 = 0x0000_0042_0308_2019L;
        assertEquals(InvalidationDescriptor.PAGE_GROUP_RESPONSE, InvalidationDescriptor.type(qw0));
        assertEquals(0x0308, InvalidationDescriptor.requesterId(qw0));
        assertEquals(0x42, InvalidationDescriptor.pasid(qw0));
        assertEquals(2, InvalidationDescriptor.code(qw0));
        assertEquals(0x1A5, InvalidationDescriptor.groupIndex(0xD28));
    }

    @Test
    void shouldEncodeTheWaitOfTheExample() {
        assertEquals(0x0000_0002_0000_0025L, InvalidationDescriptor.waitQw0(2));
        assertEquals(0x1_0000_4014L, InvalidationDescriptor.statusAddress(0x1_0000_4014L));
        assertEquals(2, InvalidationDescriptor.statusData(0x0000_0002_0000_0025L));
    }

    @Test
    void shouldDecodeTheTypesOfTheOtherExamples() {
        assertEquals(InvalidationDescriptor.WAIT, InvalidationDescriptor.type(0x0000_0002_0000_00A5L));
        assertEquals(InvalidationDescriptor.WAIT, InvalidationDescriptor.type(0x0000_0002_0000_0045L));
        assertEquals(6, InvalidationDescriptor.type(0x0000_0042_0005_0026L));
        assertEquals(InvalidationDescriptor.PASID_DEVICE_TLB, InvalidationDescriptor.type(0x0300_0042_0308_8008L));
    }

    @Test
    void shouldFindTheUpperThreeBitsOfTheType() {
        for (int type = 0; type < 128; type++) {
            final long qw0 = type & 0xF | (long) (type >>> 4) << 9;
            assertEquals(type, InvalidationDescriptor.type(qw0));
            assertEquals(type, InvalidationDescriptor.type(qw0 | ~0xE0FL));
        }
    }

    @Test
    void shouldDecodeTheResponsesItEncoded() {
        final Random random = new Random(8);
        for (int i = 0; i < 100_000; i++) {
            final int requesterId = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final int code = random.nextInt(16);
            final int index = random.nextInt(512);
            final boolean hasPasid = random.nextBoolean();
            final long qw0 = InvalidationDescriptor.responseQw0(requesterId, hasPasid, pasid, code);
            assertEquals(InvalidationDescriptor.PAGE_GROUP_RESPONSE, InvalidationDescriptor.type(qw0));
            assertEquals(requesterId, InvalidationDescriptor.requesterId(qw0));
            assertEquals(hasPasid, (qw0 & InvalidationDescriptor.PASID_PRESENT) != 0);
            assertEquals(pasid, InvalidationDescriptor.pasid(qw0));
            assertEquals(code, InvalidationDescriptor.code(qw0));
            assertEquals(index, InvalidationDescriptor.groupIndex(InvalidationDescriptor.responseQw1(index)));
        }
    }

    @Test
    void shouldDecodeTheWaitsItEncoded() {
        final Random random = new Random(9);
        for (int i = 0; i < 100_000; i++) {
            final int data = random.nextInt();
            final long qw0 = InvalidationDescriptor.waitQw0(data);
            assertEquals(InvalidationDescriptor.WAIT, InvalidationDescriptor.type(qw0));
            assertEquals(data, InvalidationDescriptor.statusData(qw0));
            final long address = random.nextLong();
            assertEquals(address & -4, InvalidationDescriptor.statusAddress(address));
        }
    }

    @Test
    void shouldLayOutAResponseAsItsRulerSays() {
        final Ruler ruler = Ruler.of(InvalidationDescriptor.class).get(0);
        final Ruler.Field requesterId = ruler.field("qw0", "requester ID");
        final Ruler.Field pasid = ruler.field("qw0", "PASID");
        final Ruler.Field code = ruler.field("qw0", "code");
        final Ruler.Field pp = ruler.field("qw0", "PP");
        final Ruler.Field index = ruler.field("qw1", "PRGI");
        final long bare = InvalidationDescriptor.responseQw0(0, false, 0, 0);
        assertEquals(9, bare);
        assertEquals(9, InvalidationDescriptor.PAGE_GROUP_RESPONSE);
        assertEquals(0xF, ruler.field("qw0", "9").mask());
        assertEquals(pp.mask(), InvalidationDescriptor.PASID_PRESENT);
        assertEquals(pp.mask(), bare ^ InvalidationDescriptor.responseQw0(0, true, 0, 0));
        assertEquals(requesterId.mask(),
                bare ^ InvalidationDescriptor.responseQw0((int) requesterId.max(), false, 0, 0));
        assertEquals(pasid.mask(), bare ^ InvalidationDescriptor.responseQw0(0, false, (int) pasid.max(), 0));
        assertEquals(code.mask(), bare ^ InvalidationDescriptor.responseQw0(0, false, 0, (int) code.max()));
        assertEquals(index.mask(), InvalidationDescriptor.responseQw1((int) index.max()));
        assertEquals(0, InvalidationDescriptor.responseQw0(-1, true, -1, -1) & ruler.zeroBits("qw0"));
        assertEquals(-1L, ruler.zeroBits("qw1") | index.mask());

        assertEquals(requesterId.max(), InvalidationDescriptor.requesterId(requesterId.mask()));
        assertEquals(0, InvalidationDescriptor.requesterId(~requesterId.mask()));
        assertEquals(pasid.max(), InvalidationDescriptor.pasid(pasid.mask()));
        assertEquals(0, InvalidationDescriptor.pasid(~pasid.mask()));
        assertEquals(code.max(), InvalidationDescriptor.code(code.mask()));
        assertEquals(0, InvalidationDescriptor.code(~code.mask()));
        assertEquals(index.max(), InvalidationDescriptor.groupIndex(index.mask()));
        assertEquals(0, InvalidationDescriptor.groupIndex(~index.mask()));
    }

    @Test
    void shouldLayOutAWaitAsItsRulerSays() {
        final Ruler ruler = Ruler.of(InvalidationDescriptor.class).get(1);
        final Ruler.Field data = ruler.field("qw0", "status data");
        final Ruler.Field address = ruler.field("qw1", "status address");
        final Ruler.Field sw = ruler.field("qw0", "SW");
        assertEquals(0xF, ruler.field("qw0", "5").mask());
        assertEquals(5, InvalidationDescriptor.WAIT);
        assertEquals(sw.mask(), InvalidationDescriptor.STATUS_WRITE);
        final long bare = InvalidationDescriptor.waitQw0(0);
        assertEquals(5 | sw.mask(), bare);
        assertEquals(data.mask(), bare ^ InvalidationDescriptor.waitQw0((int) data.max()));
        assertEquals(0, InvalidationDescriptor.waitQw0(-1) & ruler.zeroBits("qw0"));
        assertEquals(address.mask(), InvalidationDescriptor.statusAddress(-1));
        assertEquals(ruler.zeroBits("qw1"), ~address.mask());
        assertEquals(data.max(), InvalidationDescriptor.statusData(data.mask()) & 0xFFFF_FFFFL);
        assertEquals(0, InvalidationDescriptor.statusData(~data.mask()));

        // Worked examples 18b: the bits that have no constant.
        final long two = 2L << data.low();
        assertEquals(0x0000_0002_0000_00A5L, 5 | sw.mask() | ruler.field("qw0", "PD").mask() | two);
        assertEquals(0x0000_0002_0000_0045L, 5 | ruler.field("qw0", "FN").mask() | two);
        assertEquals(1 << 4, ruler.field("qw0", "IF").mask());
    }
}
