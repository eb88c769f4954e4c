/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.StageTimes;
import org.faultring.ring.StageTimes.Stage;

/**
 * The last step of a group: its answer goes to the driver, and the group is closed ({@code iopf_group_response} and
 * {@code iopf_free_group}, drivers/iommu/io-pgfault.c). Used by the kernel world alone.
 */
final class GroupResponse {

    private final GroupTable groups;
    private final PageResponsePort port;
    private final StageTimes stages;
    private final NanoClock clock;

    GroupResponse(final GroupTable groups, final PageResponsePort port, final StageTimes stages,
            final NanoClock clock) {
        this.groups = groups;
        this.port = port;
        this.stages = stages;
        this.clock = clock;
    }

    /** Answer an open group; the port needs room. */
    void send(final int handle, final int code) {
        send(handle, groups.find(handle), code);
    }

    /** The same for a group that has been found already. */
    void send(final int handle, final long group, final int code) {
        final int device = GroupTable.device(group);
        final int groupIndex = groups.groupIndex(handle);
        if (GroupTable.isSampled(group)) {
            stages.stamp(stages.row(FaultReporter.deviceId(device), groupIndex), Stage.SUBMITTED, clock.nanoTime());
        }
        port.respond(device, GroupTable.flags(group), groups.pasid(handle), groupIndex, code);
        groups.close(handle);
    }

    /** A stage of user space, stamped by whoever handles faults in its place. */
    void stamp(final int handle, final Stage stage) {
        final long group = groups.find(handle);
        if (GroupTable.isSampled(group)) {
            stages.stamp(stages.row(FaultReporter.deviceId(GroupTable.device(group)), groups.groupIndex(handle)),
                    stage, clock.nanoTime());
        }
    }
}
