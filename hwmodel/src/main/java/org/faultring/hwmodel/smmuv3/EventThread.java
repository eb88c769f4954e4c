/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FaultLevel;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;

/**
 * Linux's handling of events: {@code arm_smmu_handle_event} (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c).
 *
 * <p>A stall becomes a page request, whose group is the stall tag. One whose stream is not known, or whose device is
 * not meant to stall, is printed and stays stalled until the SMMU is reset. Other events go to the virtual machine that
 * has the stream, unless they are the host's business (stage 2).
 *
 * <p>Kernel world; allocates nothing.
 */
final class EventThread extends LinuxQueueThread {

    private final StreamDirectory streams;
    private final Tally tally;
    private final ByteBuffer forwarded = ByteBuffer.allocateDirect(EventRecord.LENGTH_BYTES);
    private ReportPort reporter;
    private EventSink sink;

    EventThread(final QueueReader queue, final InterruptLine interrupt, final StreamDirectory streams,
            final CommandIssuer commands, final Tally tally) {
        super(queue, interrupt, commands, tally);
        this.streams = streams;
        this.tally = tally;
    }

    void reportTo(final ReportPort newReporter) {
        reporter = newReporter;
    }

    void forwardTo(final EventSink newSink) {
        sink = newSink;
    }

    @Override
    boolean isHeldBack() {
        return reporter.isHoldingBack();
    }

    @Override
    void handle(final ByteBuffer entries, final int offset) {
        final long qw0 = LittleEndian.getLong(entries, offset);
        final long qw1 = LittleEndian.getLong(entries, offset + Long.BYTES);
        final long qw2 = LittleEndian.getLong(entries, offset + 2 * Long.BYTES);
        final long qw3 = EventRecord.isStall(qw1) ? 0 : LittleEndian.getLong(entries, offset + 3 * Long.BYTES);
        giveBack();
        final int device = streams.deviceOf(EventRecord.streamId(qw0));
        if (device == StreamDirectory.NO_DEVICE || !isAccepted(EventRecord.id(qw0))) {
            print(qw1);
        } else if (!EventRecord.isStall(qw1)) {
            forward(device, qw0, qw1, qw2, qw3);
        } else if (streams.mayStall(device)) {
            reporter.report(device, flags(qw0), EventRecord.substreamId(qw0), EventRecord.stallTag(qw1),
                    permissions(qw1), qw2);
        } else {
            print(qw1);
        }
    }

    /** Nobody takes it; if it is a stall, no answer will come. */
    private void print(final long qw1) {
        tally.increment(Counter.EVENTS_PRINTED);
        if (EventRecord.isStall(qw1)) {
            tally.increment(Counter.DROPPED_BY_KERNEL);
        }
    }

    /** Events that are more than a line in the log. */
    static boolean isAccepted(final int id) {
        switch (id) {
            case EventRecord.C_BAD_STE:
            case EventRecord.F_STREAM_DISABLED:
            case EventRecord.C_BAD_SUBSTREAMID:
            case EventRecord.C_BAD_CD:
            case EventRecord.F_TRANSLATION:
            case EventRecord.F_ADDR_SIZE:
            case EventRecord.F_ACCESS:
            case EventRecord.F_PERMISSION:
                return true;
            default:
                return false;
        }
    }

    private void forward(final int device, final long qw0, final long qw1, final long qw2, final long qw3) {
        if (sink == null || !streams.hasVirtualStream(device) || (qw1 & EventRecord.STAGE_2) != 0) {
            print(qw1);
            return;
        }
        LittleEndian.putLong(forwarded, 0, EventRecord.withStreamId(qw0, streams.virtualStreamOf(device)));
        LittleEndian.putLong(forwarded, Long.BYTES, qw1);
        LittleEndian.putLong(forwarded, 2 * Long.BYTES, qw2);
        LittleEndian.putLong(forwarded, 3 * Long.BYTES, qw3);
        tally.increment(Counter.EVENTS_READ);
        final FaultLevel level = EventRecord.id(qw0) < EventRecord.F_TRANSLATION ? FaultLevel.CONFIGURATION
                : FaultLevel.FIRST;
        sink.onEvent(device, level, forwarded, 0, EventRecord.LENGTH_BYTES);
    }

    private static int flags(final long qw0) {
        return EventRecord.hasSubstreamId(qw0) ? PageFaultFlyweight.LAST_PAGE | PageFaultFlyweight.PASID_VALID
                : PageFaultFlyweight.LAST_PAGE;
    }

    private static int permissions(final long qw1) {
        int permissions = (qw1 & EventRecord.READ) != 0 ? PageFaultFlyweight.READ : PageFaultFlyweight.WRITE;
        if ((qw1 & EventRecord.INSTRUCTION) != 0) {
            permissions |= PageFaultFlyweight.EXEC;
        }
        if ((qw1 & EventRecord.PRIVILEGED) != 0) {
            permissions |= PageFaultFlyweight.PRIV;
        }
        return permissions;
    }
}
