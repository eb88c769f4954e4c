/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import static org.faultring.hwmodel.RecordChecks.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.faultring.hwmodel.Ruler;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.junit.jupiter.api.Test;

class AmdCommandTest {

    @Test
    void shouldEncodeTheWorkedExamples() {
        assertEquals("7000004200000308", Long.toHexString(AmdCommand.completeQw0(0x0308, 0x42)));
        assertEquals("1a500000004", Long.toHexString(AmdCommand.completeQw1(AmdCommand.GN, 0x1A5, 0)));
        assertEquals("11a500000004", Long.toHexString(AmdCommand.completeQw1(AmdCommand.GN, 0x1A5, 1)));
        assertEquals("21a500000004", Long.toHexString(AmdCommand.completeQw1(AmdCommand.GN, 0x1A5, 2)));
        assertEquals("f1a500000004", Long.toHexString(AmdCommand.completeQw1(AmdCommand.GN, 0x1A5, 0xF)));
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            final int device = random.nextInt(1 << 16);
            final int pasid = random.nextInt(1 << 20);
            final int index = random.nextInt(512);
            final int code = random.nextInt(16);
            final long gn = random.nextBoolean() ? AmdCommand.GN : 0;
            final long qw0 = AmdCommand.completeQw0(device, pasid);
            final long qw1 = AmdCommand.completeQw1(gn, index, code);
            assertEquals(AmdCommand.COMPLETE_PPR_REQUEST, AmdCommand.type(qw0));
            assertEquals(device, AmdCommand.deviceId(qw0));
            assertEquals(pasid, AmdCommand.pasid(qw0));
            assertEquals(index, AmdCommand.groupIndex(qw1));
            assertEquals(code, AmdCommand.code(qw1));
            assertEquals(gn, qw1 & AmdCommand.GN);
            assertEquals(device, field(AmdRecords.COMMAND, "device-id", qw0, qw1));
            assertEquals(pasid, field(AmdRecords.COMMAND, "pasid", qw0, qw1));
            assertEquals(index, field(AmdRecords.COMMAND, "prgi", qw0, qw1));
            assertEquals(code, field(AmdRecords.COMMAND, "code", qw0, qw1));
            assertEquals(gn == 0 ? 0 : 1, field(AmdRecords.COMMAND, "gn", qw0, qw1));
            final long address = random.nextLong() & 0x000F_FFFF_FFFF_FFF8L;
            final long wait = AmdCommand.waitQw0(address, AmdCommand.STORE | AmdCommand.INTERRUPT);
            assertEquals(AmdCommand.COMPLETION_WAIT, AmdCommand.type(wait));
            assertEquals(address, AmdCommand.storeAddress(wait));
            assertEquals(address, field(AmdRecords.COMMAND, "store-address", wait, qw1));
            assertEquals(qw1, field(AmdRecords.COMMAND, "store-data", wait, qw1));
        }
    }

    @Test
    void shouldLieAsItsRulersSay() {
        final Ruler complete = Ruler.of(AmdCommand.class).get(0);
        final long none = AmdCommand.completeQw0(0, 0);
        assertEquals(7L << 60, none);
        assertEquals(60, complete.field("qw0", "type 7").low());
        assertEquals(complete.field("qw0", "PASID").mask(), none ^ AmdCommand.completeQw0(0, -1));
        assertEquals(complete.field("qw0", "device ID").mask(), none ^ AmdCommand.completeQw0(-1, 0));
        assertEquals(complete.field("qw1", "code").mask(), AmdCommand.completeQw1(0, 0, -1));
        assertEquals(complete.field("qw1", "PRGI").mask(), AmdCommand.completeQw1(0, -1, 0));
        assertEquals(complete.field("qw1", "GN").mask(), AmdCommand.GN);
        assertEquals(0, AmdCommand.completeQw0(-1, -1) & complete.zeroBits("qw0"));
        assertEquals(0, AmdCommand.completeQw1(AmdCommand.GN, -1, -1) & complete.zeroBits("qw1"));
        final Ruler wait = Ruler.of(AmdCommand.class).get(1);
        assertEquals(1L << 60, AmdCommand.waitQw0(0, 0));
        assertEquals(60, wait.field("qw0", "type 1").low());
        assertEquals(wait.field("qw0", "store address").mask(), 1L << 60 ^ AmdCommand.waitQw0(-1, 0));
        assertEquals(wait.field("qw0", "S").mask(), AmdCommand.STORE);
        assertEquals(wait.field("qw0", "I").mask(), AmdCommand.INTERRUPT);
        assertEquals(4, wait.field("qw0", "F").mask());
        assertEquals(-1L, wait.field("qw1", "store data").mask());
        final Ruler invalidate = Ruler.of(AmdCommand.class).get(2);
        final long nothing = AmdCommand.invalidateQw0(0, 0, 0);
        assertEquals(4L << 60, nothing);
        assertEquals(60, invalidate.field("qw0", "type 4").low());
        assertEquals(invalidate.field("qw0", "PASID low").mask(), nothing ^ AmdCommand.invalidateQw0(0, 0, 0xFF));
        assertEquals(invalidate.field("qw0", "PASID middle").mask(),
                nothing ^ AmdCommand.invalidateQw0(0, 0, 0xFF00));
        assertEquals(invalidate.field("qw0", "PASID high").mask(),
                nothing ^ AmdCommand.invalidateQw0(0, 0, 0xF0000));
        assertEquals(invalidate.field("qw0", "MaxPend").mask(), nothing ^ AmdCommand.invalidateQw0(0, -1, 0));
        assertEquals(invalidate.field("qw0", "device ID").mask() | invalidate.field("qw0", "queue ID").mask(),
                nothing ^ AmdCommand.invalidateQw0(-1, 0, 0));
        assertEquals(invalidate.field("qw1", "address").mask(),
                AmdCommand.invalidateQw1(-4096L, PageRequestMessage.NO_PASID));
        assertEquals(invalidate.field("qw1", "S").mask(), AmdCommand.SIZE);
        assertEquals(invalidate.field("qw1", "GN").mask(), AmdCommand.GN);
        assertEquals(0, AmdCommand.invalidateQw1(-1, 0) & invalidate.zeroBits("qw1"));
    }

    @Test
    void shouldDecodeTheInvalidationsItEncoded() {
        final Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            final int pasid = random.nextInt(8) == 0 ? PageRequestMessage.NO_PASID : random.nextInt(1 << 20);
            final int device = random.nextInt(1 << 16);
            final long body = InvalidateRequestMessage.of(random.nextLong(), random.nextInt(53), 0);
            final long qw0 = AmdCommand.invalidateQw0(device, random.nextInt(33), pasid);
            final long qw1 = AmdCommand.invalidateQw1(body, pasid);
            assertEquals(AmdCommand.INVALIDATE_IOTLB_PAGES, AmdCommand.type(qw0));
            assertEquals(device, AmdCommand.deviceId(qw0));
            assertEquals(pasid, AmdCommand.invalidatedPasid(qw0, qw1));
            assertEquals(body, AmdCommand.invalidateBody(qw1));
        }
    }
}
