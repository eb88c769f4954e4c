/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import org.faultring.ring.kernel.ReportPort;

/**
 * Looks at the clock for each request that the driver reports: a pass over a queue that filled up meanwhile is longer
 * than some time for which a thread does not run, and is work.
 */
final class LookingReports implements ReportPort {

    private final ReportPort reporter;
    private final PreemptionLog log;

    LookingReports(final ReportPort reporter, final PreemptionLog log) {
        this.reporter = reporter;
        this.log = log;
    }

    @Override
    public int report(final int device, final int flags, final int pasid, final int groupIndex, final int permissions,
            final long address) {
        log.look();
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
