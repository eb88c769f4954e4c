/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.util.Arrays;

import org.faultring.hwmodel.iommu.FunctionTable;

/** Which device has which stream, both ways, and as what its virtual machine knows it. Kernel world. */
final class StreamDirectory {

    /** No device has the stream. */
    static final int NO_DEVICE = FunctionTable.NO_DEVICE;
    private static final long NONE = -1;

    private final FunctionTable functions = new FunctionTable();
    private long[] virtualStreamOf = new long[8];
    private boolean[] stalls = new boolean[8];

    StreamDirectory() {
        Arrays.fill(virtualStreamOf, NONE);
    }

    void add(final int streamId, final int device, final boolean mayStall) {
        functions.add(streamId, device);
        if (device >= stalls.length) {
            final int before = stalls.length;
            stalls = Arrays.copyOf(stalls, 2 * device);
            virtualStreamOf = Arrays.copyOf(virtualStreamOf, 2 * device);
            Arrays.fill(virtualStreamOf, before, 2 * device, NONE);
        }
        stalls[device] = mayStall;
    }

    void setVirtualStream(final int device, final int virtualStreamId) {
        virtualStreamOf[device] = virtualStreamId & 0xFFFFFFFFL;
    }

    int deviceOf(final int streamId) {
        return functions.device(streamId);
    }

    int streamOf(final int device) {
        return functions.requesterId(device);
    }

    boolean mayStall(final int device) {
        return stalls[device];
    }

    boolean hasVirtualStream(final int device) {
        return virtualStreamOf[device] != NONE;
    }

    int virtualStreamOf(final int device) {
        return (int) virtualStreamOf[device];
    }
}
