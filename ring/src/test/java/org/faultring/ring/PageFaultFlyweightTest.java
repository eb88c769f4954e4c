/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFaultFlyweightTest {

    /** struct iommu_hwpt_pgfault: flags, dev_id, pasid, grpid, perm, __reserved, addr, length, cookie. */
    private static final String RECORD = "03 00 00 00" + " 04 03 02 81" + " 45 23 01 00" + " ff 01 00 00"
            + " 0b 00 00 00" + " 00 00 00 00" + " 00 f0 de bc 9a 78 56 f4" + " 00 00 00 00" + " 0d 0c 0b 8a";
    private static final int AT = 16;

    private final ByteBuffer buffer = RingMemory.allocate(128);
    private final PageFaultFlyweight fault = new PageFaultFlyweight();

    private PageFaultFlyweight setAt(final int offset) {
        return fault.wrap(buffer, offset).set(PageFaultFlyweight.PASID_VALID | PageFaultFlyweight.LAST_PAGE,
                0x8102_0304, 0x12345, 511,
                PageFaultFlyweight.READ | PageFaultFlyweight.WRITE | PageFaultFlyweight.PRIV,
                0xF456_789A_BCDE_F000L, 0x8A0B_0C0D);
    }

    @Test
    void shouldHaveTheLayoutOfLinux() {
        assertEquals(40, PageFaultFlyweight.LENGTH_BYTES);
        assertEquals(0, PageFaultFlyweight.FLAGS_OFFSET);
        assertEquals(4, PageFaultFlyweight.DEV_ID_OFFSET);
        assertEquals(8, PageFaultFlyweight.PASID_OFFSET);
        assertEquals(12, PageFaultFlyweight.GRPID_OFFSET);
        assertEquals(16, PageFaultFlyweight.PERM_OFFSET);
        assertEquals(20, PageFaultFlyweight.RESERVED_OFFSET);
        assertEquals(24, PageFaultFlyweight.ADDR_OFFSET);
        assertEquals(32, PageFaultFlyweight.LENGTH_OFFSET);
        assertEquals(36, PageFaultFlyweight.COOKIE_OFFSET);
    }

    @Test
    void shouldHaveTheFlagsOfLinux() {
        assertEquals(1, PageFaultFlyweight.PASID_VALID);
        assertEquals(2, PageFaultFlyweight.LAST_PAGE);
        assertEquals(4, PageFaultFlyweight.RESPONSE_NEEDS_PASID);
        assertEquals(1, PageFaultFlyweight.READ);
        assertEquals(2, PageFaultFlyweight.WRITE);
        assertEquals(4, PageFaultFlyweight.EXEC);
        assertEquals(8, PageFaultFlyweight.PRIV);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 64, 3, 88})
    void shouldWriteTheBytesOfTheRecordAndNoOthers(final int offset) {
        Bytes.fill(buffer, 0xEE);
        assertSame(fault, setAt(offset));
        assertEquals(RECORD, Bytes.hex(buffer, offset, 40));
        for (int i = 0; i < buffer.capacity(); i++) {
            if (i < offset || i >= offset + 40) {
                assertEquals((byte) 0xEE, buffer.get(i));
            }
        }
    }

    @Test
    void shouldReadTheBytesOfTheRecord() {
        Bytes.fill(buffer, 0xEE);
        Bytes.put(buffer, AT,
                "03000000 04030281 45230100 ff010000 0b000000 07000000 00f0debc9a7856f4 00200000 0d0c0b8a");
        fault.wrap(buffer, AT);
        assertEquals(3, fault.flags());
        assertEquals(0x8102_0304, fault.deviceId());
        assertEquals(0x12345, fault.pasid());
        assertEquals(511, fault.groupIndex());
        assertEquals(0xB, fault.permissions());
        assertEquals(0xF456_789A_BCDE_F000L, fault.address());
        assertEquals(0x2000, fault.length());
        assertEquals(0x8A0B_0C0D, fault.cookie());
    }

    @Test
    void shouldReadBackWhatWasSetToTheEndsOfTheRanges() {
        fault.wrap(buffer, AT).set(-1, -1, -1, -1, -1, -1L, -1);
        assertEquals("ff ".repeat(20) + "00 00 00 00 " + "ff ".repeat(8) + "00 00 00 00 ff ff ff ff",
                Bytes.hex(buffer, AT, 40));
        assertEquals(-1, fault.flags());
        assertEquals(-1, fault.deviceId());
        assertEquals(-1, fault.pasid());
        assertEquals(-1, fault.groupIndex());
        assertEquals(-1, fault.permissions());
        assertEquals(-1L, fault.address());
        assertEquals(0, fault.length());
        assertEquals(-1, fault.cookie());
        fault.set(0, Integer.MIN_VALUE, 0, Integer.MIN_VALUE, 0, Long.MIN_VALUE, Integer.MIN_VALUE);
        assertEquals(0, fault.flags());
        assertEquals(Integer.MIN_VALUE, fault.deviceId());
        assertEquals(0, fault.pasid());
        assertEquals(Integer.MIN_VALUE, fault.groupIndex());
        assertEquals(Long.MIN_VALUE, fault.address());
        assertEquals(Integer.MIN_VALUE, fault.cookie());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldKeepEveryFlag(final int flags) {
        fault.wrap(buffer, AT).set(flags, 0, 0, 0, 0, 0, 0);
        assertEquals(flags, fault.flags());
        assertEquals((flags & 2) != 0, fault.isLast());
    }

    @Test
    void shouldTellTheLastRecordByItsFlagAlone() {
        fault.wrap(buffer, AT).set(~PageFaultFlyweight.LAST_PAGE, 0, 0, 0, 0, 0, 0);
        assertFalse(fault.isLast());
        fault.set(PageFaultFlyweight.LAST_PAGE, 0, 0, 0, 0, 0, 0);
        assertTrue(fault.isLast());
    }

    @Test
    void shouldNameTheGroupWithoutTouchingTheRest() {
        setAt(AT);
        assertSame(fault, fault.cookie(0x7766_5544));
        assertEquals(0x7766_5544, fault.cookie());
        assertEquals(RECORD.substring(0, 36 * 3) + "44 55 66 77", Bytes.hex(buffer, AT, 40));
    }

    @Test
    void shouldNotCareForTheOrderOfTheBuffer() {
        buffer.order(ByteOrder.BIG_ENDIAN);
        setAt(AT);
        assertEquals(RECORD, Bytes.hex(buffer, AT, 40));
        assertEquals(0x8102_0304, fault.deviceId());
    }

    @Test
    void shouldMoveFromRecordToRecordAndBufferToBuffer() {
        final ByteBuffer other = RingMemory.allocate(64);
        setAt(AT);
        assertSame(buffer, fault.buffer());
        assertEquals(AT, fault.offset());
        assertSame(fault, fault.wrap(other, 8));
        assertSame(other, fault.buffer());
        assertEquals(8, fault.offset());
        assertEquals(0, fault.cookie());
        assertEquals(0x8A0B_0C0D, fault.wrap(buffer, AT).cookie());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 5, 24})
    void shouldCopyTheRecordAndNothingElse(final int targetIndex) {
        final ByteBuffer target = ByteBuffer.allocate(64);
        Bytes.fill(target, 0xAA);
        Bytes.fill(buffer, 0xEE);
        setAt(AT).copyTo(target, targetIndex);
        assertEquals(RECORD, Bytes.hex(target, targetIndex, 40));
        for (int i = 0; i < target.capacity(); i++) {
            if (i < targetIndex || i >= targetIndex + 40) {
                assertEquals((byte) 0xAA, target.get(i));
            }
        }
        assertEquals(RECORD, Bytes.hex(buffer, AT, 40));
        assertSame(buffer, fault.buffer());
        assertEquals(AT, fault.offset());
    }

    @Test
    void shouldNotWriteBehindTheEndOfTheBuffer() {
        assertThrows(IndexOutOfBoundsException.class, () -> setAt(128 - 39));
        assertThrows(IndexOutOfBoundsException.class, () -> setAt(0).copyTo(ByteBuffer.allocate(39), 0));
    }
}
