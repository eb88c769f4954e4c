/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

class StoredRegisterTest {

    @Test
    void shouldBeginAt0() {
        assertEquals(0, new StoredRegister(-1).read());
    }

    @Test
    void shouldKeepWhatIsWritten() {
        final StoredRegister register = new StoredRegister(-1);
        final Random random = new Random(6);
        for (int i = 0; i < 1_000; i++) {
            final long value = random.nextLong();
            register.write(value);
            assertEquals(value, register.read());
        }
    }

    @Test
    void shouldKeepOnlyItsWritableBits() {
        final StoredRegister register = new StoredRegister(0x8000_0000_0000_F0F0L);
        register.write(-1);
        assertEquals(0x8000_0000_0000_F0F0L, register.read());
        register.write(0x1010);
        assertEquals(0x1010, register.read());
        register.write(0x0F0F);
        assertEquals(0, register.read());
    }
}
