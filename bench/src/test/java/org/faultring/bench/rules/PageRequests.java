/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.List;

/** Page requests as a driver reports them, and the answers that the driver sends. */
interface PageRequests {

    /** Report one request, the last of its group or not. */
    void report(int deviceId, int pasid, int groupIndex, int permissions, long address, boolean isLast);

    /** Answers sent since the last call, oldest first. */
    List<Answer> answers();

    /**
     * An answer to a device.
     *
     * @param pasid      of the group's last request, 0 for none
     * @param groupIndex of the group
     * @param code       of {@link org.faultring.ring.PageResponseFlyweight}
     */
    record Answer(int pasid, int groupIndex, int code) {}
}
