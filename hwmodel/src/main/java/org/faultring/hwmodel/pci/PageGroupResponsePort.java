/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Downstream: where a function gets the answers to its page requests. Hardware world. */
public interface PageGroupResponsePort {

    /**
     * A PRG Response message arrives.
     *
     * @param pasid   of the prefix, or {@link PageRequestMessage#NO_PASID}
     * @param message see {@link PageGroupResponseMessage}
     */
    void pageGroupResponse(int pasid, long message);
}
