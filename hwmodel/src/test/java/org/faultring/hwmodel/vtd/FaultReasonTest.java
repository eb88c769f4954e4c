/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

import org.faultring.hwmodel.iommu.FaultLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultReasonTest {

    @ParameterizedTest
    @CsvSource({"0x70, 0x77, FIRST", "0x78, 0x7C, SECOND", "0x38, 0x5F, CONFIGURATION", "0x20, 0x33, CONFIGURATION",
        "0x01, 0x04, CONFIGURATION", "0x05, 0x07, SECOND", "0x80, 0x82, FIRST", "0x85, 0x86, FIRST",
        "0x84, 0x84, SECOND", "0x87, 0x87, CONFIGURATION", "0xA0, 0xFF, CONFIGURATION", "0, 0, CONFIGURATION"})
    void shouldSayWhichLevelFailed(final String first, final String last, final FaultLevel level) {
        for (int reason = Integer.decode(first); reason <= Integer.decode(last); reason++) {
            assertEquals(level, FaultReason.level(reason), Integer.toHexString(reason));
        }
    }

    @Test
    void shouldKnowTheReasonsOfTheTables() {
        final int[][] ranges = {{0x1, 0xE}, {0x20, 0x26}, {0x30, 0x32}, {0x38, 0x3A}, {0x40, 0x48}, {0x50, 0x52},
            {0x58, 0x5D}, {0x70, 0x7C}, {0x80, 0x87}, {0x90, 0x90}};
        final Set<Integer> known = new HashSet<>();
        for (final int[] range : ranges) {
            for (int reason = range[0]; reason <= range[1]; reason++) {
                assertTrue(!FaultReason.text(reason).isEmpty(), Integer.toHexString(reason));
                known.add(reason);
            }
        }
        for (int reason = 0; reason < FaultReason.COUNT; reason++) {
            assertEquals(known.contains(reason), !FaultReason.text(reason).isEmpty(), Integer.toHexString(reason));
        }
        assertEquals("scalable context entry: page requests not enabled",
                FaultReason.text(FaultReason.PAGE_REQUEST_BLOCKED));
        assertEquals("first level: not present", FaultReason.text(FaultReason.FIRST_LEVEL_NOT_PRESENT));
        assertEquals("second level: read or write denied", FaultReason.text(FaultReason.SECOND_LEVEL_DENIED));
    }
}
