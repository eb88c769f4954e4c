/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Linux's handling of page requests: {@code arm_smmu_handle_ppr} (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c). Linux
 * enables none behind an SMMU, so each is a surprise: it is printed, and if it closes a group answered with Response
 * Failure. Stop markers are not told apart. After an overflow the queue stays closed until the acknowledgement that
 * follows the last entry.
 *
 * <p>Kernel world; allocates nothing.
 */
final class LinuxPriThread extends LinuxQueueThread {

    private final CommandIssuer commands;
    private final Tally tally;

    LinuxPriThread(final QueueReader queue, final InterruptLine interrupt, final CommandIssuer commands,
            final Tally tally) {
        super(queue, interrupt, commands, tally);
        this.commands = commands;
        this.tally = tally;
    }

    @Override
    void handle(final ByteBuffer entries, final int offset) {
        final long qw0 = LittleEndian.getLong(entries, offset);
        final long qw1 = LittleEndian.getLong(entries, offset + Long.BYTES);
        giveBack();
        final boolean isLast = PriQueueEntry.isLast(qw0);
        count(qw0, isLast);
        if (isLast) {
            final int pasid = PriQueueEntry.hasSubstreamId(qw0) ? PriQueueEntry.substreamId(qw0)
                    : PageRequestMessage.NO_PASID;
            commands.issue(Command.priRespQw0(PriQueueEntry.streamId(qw0), pasid),
                    Command.priRespQw1(PriQueueEntry.groupIndex(qw1), Command.RESP_FAILURE));
        }
    }

    private void count(final long qw0, final boolean isLast) {
        tally.increment(Counter.EVENTS_PRINTED);
        if (PriQueueEntry.isStopMarker(qw0)) {
            tally.increment(Counter.STOP_MARKERS);
        } else {
            tally.increment(isLast ? Counter.REFUSED : Counter.DROPPED_BY_KERNEL);
        }
    }
}
