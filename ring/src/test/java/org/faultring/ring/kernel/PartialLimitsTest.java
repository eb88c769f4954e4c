/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory for waiting requests is shared, and each device has a share. */
class PartialLimitsTest {

    private final Kernel kernel = new Kernel(16, new PartialLimits(8, 3), 4);
    private final RingSink sink = new RingSink(32);

    @BeforeEach
    void attach() {
        for (int device = 0; device < 4; device++) {
            kernel.attachments.attach(device, 0, IommuDomain.paging(sink));
        }
    }

    @Test
    void shouldLeaveNeighboursTheirShareWhenADeviceNeverSendsALastRequest() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(i < 3 ? FaultReporter.OK : -Errno.ENOMEM, kernel.report(0, 0, 0, i & 511, i));
        }
        assertEquals(997, kernel.count(Counter.DROPPED_BY_KERNEL));
        assertEquals(List.of(), kernel.port.answers());
        for (int i = 0; i < 3; i++) {
            assertEquals(FaultReporter.OK, kernel.report(1, 0, 0, 5, i));
        }
        assertEquals(-Errno.ENOMEM, kernel.report(1, 0, 0, 5, 3));
        assertEquals(FaultReporter.OK, kernel.report(1, LAST, 0, 5, 4));
        assertEquals(4, sink.pollOne().faults().size());
        // What was given back counts no more.
        for (int i = 0; i < 3; i++) {
            assertEquals(FaultReporter.OK, kernel.report(1, 0, 0, 6, i));
        }
    }

    @Test
    void shouldShareWhatAllDevicesHaveTogether() {
        for (int device = 0; device < 4; device++) {
            for (int i = 0; i < 3; i++) {
                assertEquals(3 * device + i < 8 ? FaultReporter.OK : -Errno.ENOMEM, kernel.report(device, 0, 0, 1, i));
            }
        }
        assertEquals(8, kernel.reporter.waitingRequests());
        assertEquals(4, kernel.count(Counter.DROPPED_BY_KERNEL));
    }

    @Test
    void shouldGiveAShareBackWithADiscardAndARemoval() {
        for (int i = 0; i < 3; i++) {
            kernel.report(0, 0, 0, i, i);
            kernel.report(1, 0, 0, i, i);
        }
        kernel.reporter.discardPartials();
        for (int i = 0; i < 3; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, i, i));
        }
        kernel.reporter.removeDevice(0);
        kernel.reporter.returnDevice(0);
        for (int i = 0; i < 3; i++) {
            assertEquals(FaultReporter.OK, kernel.report(0, 0, 0, i, i));
            assertEquals(FaultReporter.OK, kernel.report(1, 0, 0, i, i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 'total=0 (expected: 1..16777216)'", "16777217, 1, 'total=16777217 (expected: 1..16777216)'",
        "8, 0, 'perDevice=0 (expected: 1..8)'", "8, 9, 'perDevice=9 (expected: 1..8)'"})
    void shouldRefuseLimitsOutOfRange(final int total, final int perDevice, final String message) {
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> new PartialLimits(total, perDevice)).getMessage());
    }
}
