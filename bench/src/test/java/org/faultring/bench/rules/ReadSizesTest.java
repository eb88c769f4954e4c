/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of a fault file take multiples of the record's length, whatever there is to read. */
class ReadSizesTest extends RulesContract {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 8, 39, 41, 79, 81, 4096})
    void shouldRefuseALengthThatIsNoMultipleOfTheRecord(final int bytes) {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        assertFails(Errno.ESPIPE, queue.readBytes(bytes));
        raise(device, 7);
        assertFails(Errno.ESPIPE, queue.readBytes(bytes));
        assertTrue(queue.isReadable());
        assertEquals(7, queue.readOne().groupIndex());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {40, 80, 4080, 10_240})
    void shouldTakeAnyMultipleOfTheRecord(final int bytes) {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 7);
        assertEquals(RECORD, queue.readBytes(bytes));
        assertEquals(7, queue.record(0).groupIndex());
    }

    @Test
    void shouldSayInItsShapeWhatItTakes() {
        assertEquals(FileShape.IOMMUFD_FAULT, faultQueue().file.shape());
    }
}
