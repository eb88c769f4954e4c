/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Downstream: where a function gets requests to forget translations. Hardware world. */
public interface InvalidateRequestPort {

    /**
     * An invalidate request arrives.
     *
     * @param tag   0..31, not in use by another request to this function
     * @param pasid of the prefix, or {@link PageRequestMessage#NO_PASID}
     * @param body  see {@link InvalidateRequestMessage}
     */
    void invalidateRequest(int tag, int pasid, long body);
}
