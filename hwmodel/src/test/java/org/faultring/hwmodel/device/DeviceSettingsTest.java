/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.hwmodel.pci.PasidPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSettingsTest {

    @Test
    void shouldTakeTheEndsOfAllRanges() {
        final DeviceSettings least = new DeviceSettings(0, 1, 0, 1, 1);
        assertEquals(0, least.laps());
        final DeviceSettings most = new DeviceSettings(0xFFFF, 1024, Long.MAX_VALUE, Integer.MAX_VALUE, 512);
        assertEquals(512, most.groupsPerTurn());
    }

    @Test
    void shouldTakeOnlyWhatAPrefixCanAskFor() {
        final DeviceSettings quiet = new DeviceSettings(0, 1, 0, 1, 1);
        assertEquals(PasidPrefix.REQUESTED, quiet.withRequested(PasidPrefix.REQUESTED).requested());
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> quiet.withRequested(1));
        assertEquals("requested=0x1 (expected: bits of a PASID prefix)", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "-1; 1; 0; 1; 1; requesterId=-1 (expected: 0..65535)",
        "65536; 1; 0; 1; 1; requesterId=65536 (expected: 0..65535)",
        "0; 0; 0; 1; 1; deviceId=0 (expected: 1..1024)",
        "0; 1025; 0; 1; 1; deviceId=1025 (expected: 1..1024)",
        "0; 1; -1; 1; 1; laps=-1 (expected: 0..9223372036854775807)",
        "0; 1; 0; 0; 1; sampleEvery=0 (expected: 1..2147483647)",
        "0; 1; 0; 1; 0; groupsPerTurn=0 (expected: 1..512)",
        "0; 1; 0; 1; 513; groupsPerTurn=513 (expected: 1..512)"})
    void shouldRefuseValuesOutOfRange(final int requesterId, final int deviceId, final long laps,
            final int sampleEvery, final int groupsPerTurn, final String message) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> new DeviceSettings(requesterId, deviceId, laps, sampleEvery, groupsPerTurn));
        assertEquals(message, e.getMessage());
    }
}
