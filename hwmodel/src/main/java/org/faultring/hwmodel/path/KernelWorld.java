/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.AttachmentChange;
import org.faultring.ring.kernel.FaultReporter;

/** Driver, answers of each fault object, changes of attachments: one duty cycle of each. */
final class KernelWorld implements Agent {

    private final IommuDriver driver;
    private final KernelPart[] responders;
    private final AttachmentChange change;
    private final FaultReporter reporter;
    private final Tally tally;

    KernelWorld(final IommuDriver driver, final KernelPart[] responders, final AttachmentChange change,
            final FaultReporter reporter, final Tally tally) {
        this.driver = driver;
        this.responders = responders;
        this.change = change;
        this.reporter = reporter;
        this.tally = tally;
    }

    @Override
    public int doWork() {
        int work = driver.doWork();
        for (final KernelPart responder : responders) {
            work += responder.doWork();
        }
        work += change.doWork();
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
