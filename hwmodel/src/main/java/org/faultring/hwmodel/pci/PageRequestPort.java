/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Upstream: where functions send their page requests, the root complex with its IOMMU. Hardware world. */
public interface PageRequestPort {

    /**
     * A Page Request message arrives.
     *
     * @param requesterId of the function, 16 bits
     * @param prefix      see {@link PasidPrefix}; a PASID alone asks neither for execution nor privilege
     * @param message     see {@link PageRequestMessage}
     */
    void pageRequest(int requesterId, int prefix, long message);
}
