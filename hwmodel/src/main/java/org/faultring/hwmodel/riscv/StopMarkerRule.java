/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.pci.PageRequestMessage;

/** Which messages the IOMMU takes for stop markers, and so never answers by itself. */
public enum StopMarkerRule {

    /** L without R and W, with a PASID: PCIe's rule. Without a PASID it is a request that must be answered. */
    WITH_PASID {
        @Override
        boolean isStopMarker(final long message, final int pasid) {
            return PageRequestMessage.isStopMarker(message, pasid);
        }
    },

    /** L without R and W, whether with a PASID or not: the reference model's rule. */
    ANY {
        @Override
        boolean isStopMarker(final long message, final int pasid) {
            return PageRequestMessage.isStopMarker(message, 0);
        }
    };

    abstract boolean isStopMarker(long message, int pasid);
}
