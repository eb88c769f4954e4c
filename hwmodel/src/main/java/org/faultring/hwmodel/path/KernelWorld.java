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

/** Driver, part of each fault object, changes of attachments, hops between owners: one duty cycle of each. */
final class KernelWorld implements Agent {

    private final IommuDriver driver;
    private final KernelPart[] parts;
    private final PathRoutes routes;
    private int first;
    private final AttachmentChange change;
    private final FaultReporter reporter;
    private final Tally tally;

    KernelWorld(final IommuDriver driver, final KernelPart[] parts, final PathRoutes routes,
            final AttachmentChange change,
            final FaultReporter reporter, final Tally tally) {
        this.driver = driver;
        this.parts = parts;
        this.routes = routes;
        this.change = change;
        this.reporter = reporter;
        this.tally = tally;
    }

    @Override
    public int doWork() {
        int work = driver.doWork();
        work += workOfParts();
        // In this order: a drain that looks at the first owners' queues before they are handed on may never end, for
        // devices ask again for what it is answered Success.
        work += routes.doWork();
        work += change.doWork();
        reporter.cycleEnded();
        if (work > 0) {
            tally.publish();
        }
        return work;
    }

    /** They share the room that the driver has for answers, so that each in turn goes first. */
    private int workOfParts() {
        int work = 0;
        for (int i = first; i < parts.length; i++) {
            work += parts[i].doWork();
        }
        for (int i = 0; i < first; i++) {
            work += parts[i].doWork();
        }
        first = first + 1 == parts.length ? 0 : first + 1;
        return work;
    }

    @Override
    public String roleName() {
        return "kernel";
    }
}
