/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexRegistersTest {

    private final IndexRegisters registers = new IndexRegisters();

    @Test
    void shouldBeZeroAtFirst() {
        assertEquals(0, registers.producer());
        assertEquals(0, registers.consumer());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x8765_4321})
    void shouldKeepAll32BitsOfEachRegister(final int value) {
        registers.writeProducer(value);
        assertEquals(value, registers.producer());
        assertEquals(0, registers.consumer());
        registers.writeConsumer(~value);
        assertEquals(value, registers.producer());
        assertEquals(~value, registers.consumer());
        registers.writeProducer(0);
        assertEquals(0, registers.producer());
        assertEquals(~value, registers.consumer());
    }
}
