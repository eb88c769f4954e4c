/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

/** A fault layer that does what another does, for those that look at the requests on their way. Kernel world. */
public class ForwardingReportPort implements ReportPort {

    private final ReportPort reporter;

    /**
     * In front of another.
     *
     * @param reporter takes requests
     */
    protected ForwardingReportPort(final ReportPort reporter) {
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
