/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;

/**
 * Memory for requests that wait for the last one of their group. Linux has no limit of its own; here a request beyond
 * one is its "no memory for a partial".
 *
 * <p>A device that never closes a group, and ignores its credits, fills its own share and no more. Where {@code total}
 * is at least {@code perDevice} times the devices, nothing that others do takes memory from a device.
 *
 * @param total     requests of all devices, 1 .. 2^24
 * @param perDevice requests of one device, 1 .. total
 */
public record PartialLimits(int total, int perDevice) {

    /** Most requests that may wait. */
    public static final int MAX_TOTAL = 1 << 24;

    /** Checks the limits. */
    public PartialLimits {
        Checks.range("total", total, 1, MAX_TOTAL);
        Checks.range("perDevice", perDevice, 1, total);
    }
}
