/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.junit.jupiter.api.Test;

class CommandTest {

    private static final int FUNCTION = SmmuFixture.FUNCTION;
    private static final int NO_PASID = SmmuFixture.NO_PASID;
    private static final long PAGE = SmmuFixture.PAGE;

    private final List<Ruler> rulers = Ruler.of(Command.class);

    @Test
    void shouldEncodeResumeAsInTheWorkedExamples() {
        assertEquals(0x0000_0308_0000_1044L, Command.resumeQw0(FUNCTION, Command.RESUME_RETRY));
        assertEquals(7, Command.resumeQw1(7));
        assertEquals(0x0000_0308_0000_2044L, Command.resumeQw0(FUNCTION, Command.RESUME_ABORT));
        assertEquals(0x0000_0308_0000_0044L, Command.resumeQw0(FUNCTION, Command.RESUME_TERMINATE));
    }

    @Test
    void shouldEncodePriResponsesAsInTheWorkedExamples() {
        assertEquals(0x0000_0308_0004_2841L, Command.priRespQw0(FUNCTION, 0x42));
        assertEquals(0x21A5, Command.priRespQw1(0x1A5, Command.RESP_SUCCESS));
        assertEquals(0x11A5, Command.priRespQw1(0x1A5, Command.RESP_INVALID));
        assertEquals(0x01A5, Command.priRespQw1(0x1A5, Command.RESP_FAILURE));
    }

    @Test
    void shouldEncodeSyncsAsInTheWorkedExamples() {
        assertEquals(0x0FC0_0046L, Command.syncQw0(Command.CS_NONE, 0));
        assertEquals(0x0FC0_1046L, Command.syncQw0(Command.CS_IRQ, 0));
        assertEquals(0x1_2345_6780L, Command.syncQw1(0x1_2345_6780L));
        assertEquals(0x0FC0_2046L, Command.syncQw0(Command.CS_SEV, 0));
    }

    @Test
    void shouldEncodeAtcInvalidationsAsInTheWorkedExamples() {
        assertEquals(0x0000_0308_0004_2840L, Command.atcInvQw0(FUNCTION, 0x42));
        assertEquals(4, Invalidation.atcQw1(7 << 12, 4));
        assertEquals(0x0000_0308_0000_0040L, Command.atcInvQw0(FUNCTION, NO_PASID));
        assertEquals(0x34, Command.atcInvQw1(0, Command.ATC_ALL));
        assertEquals(0x34, Invalidation.atcQw1(0, 1L << 52));
    }

    @Test
    void shouldEncodeTlbInvalidationsAsInTheWorkedExamples() {
        assertEquals(0x0021_0000_0000_4012L, Command.tlbiQw0(Command.TLBI_NH_VA, 0x21, 0, 4, 0));
        assertEquals(0x0000_7F12_3456_7701L, Command.tlbiQw1(PAGE, 1, 3, 1));
        assertEquals(0x0021_0000_0060_0012L, Command.tlbiQw0(Command.TLBI_NH_VA, 0x21, 0, 0, 6));
        assertEquals(0x0000_7F12_3456_C701L, Command.tlbiQw1(PAGE + 5 * 4096, 1, 3, 1));
    }

    @Test
    void shouldEncodeConfigurationInvalidationsAsInTheWorkedExamples() {
        assertEquals(0x0000_0308_0004_2005L, Command.cfgiQw0(Command.CFGI_CD, FUNCTION, 0x42));
        assertEquals(1, Command.cfgiQw1(1));
        assertEquals(4, Command.cfgiQw0(Command.CFGI_STE_RANGE, 0, 0));
        assertEquals(0x1F, Command.cfgiQw1(Command.RANGE_ALL));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(13);
        for (int i = 0; i < 100_000; i++) {
            final int streamId = random.nextInt();
            final int pasid = random.nextInt(4) == 0 ? NO_PASID : random.nextInt(1 << 20);
            final int index = random.nextInt(512);
            final int response = random.nextInt(4);
            final long qw0 = Command.priRespQw0(streamId, pasid);
            assertEquals(Command.PRI_RESP, Command.opcode(qw0));
            assertEquals(streamId, Command.streamId(qw0));
            assertEquals(pasid, Command.pasid(qw0));
            assertEquals(pasid, Command.pasid(Command.atcInvQw0(streamId, pasid)));
            assertEquals(index, Command.groupIndex(Command.priRespQw1(index, response)));
            assertEquals(response, Command.response(Command.priRespQw1(index, response)));
            final int tag = random.nextInt(1 << 16);
            assertEquals(tag, Command.stallTag(Command.resumeQw1(tag)));
            final int data = random.nextInt();
            final long address = random.nextLong() & 0xF_FFFF_FFFF_FFFCL;
            assertEquals(data, Command.msiData(Command.syncQw0(Command.CS_IRQ, data)));
            assertEquals(address, Command.msiAddress(Command.syncQw1(address)));
            assertEquals(response, Command.completion(Command.syncQw0(response, data)));
            assertEquals(data, Command.streamId(Command.withStreamId(qw0, data)));
        }
    }

    @Test
    void shouldKnowTheRangeThatIsNotAllowed() {
        assertTrue(Command.isIllegalRange(Command.TLBI_NH_VA, Command.tlbiQw1(PAGE, 1, 0, 1)));
        assertFalse(Command.isIllegalRange(Command.TLBI_NH_VA, Command.tlbiQw1(PAGE, 0, 0, 1)));
        assertFalse(Command.isIllegalRange(Command.TLBI_NH_VA, Command.tlbiQw1(PAGE, 1, 3, 1)));
        assertFalse(Command.isIllegalRange(Command.tlbiQw0(Command.TLBI_NH_VA, 0, 0, 1, 0),
                Command.tlbiQw1(PAGE, 1, 0, 1)));
        assertFalse(Command.isIllegalRange(Command.tlbiQw0(Command.TLBI_NH_VA, 0, 0, 0, 1),
                Command.tlbiQw1(PAGE, 1, 0, 1)));
    }

    private static void assertMask(final Ruler ruler, final String word, final String field, final long mask) {
        assertEquals(Long.toHexString(ruler.field(word, field).mask()), Long.toHexString(mask), field);
    }

    @Test
    void shouldLieAsItsRulersSay() {
        assertEquals(6, rulers.size());
        final Ruler response = rulers.get(0);
        assertEquals(Command.PRI_RESP, Integer.decode(response.fields().get(4).name()));
        assertMask(response, "qw0", "StreamID", Command.priRespQw0(-1, NO_PASID) ^ Command.PRI_RESP);
        assertMask(response, "qw0", "SSV", Command.SSV);
        assertMask(response, "qw0", "SubstreamID", Command.priRespQw0(0, 0xFFFFF) ^ Command.PRI_RESP ^ Command.SSV);
        assertMask(response, "qw1", "PRG index", Command.priRespQw1(-1, 0));
        assertMask(response, "qw1", "resp", Command.priRespQw1(0, -1));
        final Ruler resume = rulers.get(1);
        assertEquals(Command.RESUME, Integer.decode(resume.fields().get(5).name()));
        assertMask(resume, "qw0", "Ac", Command.RESUME_RETRY);
        assertMask(resume, "qw0", "Ab", Command.RESUME_ABORT);
        assertMask(resume, "qw0", "StreamID", Command.resumeQw0(-1, 0) ^ Command.RESUME);
        assertMask(resume, "qw0", "StreamID", Command.stallTerm(-1) ^ Command.STALL_TERM);
        assertMask(resume, "qw1", "STAG", Command.resumeQw1(-1));
        final Ruler sync = rulers.get(2);
        final long bare = Command.syncQw0(0, 0);
        assertEquals(Command.SYNC, Integer.decode(sync.fields().get(7).name()));
        assertMask(sync, "qw0", "CS", Command.syncQw0(3, 0) ^ bare);
        assertMask(sync, "qw0", "MSI data", Command.syncQw0(0, -1) ^ bare);
        assertEquals(sync.field("qw0", "MSH").mask() | sync.field("qw0", "MSI attr").mask(), bare ^ Command.SYNC);
        assertMask(sync, "qw1", "MSI address", Command.syncQw1(-1L));
    }

    @Test
    void shouldLieInvalidationsAsTheirRulersSay() {
        final Ruler configuration = rulers.get(3);
        assertMask(configuration, "qw0", "opcode", Command.cfgiQw0(0xFF, 0, 0));
        assertMask(configuration, "qw0", "StreamID", Command.cfgiQw0(0, -1, 0));
        assertMask(configuration, "qw0", "SubstreamID", Command.cfgiQw0(0, 0, -1));
        assertMask(configuration, "qw1", "leaf/range", Command.cfgiQw1(-1));
        final Ruler translation = rulers.get(4);
        assertMask(translation, "qw0", "ASID", Command.tlbiQw0(0, -1, 0, 0, 0));
        assertMask(translation, "qw0", "VMID", Command.tlbiQw0(0, 0, -1, 0, 0));
        assertMask(translation, "qw0", "NUM", Command.tlbiQw0(0, 0, 0, -1, 0));
        assertMask(translation, "qw0", "SCALE", Command.tlbiQw0(0, 0, 0, 0, -1));
        assertMask(translation, "qw1", "address", Command.tlbiQw1(-1L, 0, 0, 0));
        assertMask(translation, "qw1", "TG", Command.tlbiQw1(0, -1, 0, 0));
        assertMask(translation, "qw1", "TTL", Command.tlbiQw1(0, 0, -1, 0));
        assertMask(translation, "qw1", "leaf", Command.tlbiQw1(0, 0, 0, -1));
        final Ruler atc = rulers.get(5);
        assertEquals(Command.ATC_INV, Integer.decode(atc.fields().get(6).name()));
        assertMask(atc, "qw0", "global", Command.ATC_GLOBAL);
        assertMask(atc, "qw0", "SSV", Command.SSV);
        assertMask(atc, "qw1", "address", Command.atcInvQw1(-1L, 0));
        assertMask(atc, "qw1", "size", Command.atcInvQw1(0, -1));
    }
}
