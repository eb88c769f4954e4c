/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;

/** The generic fault layer with a fake driver below it. Time goes on by 1 ns at each look. */
final class Kernel {

    static final int LAST = PageFaultFlyweight.LAST_PAGE;
    static final int PASID = PageFaultFlyweight.PASID_VALID;
    static final int READ = PageFaultFlyweight.READ;

    final AttachTable attachments = new AttachTable();
    final RecordingPort port = new RecordingPort();
    final GroupTable groups;
    final StageTimes stages;
    final FaultReporter reporter;
    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private long nanos = 1_000;

    Kernel(final int groupCapacity, final int partialCapacity, final int devices) {
        this(groupCapacity, new PartialLimits(partialCapacity, partialCapacity), devices);
    }

    Kernel(final int groupCapacity, final PartialLimits limits, final int devices) {
        groups = new GroupTable(groupCapacity);
        stages = new StageTimes(devices);
        reporter = new FaultReporter(attachments, groups, limits, port, stages, this::tick, tally);
        for (int device = 0; device < devices; device++) {
            assertEquals(device, reporter.addDevice());
        }
    }

    private long tick() {
        return nanos++;
    }

    PageResponder responder(final OneToOneResponseRing responses) {
        return new PageResponder(responses, groups, port, stages, this::tick, tally);
    }

    /** Reports a request that asks to read. */
    int report(final int device, final int flags, final int pasid, final int groupIndex, final long address) {
        return reporter.report(device, flags, pasid, groupIndex, READ, address);
    }

    long count(final Counter counter) {
        tally.publish();
        return counters.get(counter);
    }
}
