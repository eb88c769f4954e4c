/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.PageResponseHandler;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Takes the answers of user space from the response ring and gives them to the driver ({@code iopf_group_response},
 * drivers/iommu/io-pgfault.c). User space never reaches a driver.
 *
 * <p>An answer that names no open group, or has a code that user space may not send, is counted and has no effect. Used
 * by the kernel world alone; allocates nothing.
 */
public final class PageResponder implements PageResponseHandler {

    private final OneToOneResponseRing responses;
    private final GroupTable groups;
    private final PageResponsePort port;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;

    /**
     * A responder for one response ring.
     *
     * @param responses filled by user space
     * @param groups    table of open groups
     * @param port      way to answer
     * @param stages    stamped for sampled groups
     * @param clock     of the path
     * @param tally     of the world that calls
     */
    public PageResponder(final OneToOneResponseRing responses, final GroupTable groups, final PageResponsePort port,
            final StageTimes stages, final NanoClock clock, final Tally tally) {
        this.responses = responses;
        this.groups = groups;
        this.port = port;
        this.stages = stages;
        this.clock = clock;
        this.tally = tally;
    }

    /**
     * Give the driver as many answers as it has room for.
     *
     * @return answers taken from the ring
     */
    public int doWork() {
        final int room = port.room();
        if (room == 0) {
            return 0;
        }
        final int taken = responses.poll(this, room);
        if (taken > 0) {
            port.submit();
        }
        return taken;
    }

    @Override
    public void onResponse(final int handle, final int code) {
        final long group = groups.find(handle);
        if (group == 0 || !PageResponseFlyweight.isUserCode(code)) {
            tally.increment(Counter.RESPONSES_REFUSED);
            return;
        }
        final int device = GroupTable.device(group);
        final int groupIndex = GroupTable.groupIndex(group);
        tally.increment(Counter.GROUPS_ANSWERED);
        tally.add(Counter.ANSWERED, GroupTable.length(group));
        if (GroupTable.isSampled(group)) {
            stages.stamp(stages.row(FaultReporter.deviceId(device), groupIndex), Stage.SUBMITTED, clock.nanoTime());
        }
        port.respond(device, GroupTable.flags(group), groups.pasid(handle), groupIndex, code);
        groups.close(handle);
    }
}
