/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fault objects can be made. */
class FaultObjectAllocationTest extends RulesContract {

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {1, 2, Integer.MIN_VALUE, -1})
    void shouldRefuseEveryFlag(final int flags) {
        assertFails(Errno.EOPNOTSUPP, iommufd.faultQueueAlloc(flags));
        assertEquals(2, ok(iommufd.ioasAlloc()), "no number was used up");
    }

    @Test
    void shouldMakeSeveralThatKnowNothingOfEachOther() {
        final FaultQueue one = faultQueue();
        final FaultQueue other = faultQueue();
        raise(attached(one), 1);
        assertTrue(one.isReadable());
        assertFalse(other.isReadable());
        assertEquals(0, other.read(1));
    }
}
