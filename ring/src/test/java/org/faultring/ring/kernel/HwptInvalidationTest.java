/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HwptInvalidationTest {

    /** A driver that does as the test says. */
    private static final class ScriptedPort implements InvalidationPort {

        private int result;
        private int handled;
        private int begun;
        private int type;
        private int count;

        @Override
        public int begin(final UserArray array) {
            begun++;
            type = array.type();
            count = array.count();
            return result;
        }

        @Override
        public int poll() {
            return result;
        }

        @Override
        public int handled() {
            return handled;
        }
    }

    private final ByteBuffer entries = RingMemory.allocate(64);
    private final ScriptedPort port = new ScriptedPort();
    private final HwptInvalidation call = new HwptInvalidation();

    /** A call before, whose count must not be seen again. */
    @BeforeEach
    void callOnce() {
        port.handled = 9;
        assertEquals(0, call.begin(port, 1, entries, 8, 9));
        assertEquals(9, call.handled());
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 1, 0", "0, 1, 1, 0", "0, 4096, 1, 0", "0, 8, 524288, 0", "0, 0, 0, 0", "0, -1, 0, 0",
        "1, 8, 1, -95", "1, 0, 1, -95", "-1, 8, 524289, -95", "0, 0, 1, -22", "0, 4097, 1, -22", "0, -1, 1, -22",
        "0, 8, 524289, -22", "0, 8, -1, -22", "0, 8, -2147483648, -22"})
    void shouldTestTheReservedWordThenCountAndLength(final int reserved, final int entryBytes, final int count,
            final int result) {
        assertEquals(result, call.check(reserved, entries, entryBytes, count));
        assertEquals(0, call.handled());
        assertEquals(1, port.begun);
    }

    @Test
    void shouldTakeANullPointerOnlyForNoEntries() {
        assertEquals(0, call.check(0, null, 8, 0));
        assertEquals(-Errno.EINVAL, call.check(0, null, 8, 1));
    }

    @Test
    void shouldRefuseAnObjectWhoseDriverTakesNone() {
        assertEquals(-Errno.EOPNOTSUPP, call.begin(null, 1, entries, 8, 1));
        assertEquals(0, call.handled());
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "-5, 3", "-22, 0", "-12, 7"})
    void shouldWriteBackTheCountWhateverTheResult(final int result, final int handled) {
        port.result = result;
        port.handled = handled;
        assertEquals(result, call.begin(port, 6, entries, 8, 7));
        assertEquals(handled, call.handled());
        assertEquals(6, port.type);
        assertEquals(7, port.count);
    }

    @Test
    void shouldAskForTheCountOnlyWhenTheDriverIsDone() {
        port.result = InvalidationPort.IN_PROGRESS;
        assertEquals(InvalidationPort.IN_PROGRESS, call.begin(port, 1, entries, 8, 4));
        assertEquals(InvalidationPort.IN_PROGRESS, call.poll());
        assertEquals(0, call.handled());
        port.result = -Errno.EIO;
        port.handled = 3;
        assertEquals(-Errno.EIO, call.poll());
        assertEquals(3, call.handled());
        assertEquals(2, port.begun);
    }
}
