/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** Runs the handler over the records of one group after the other and finds the one code that answers each group. */
final class GroupHandling {

    /** The group is not sampled. */
    static final int NOT_SAMPLED = -1;

    private final PageFaultHandler handler;
    private final StageTimes stages;
    private final NanoClock clock;
    private final Tally tally;
    private int code = PageResponseFlyweight.SUCCESS;
    private int answer;

    GroupHandling(final PageFaultHandler handler, final StageTimes stages, final NanoClock clock,
            final Tally tally) {
        this.handler = handler;
        this.stages = stages;
        this.clock = clock;
        this.tally = tally;
    }

    /**
     * Handle the next record.
     *
     * @param fault the record
     * @param row   of the group in the stage times if it is sampled, else {@link #NOT_SAMPLED}; looked at with the last
     *              record only
     * @return true if it closed its group, whose answer is now {@link #answer()}
     */
    boolean closesGroup(final PageFaultFlyweight fault, final int row) {
        if (!fault.isLast()) {
            handle(fault);
            return false;
        }
        if (row != NOT_SAMPLED) {
            stages.stamp(row, Stage.DELIVERED, clock.nanoTime());
        }
        handle(fault);
        if (row != NOT_SAMPLED) {
            stages.stamp(row, Stage.HANDLED, clock.nanoTime());
        }
        tally.increment(Counter.GROUPS_HANDLED);
        answer = code;
        code = PageResponseFlyweight.SUCCESS;
        return true;
    }

    private void handle(final PageFaultFlyweight fault) {
        if (code == PageResponseFlyweight.SUCCESS) {
            code = handler.onPageFault(fault);
        }
    }

    /** Answer to the group that was closed last. */
    int answer() {
        return answer;
    }

    /** Row of a sampled group of which only the record is known. */
    int rowOf(final PageFaultFlyweight fault) {
        final int groupIndex = fault.groupIndex();
        if (groupIndex >= StageTimes.GROUPS_PER_DEVICE) {
            return NOT_SAMPLED;
        }
        final int row = stages.row(fault.deviceId(), groupIndex);
        return stages.isSampled(row) ? row : NOT_SAMPLED;
    }
}
