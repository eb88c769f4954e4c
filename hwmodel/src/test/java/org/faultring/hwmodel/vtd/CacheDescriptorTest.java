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

class CacheDescriptorTest {

    private static final RecordTable CONTEXT = RecordTable.of(VtdRecords.INVALIDATION, "context-cache");
    private static final RecordTable INTERRUPT = RecordTable.of(VtdRecords.INVALIDATION, "interrupt-entry-cache");
    private static final RecordTable PASID = RecordTable.of(VtdRecords.INVALIDATION, "pasid-cache");

    @Test
    void shouldDecodeWhatItEncodedAsTheTablesDo() {
        final Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            final int g = random.nextInt(4);
            final int domain = random.nextInt(1 << 16);
            final int source = random.nextInt(1 << 16);
            final int mask = random.nextInt(4);
            final int pasid = random.nextInt(1 << 20);
            final int indexMask = random.nextInt(32);
            final long context = CacheDescriptor.contextQw0(g, domain, source, mask);
            CONTEXT.assertWords(context, 0, "g", g, "did", domain, "sid", source, "fm", mask);
            assertEquals(g, CacheDescriptor.granularity(context));
            assertEquals(domain, CacheDescriptor.domain(context));
            assertEquals(source, CacheDescriptor.sourceId(context));
            assertEquals(mask, CacheDescriptor.functionMask(context));
            final long interrupt = CacheDescriptor.interruptQw0(g & 1, indexMask, source);
            INTERRUPT.assertWords(interrupt, 0, "g", g & 1, "im", indexMask, "iidx", source);
            assertEquals(g & 1, CacheDescriptor.interruptGranularity(interrupt));
            assertEquals(indexMask, CacheDescriptor.indexMask(interrupt));
            assertEquals(source, CacheDescriptor.interruptIndex(interrupt));
            final long entry = CacheDescriptor.pasidQw0(g, domain, pasid);
            PASID.assertWords(entry, 0, "g", g, "did", domain, "pasid", pasid);
            assertEquals(g, CacheDescriptor.granularity(entry));
            assertEquals(domain, CacheDescriptor.domain(entry));
            assertEquals(pasid, CacheDescriptor.pasid(entry));
        }
    }

    @Test
    void shouldDecodeAnyWordAsTheTablesDo() {
        final Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            final long word = random.nextLong();
            assertEquals(CONTEXT.get("g", word), CacheDescriptor.granularity(word));
            assertEquals(CONTEXT.get("did", word), CacheDescriptor.domain(word));
            assertEquals(CONTEXT.get("sid", word), CacheDescriptor.sourceId(word));
            assertEquals(CONTEXT.get("fm", word), CacheDescriptor.functionMask(word));
            assertEquals(INTERRUPT.get("g", word), CacheDescriptor.interruptGranularity(word));
            assertEquals(INTERRUPT.get("im", word), CacheDescriptor.indexMask(word));
            assertEquals(INTERRUPT.get("iidx", word), CacheDescriptor.interruptIndex(word));
            assertEquals(PASID.get("pasid", word), CacheDescriptor.pasid(word));
        }
    }

    @Test
    void shouldLieAsItsRulersSay() {
        final List<Ruler> rulers = Ruler.of(CacheDescriptor.class);
        assertRow(CONTEXT, rulers.get(0), "context", "FM", "fm", "SID", "sid", "DID", "did", "G", "g", "1", "type");
        assertRow(INTERRUPT, rulers.get(1), "interrupt", "IIDX", "iidx", "IM", "im", "G", "g", "4", "type");
        assertRow(PASID, rulers.get(2), "pasid", "PASID", "pasid", "DID", "did", "G", "g", "7", "type");
    }

    /** The upper bits of the type are 0 in the rulers. */
    private static void assertRow(final RecordTable table, final Ruler ruler, final String row,
            final String... names) {
        long known = 0;
        for (int i = 0; i < names.length; i += 2) {
            final Ruler.Field field = ruler.field(row, names[i]);
            known |= field.mask();
            assertEquals(field.max(), table.get(names[i + 1], field.mask()), names[i]);
        }
        assertEquals(~known, ruler.zeroBits(row));
        assertEquals(table.layout().reserved(new long[] {-1, -1, -1, -1})[0] | 0xE00, ruler.zeroBits(row));
    }
}
