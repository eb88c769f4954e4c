/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Finds the function behind the SMMU that a page group response is for. A command names a stream with 32 bits, a
 * function has 16. Hardware world; allocates nothing.
 */
final class ResponseRouter {

    private final Functions functions;
    private final Tally tally;

    ResponseRouter(final Tally tally) {
        this.functions = new Functions(tally);
        this.tally = tally;
    }

    void connect(final int streamId, final PageGroupResponsePort port) {
        functions.connect(streamId, port);
    }

    /** Send a response; one for a stream without a function is counted and lost. */
    void respond(final int streamId, final int pasid, final int groupIndex, final int code) {
        if (streamId >>> 16 == 0) {
            functions.respond(streamId, pasid, groupIndex, code);
        } else {
            tally.increment(Counter.UNEXPECTED_RESPONSES);
        }
    }
}
