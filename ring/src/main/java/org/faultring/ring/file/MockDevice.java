/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * The three numbers of a mock device.
 *
 * @param result     0, or what went wrong; then the numbers are 0
 * @param selfTestId of the test's own object: destroying it takes the device away
 * @param pageTable  that the device is attached to
 * @param deviceId   as page tables are allocated for it and faults carry it
 */
public record MockDevice(int result, int selfTestId, int pageTable, int deviceId) {

    /**
     * No device.
     *
     * @param error negated error number
     * @return what to hand back
     */
    public static MockDevice failed(final int error) {
        return new MockDevice(error, 0, 0, 0);
    }
}
