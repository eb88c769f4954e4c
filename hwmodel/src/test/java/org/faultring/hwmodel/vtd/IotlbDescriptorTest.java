/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class IotlbDescriptorTest {

    private static final RecordTable TABLE = RecordTable.of(VtdRecords.INVALIDATION, "iotlb");
    private static final RecordTable PASID = RecordTable.of(VtdRecords.INVALIDATION, "pasid-iotlb");

    @Test
    void shouldEncodeTheWorkedExample() {
        assertEquals(0x0000_0042_0005_0026L,
                IotlbDescriptor.pasidQw0(IotlbDescriptor.WHOLE_PASID, 5, 0x42));
        PASID.assertWords(0x0000_0042_0005_0026L, 0, "g", 2, "did", 5, "pasid", 0x42);
        assertEquals("pasid", PASID.layout().field("g").orElseThrow().meaningOf(2));
    }

    @Test
    void shouldDecodeWhatItEncodedAsTheTablesDo() {
        final Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            final int g = random.nextInt(4);
            final int domain = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final int drains = random.nextInt(4);
            final int mask = random.nextInt(64);
            final long address = random.nextLong();
            final boolean leaf = random.nextBoolean();
            final long qw1 = IotlbDescriptor.qw1(address, mask, leaf ? IotlbDescriptor.LEAF : 0);
            final long qw0 = IotlbDescriptor.qw0(g, domain, drains << 6);
            TABLE.assertWords(qw0, qw1, "g", g, "did", domain, "dw", drains & 1, "dr", drains >> 1, "am", mask, "ih",
                    leaf ? 1 : 0, "address", address & -4096);
            final long pasidQw0 = IotlbDescriptor.pasidQw0(g, domain, pasid);
            PASID.assertWords(pasidQw0, qw1, "g", g, "did", domain, "pasid", pasid, "am", mask, "ih", leaf ? 1 : 0,
                    "address", address & -4096);
            assertEquals(g, IotlbDescriptor.granularity(qw0));
            assertEquals(domain, IotlbDescriptor.domain(qw0));
            assertEquals(pasid, IotlbDescriptor.pasid(pasidQw0));
            assertEquals(mask, IotlbDescriptor.addressMask(qw1));
            assertEquals(address & -4096, IotlbDescriptor.address(qw1));
            assertEquals(TABLE.get("g", address), IotlbDescriptor.granularity(address));
            assertEquals(TABLE.get("did", address), IotlbDescriptor.domain(address));
            assertEquals(PASID.get("pasid", address), IotlbDescriptor.pasid(address));
            assertEquals(PASID.get("am", 0, address), IotlbDescriptor.addressMask(address));
        }
    }

    @Test
    void shouldLieAsItsRulersSay() {
        final List<Ruler> rulers = Ruler.of(IotlbDescriptor.class);
        final Ruler iotlb = rulers.get(0);
        assertEquals(iotlb.field("iotlb", "DR").mask(), IotlbDescriptor.DRAIN_READS);
        assertEquals(iotlb.field("iotlb", "DW").mask(), IotlbDescriptor.DRAIN_WRITES);
        assertEquals(iotlb.field("iotlb", "DID").mask(), TABLE.words("did", 0xFFFF)[0] & ~2);
        assertEquals(iotlb.field("iotlb", "G").mask(), TABLE.words("g", 3)[0] & ~2);
        assertEquals(rulers.get(1).field("pasid", "DID").mask(), PASID.words("did", 0xFFFF)[0] & ~6);
        assertEquals(rulers.get(1).field("pasid", "PASID").mask(), PASID.words("pasid", 0xFFFFF)[0] & ~6);
        assertEquals(rulers.get(1).field("pasid", "G").mask(), PASID.words("g", 3)[0] & ~6);
        TABLE.assertRuler(rulers.get(2), "qw1", 1, "address", "address", "IH", "ih", "AM", "am");
        PASID.assertRuler(rulers.get(2), "qw1", 1, "address", "address", "IH", "ih", "AM", "am");
    }
}
