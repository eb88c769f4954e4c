/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import org.faultring.ring.kernel.ReportPort;

/** A fault layer to be broken in one place. */
class BrokenReports implements ReportPort {

    private final ReportPort reporter;

    BrokenReports(final ReportPort reporter) {
        this.reporter = reporter;
    }

    @Override
    public int report(final int device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        return reporter.report(device, flags, pasid, groupIndex, permissions, address);
    }

    @Override
    public void discardPartials() {
        reporter.discardPartials();
    }

    @Override
    public boolean isHoldingBack() {
        return reporter.isHoldingBack();
    }
}
