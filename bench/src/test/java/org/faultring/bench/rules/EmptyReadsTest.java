/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read of an empty fault file returns 0 at once; that is not the end of the file. */
class EmptyReadsTest extends RulesContract {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 40, 80, 4080})
    void shouldReturnZero(final int bytes) {
        final FaultQueue queue = faultQueue();
        assertEquals(0, queue.readBytes(bytes));
        attached(queue);
        assertEquals(0, queue.readBytes(bytes));
    }

    @Test
    void shouldGoOnAfterZero() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        for (int group = 1; group <= 3; group++) {
            assertEquals(0, queue.read(4));
            raise(device, group);
            assertEquals(RECORD, queue.read(4));
            assertEquals(group, queue.record(0).groupIndex());
        }
        assertEquals(0, queue.read(4));
    }

    @Test
    void shouldReturnZeroWhileGroupsAreUnanswered() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final int cookie = queue.readOne().cookie();
        assertEquals(0, queue.read(1));
        assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
        assertEquals(0, queue.read(1));
    }
}
