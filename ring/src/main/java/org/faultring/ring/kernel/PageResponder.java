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
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Takes the answers of user space from the response ring and gives them to the driver ({@code iopf_group_response},
 * drivers/iommu/io-pgfault.c). User space never reaches a driver.
 *
 * <p>An answer that names no open group, or has a code that user space may not send, is counted and has no effect. Used
 * by the kernel world alone; allocates nothing.
 */
public class PageResponder implements PageResponseHandler {

    private final OneToOneResponseRing responses;
    private final GroupTable groups;
    private final PageResponsePort port;
    private final GroupResponse response;
    final Tally tally;

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
        this.response = new GroupResponse(groups, port, stages, clock);
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

    final boolean hasRoom() {
        return port.room() > 0;
    }

    final void submit() {
        port.submit();
    }

    @Override
    public final void onResponse(final int handle, final int code) {
        final long group = groups.find(handle);
        if (group == 0 || !PageResponseFlyweight.isUserCode(code)) {
            tally.increment(Counter.RESPONSES_REFUSED);
            return;
        }
        tally.increment(Counter.GROUPS_ANSWERED);
        tally.add(Counter.ANSWERED, GroupTable.length(group));
        response.send(handle, group, code);
    }

    /** Answer an open group; needs room. */
    final void respond(final int handle, final int code) {
        response.send(handle, code);
    }
}
