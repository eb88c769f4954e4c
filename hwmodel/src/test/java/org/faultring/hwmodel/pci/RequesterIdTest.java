/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;

import org.junit.jupiter.api.Test;

class RequesterIdTest {

    @Test
    void shouldMakeTheIdOfTheExamples() {
        assertEquals(0x0308, RequesterId.of(3, 1, 0));
        assertEquals("03:01.0", RequesterId.format(0x0308));
    }

    @Test
    void shouldGiveEveryFunctionAnIdOfItsOwn() {
        final BitSet seen = new BitSet();
        for (int bus = 0; bus < 256; bus++) {
            for (int device = 0; device < 32; device++) {
                for (int function = 0; function < 8; function++) {
                    seen.set(RequesterId.of(bus, device, function));
                }
            }
        }
        assertEquals(RequesterId.COUNT, seen.cardinality());
        assertEquals(RequesterId.COUNT, seen.length());
    }

    @Test
    void shouldWriteAnIdAsPeopleDo() {
        assertEquals("00:00.0", RequesterId.format(0));
        assertEquals("ff:1f.7", RequesterId.format(0xFFFF));
        assertEquals("00:02.0", RequesterId.format(RequesterId.of(0, 2, 0)));
        assertEquals("80:1f.3", RequesterId.format(RequesterId.of(0x80, 0x1F, 3)));
    }

    @Test
    void shouldKeepWithin16Bits() {
        assertTrue(RequesterId.of(-1, -1, -1) < RequesterId.COUNT);
        assertEquals(RequesterId.of(1, 0, 0), RequesterId.of(0x101, 32, 8));
    }
}
