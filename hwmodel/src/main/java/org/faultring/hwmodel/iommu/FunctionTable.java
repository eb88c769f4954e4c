/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import java.util.Arrays;

import org.faultring.hwmodel.pci.RequesterId;

/**
 * Functions that a driver knows: number in the fault reporter by requester ID, and back. Kernel world; {@link #add} and
 * {@link #remove} are set-up.
 */
public final class FunctionTable {

    /** A requester ID that is not known. */
    public static final int NO_DEVICE = -1;

    private final int[] deviceOf = new int[RequesterId.COUNT];
    private int[] requesterIdOf = new int[8];

    /** No functions. */
    public FunctionTable() {
        Arrays.fill(deviceOf, NO_DEVICE);
    }

    /**
     * Set-up: know a function.
     *
     * @param requesterId of the function, 16 bits
     * @param device      its number in the fault reporter, from 0
     */
    public void add(final int requesterId, final int device) {
        deviceOf[requesterId] = device;
        if (device >= requesterIdOf.length) {
            requesterIdOf = Arrays.copyOf(requesterIdOf, 2 * device);
        }
        requesterIdOf[device] = requesterId;
    }

    /**
     * Set-up: do not know a function any more; its number still gives its requester ID.
     *
     * @param requesterId of the function, 16 bits
     */
    public void remove(final int requesterId) {
        deviceOf[requesterId] = NO_DEVICE;
    }

    /**
     * Number of a function.
     *
     * @param requesterId of the function; a stream or device ID of more bits is not known
     * @return number in the fault reporter, or {@link #NO_DEVICE}
     */
    public int device(final int requesterId) {
        return requesterId >= 0 && requesterId < deviceOf.length ? deviceOf[requesterId] : NO_DEVICE;
    }

    /**
     * Requester ID of a function.
     *
     * @param device number that was added
     * @return 16 bits
     */
    public int requesterId(final int device) {
        return requesterIdOf[device];
    }
}
