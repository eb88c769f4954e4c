/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** Finds the function behind the SMMU that a page group response is for. Hardware world; allocates nothing. */
final class ResponseRouter {

    private final PageGroupResponsePort[] functions = new PageGroupResponsePort[RequesterId.COUNT];
    private final Tally tally;

    ResponseRouter(final Tally tally) {
        this.tally = tally;
    }

    void connect(final int streamId, final PageGroupResponsePort port) {
        functions[streamId] = port;
    }

    /** Send a response; one for a stream without a function is counted and lost. */
    void respond(final int streamId, final int pasid, final int groupIndex, final int code) {
        final PageGroupResponsePort function = streamId >>> 16 == 0 ? functions[streamId] : null;
        if (function == null) {
            tally.increment(Counter.UNEXPECTED_RESPONSES);
        } else {
            function.pageGroupResponse(pasid, PageGroupResponseMessage.of(streamId, groupIndex, code));
        }
    }
}
