/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.iommu;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The functions behind an IOMMU, by requester ID: where answers go. An answer to a function that is not there is
 * counted and lost. Hardware world; allocates nothing after set-up.
 */
public final class Functions {

    private final PageGroupResponsePort[] ports = new PageGroupResponsePort[RequesterId.COUNT];
    private final Tally tally;

    /**
     * No functions.
     *
     * @param tally of the world that calls
     */
    public Functions(final Tally tally) {
        this.tally = tally;
    }

    /**
     * Set-up: put a function behind the IOMMU.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its answers go
     */
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        ports[requesterId] = port;
    }

    /**
     * Answer a group.
     *
     * @param requesterId of the function; a stream ID of more than 16 bits names none
     * @param pasid       of the answer, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param groupIndex  0..511
     * @param code        4 bits, PCIe's
     */
    public void respond(final int requesterId, final int pasid, final int groupIndex, final int code) {
        final PageGroupResponsePort function = requesterId >= 0 && requesterId < ports.length ? ports[requesterId]
                : null;
        if (function == null) {
            tally.increment(Counter.UNEXPECTED_RESPONSES);
        } else {
            function.pageGroupResponse(pasid, PageGroupResponseMessage.of(requesterId, groupIndex, code));
        }
    }
}
