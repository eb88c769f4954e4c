/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.FaultReporter;
import org.faultring.ring.kernel.PageResponder;

/** The kernel world: the driver drains the hardware, user space's answers go to the driver, late wake-ups are given. */
final class KernelWorld implements Agent {

    private final IommuDriver driver;
    private final PageResponder responder;
    private final FaultReporter reporter;
    private final Tally tally;

    KernelWorld(final IommuDriver driver, final PageResponder responder, final FaultReporter reporter,
            final Tally tally) {
        this.driver = driver;
        this.responder = responder;
        this.reporter = reporter;
        this.tally = tally;
    }

    @Override
    public int doWork() {
        final int work = driver.doWork() + responder.doWork();
        reporter.cycleEnded();
        if (work > 0) {
            tally.publish();
        }
        return work;
    }

    @Override
    public String roleName() {
        return "kernel";
    }
}
