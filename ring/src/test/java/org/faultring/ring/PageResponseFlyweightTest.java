/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageResponseFlyweightTest {

    private final ByteBuffer buffer = RingMemory.allocate(32);
    private final PageResponseFlyweight response = new PageResponseFlyweight();

    @Test
    void shouldHaveTheLayoutAndCodesOfLinux() {
        assertEquals(8, PageResponseFlyweight.LENGTH_BYTES);
        assertEquals(0, PageResponseFlyweight.COOKIE_OFFSET);
        assertEquals(4, PageResponseFlyweight.CODE_OFFSET);
        assertEquals(0, PageResponseFlyweight.SUCCESS);
        assertEquals(1, PageResponseFlyweight.INVALID);
        assertEquals(2, PageResponseFlyweight.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 24, 3})
    void shouldWriteTheBytesOfTheAnswerAndNoOthers(final int offset) {
        Bytes.fill(buffer, 0xEE);
        buffer.order(ByteOrder.BIG_ENDIAN);
        assertSame(response, response.wrap(buffer, offset));
        assertSame(response, response.set(0x8A0B_0C0D, PageResponseFlyweight.INVALID));
        assertEquals("ee ".repeat(offset) + "0d 0c 0b 8a 01 00 00 00" + " ee".repeat(24 - offset),
                Bytes.hex(buffer, 0, 32));
    }

    @Test
    void shouldReadTheBytesOfTheAnswer() {
        Bytes.put(buffer, 8, "0d0c0b8a 02000080");
        response.wrap(buffer, 8);
        assertEquals(0x8A0B_0C0D, response.cookie());
        assertEquals(0x8000_0002, response.code());
    }

    @Test
    void shouldLetUserSpaceSayOnlySuccessAndInvalid() {
        assertTrue(PageResponseFlyweight.isUserCode(PageResponseFlyweight.SUCCESS));
        assertTrue(PageResponseFlyweight.isUserCode(PageResponseFlyweight.INVALID));
    }

    @ParameterizedTest
    @ValueSource(ints = {PageResponseFlyweight.FAILURE, 3, 15, 256, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseEveryOtherCodeToUserSpace(final int code) {
        assertFalse(PageResponseFlyweight.isUserCode(code));
    }
}
