/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.iommus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultObjectLoadTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1024, 5000, 4096", "65536, 500000, 4096"})
    void shouldGetOneAnswerForEachFaultBesideWhatStandsOpen(final int attachments, final int openGroups,
            final int partials) {
        final FaultObjectLoad load = new FaultObjectLoad(attachments, openGroups, partials);
        for (int burst = 1; burst <= 2000; burst++) {
            load.move();
            assertEquals((long) burst * FaultObjectLoad.BURST, load.answered());
            assertEquals(openGroups, load.openGroups());
            assertEquals(partials, load.waitingRequests());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "3, 0, 0", "131072, 0, 0", "1, -1, 0", "1, 500001, 0", "1, 0, -1", "1, 0, 4097"})
    void shouldRefuseWhatIsOutOfRange(final int attachments, final int openGroups, final int partials) {
        assertThrows(IllegalArgumentException.class, () -> new FaultObjectLoad(attachments, openGroups, partials));
    }
}
