/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.iommus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.faultring.hwmodel.path.IommuKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IommuLoadTest {

    @ParameterizedTest
    @EnumSource
    void shouldGetOneAnswerForEachRequest(final IommuKind kind) {
        for (final int devices : new int[] {1, 3, IommuLoad.MAX_DEVICES}) {
            for (final RequestChecks checks : RequestChecks.values()) {
                final IommuLoad load = new IommuLoad(kind, devices, checks);
                for (int burst = 1; burst <= 100; burst++) {
                    load.move();
                    assertEquals((long) burst * IommuLoad.BURST, load.answered());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseMoreDevicesThanThereCanBe(final IommuKind kind) {
        assertThrows(IllegalArgumentException.class, () -> new IommuLoad(kind, 0, RequestChecks.USUAL));
        assertThrows(IllegalArgumentException.class,
                () -> new IommuLoad(kind, IommuLoad.MAX_DEVICES + 1, RequestChecks.USUAL));
    }
}
