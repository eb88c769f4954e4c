/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.hwmodel.pci.GroupIndexScope;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.ring.Checks;

/**
 * How an {@link EndpointDevice} behaves.
 *
 * @param requesterId   of the function, 16 bits
 * @param deviceId      under which user space knows it, 1..1024
 * @param laps          how often the workload is raised from beginning to end, 0 for without end
 * @param sampleEvery   every how many groups one is sampled, from 1; without effect where indexes are per PASID
 * @param groupsPerTurn groups raised in one duty cycle at most, 1..512
 * @param indexScope    within what a group index is unique
 * @param faultFate     who hears of faults that fail
 * @param requested     what the PASID prefix of each request asks for: {@link PasidPrefix#EXECUTE_REQUESTED},
 *                      {@link PasidPrefix#PRIVILEGED_MODE_REQUESTED}, or 0
 */
public record DeviceSettings(int requesterId, int deviceId, long laps, int sampleEvery, int groupsPerTurn,
        GroupIndexScope indexScope, FaultFate faultFate, int requested) {

    /** Checks the values. */
    public DeviceSettings {
        Checks.range("requesterId", requesterId, 0, 0xFFFF);
        Checks.range("deviceId", deviceId, 1, 1024);
        Checks.range("laps", laps, 0, Long.MAX_VALUE);
        Checks.range("sampleEvery", sampleEvery, 1, Integer.MAX_VALUE);
        Checks.range("groupsPerTurn", groupsPerTurn, 1, PageRequestMessage.GROUP_INDEXES);
        if (indexScope == null) {
            throw new IllegalArgumentException("indexScope=null (expected: a scope)");
        }
        if ((requested & ~PasidPrefix.REQUESTED) != 0) {
            throw new IllegalArgumentException(
                    "requested=0x" + Integer.toHexString(requested) + " (expected: bits of a PASID prefix)");
        }
        if (faultFate == null) {
            throw new IllegalArgumentException("faultFate=null (expected: a fate)");
        }
    }

    /**
     * A device with 512 group indexes, of whose failed faults nobody else hears.
     *
     * @param requesterId   of the function, 16 bits
     * @param deviceId      under which user space knows it, 1..1024
     * @param laps          how often the workload is raised from beginning to end, 0 for without end
     * @param sampleEvery   every how many groups one is sampled, from 1
     * @param groupsPerTurn groups raised in one duty cycle at most, 1..512
     */
    public DeviceSettings(final int requesterId, final int deviceId, final long laps, final int sampleEvery,
            final int groupsPerTurn) {
        this(requesterId, deviceId, laps, sampleEvery, groupsPerTurn, GroupIndexScope.PER_FUNCTION,
                FaultFate.ERROR_COMPLETION, 0);
    }

    /**
     * The same with other group indexes.
     *
     * @param newIndexScope see {@link #indexScope()}
     * @return new settings
     */
    public DeviceSettings withIndexScope(final GroupIndexScope newIndexScope) {
        return new DeviceSettings(requesterId, deviceId, laps, sampleEvery, groupsPerTurn, newIndexScope, faultFate,
                requested);
    }

    /**
     * The same with another fate of failed faults.
     *
     * @param newFaultFate see {@link #faultFate()}
     * @return new settings
     */
    public DeviceSettings withFaultFate(final FaultFate newFaultFate) {
        return new DeviceSettings(requesterId, deviceId, laps, sampleEvery, groupsPerTurn, indexScope, newFaultFate,
                requested);
    }

    /**
     * The same with another PASID prefix.
     *
     * @param newRequested see {@link #requested()}
     * @return new settings
     */
    public DeviceSettings withRequested(final int newRequested) {
        return new DeviceSettings(requesterId, deviceId, laps, sampleEvery, groupsPerTurn, indexScope, faultFate,
                newRequested);
    }
}
