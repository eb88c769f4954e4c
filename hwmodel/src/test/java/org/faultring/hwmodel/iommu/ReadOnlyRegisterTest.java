/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReadOnlyRegisterTest {

    @Test
    void shouldGiveItsBitsAndIgnoreWrites() {
        final long[] bits = {1};
        final ReadOnlyRegister register = new ReadOnlyRegister(() -> bits[0]);
        assertEquals(1, register.read());
        register.write(-1);
        assertEquals(1, register.read());
        bits[0] = Long.MIN_VALUE;
        assertEquals(Long.MIN_VALUE, register.read());
    }
}
