/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.PageResponsePort;

/** Between the fault layer and the driver: counts groups answered Invalid. */
final class CountedAnswers extends ForwardingPageResponsePort {

    private long invalid;

    CountedAnswers(final PageResponsePort driver) {
        super(driver);
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        invalid += code == PageResponseFlyweight.INVALID ? 1 : 0;
        super.respond(device, flags, pasid, groupIndex, code);
    }

    long invalid() {
        return invalid;
    }
}
