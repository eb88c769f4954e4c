/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.hwmodel.device.EndpointDevice;
import org.faultring.hwmodel.device.FaultingDevice;
import org.faultring.hwmodel.device.MisbehavingEndpoint;

/**
 * A function that misbehaves on purpose, and what stands between it and the IOMMU. It floods in those duty cycles in
 * which it also raises, so that its flood ends when it does.
 *
 * @param function raises the workload
 * @param rogue    spoils what it sends
 */
record RogueDevice(EndpointDevice function, MisbehavingEndpoint rogue) implements FaultingDevice {

    @Override
    public int doWork() {
        final int raised = function.doWork();
        return raised == 0 ? 0 : raised + rogue.doWork();
    }

    @Override
    public void stopRaising() {
        function.stopRaising();
    }

    @Override
    public boolean isFinished() {
        return function.isFinished();
    }

    @Override
    public long activeNanos() {
        return function.activeNanos();
    }

    @Override
    public int outstanding() {
        return function.outstanding();
    }

    @Override
    public long nextDueNanos() {
        return function.nextDueNanos();
    }
}
