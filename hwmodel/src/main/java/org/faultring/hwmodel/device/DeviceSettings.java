/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.Checks;

/**
 * How an {@link EndpointDevice} behaves.
 *
 * @param requesterId   of the function, 16 bits
 * @param deviceId      under which user space knows it, 1..1024
 * @param laps          how often the workload is raised from beginning to end, 0 for without end
 * @param sampleEvery   every how many groups one is sampled, from 1
 * @param groupsPerTurn groups raised in one duty cycle at most, 1..512
 */
public record DeviceSettings(int requesterId, int deviceId, long laps, int sampleEvery, int groupsPerTurn) {

    /** Checks the values. */
    public DeviceSettings {
        Checks.range("requesterId", requesterId, 0, 0xFFFF);
        Checks.range("deviceId", deviceId, 1, 1024);
        Checks.range("laps", laps, 0, Long.MAX_VALUE);
        Checks.range("sampleEvery", sampleEvery, 1, Integer.MAX_VALUE);
        Checks.range("groupsPerTurn", groupsPerTurn, 1, PageRequestMessage.GROUP_INDEXES);
    }
}
