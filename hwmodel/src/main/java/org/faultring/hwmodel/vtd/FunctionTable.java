/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.Arrays;

import org.faultring.hwmodel.pci.RequesterId;

/** Functions that a driver knows: number in the fault reporter by requester ID, and back. Kernel world. */
final class FunctionTable {

    /** A requester ID that is not known. */
    static final int NO_DEVICE = -1;

    private final int[] deviceOf = new int[RequesterId.COUNT];
    private int[] requesterIdOf = new int[8];

    FunctionTable() {
        Arrays.fill(deviceOf, NO_DEVICE);
    }

    void add(final int requesterId, final int device) {
        deviceOf[requesterId] = device;
        if (device >= requesterIdOf.length) {
            requesterIdOf = Arrays.copyOf(requesterIdOf, 2 * device);
        }
        requesterIdOf[device] = requesterId;
    }

    void remove(final int requesterId) {
        deviceOf[requesterId] = NO_DEVICE;
    }

    /** Number of a function, or {@link #NO_DEVICE}. */
    int device(final int requesterId) {
        return deviceOf[requesterId];
    }

    int requesterId(final int device) {
        return requesterIdOf[device];
    }
}
