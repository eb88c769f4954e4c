/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel.iommufd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IommufdLimitsTest {

    @ParameterizedTest
    @CsvSource({"0, 1, 2, 2, 1, 1, objects=0 (expected: 1..1048576)", "1, 0, 2, 2, 1, 1, devices=0 (expected: 1..1024)",
        "1, 1, 3, 2, 1, 1, 'groups=3 (expected: a power of two, 2..1048576)'",
        "1, 1, 2, 1, 1, 1, 'waitingFaults=1 (expected: a power of two, 2..1048576)'",
        "1, 1, 2, 2, 0, 1, waitingRequests=0 (expected: 1..16777216)",
        "1, 1, 2, 2, 1, 0, 'answers=0 (expected: a power of two, 1..1048576)'"})
    void shouldSayWhatIsOutOfRange(final int objects, final int devices, final int groups, final int waitingFaults,
            final int waitingRequests, final int answers, final String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> new IommufdLimits(objects, devices, groups, waitingFaults, waitingRequests, answers))
                .getMessage());
    }

    @Test
    void shouldTakeTheSmallest() {
        assertEquals(1, new ModelIommufd(new IommufdLimits(1, 1, 2, 2, 1, 1)).ioasAlloc());
    }
}
