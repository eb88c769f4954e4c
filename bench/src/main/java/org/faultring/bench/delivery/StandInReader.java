/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.FaultSource;
import org.faultring.bench.linux.IoUring;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.bench.linux.LinuxHost;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.BusyReadDelivery;
import org.faultring.ring.delivery.CommitAndFetchDelivery;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.EventFdDelivery;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.MultishotDelivery;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.delivery.PollThenReadDelivery;
import org.faultring.ring.delivery.PostedReadDelivery;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.RingSettings;
import org.faultring.ring.file.FaultFile;

/** A design at work on a stand-in: the delivery on a thread of its own, with its ring where it has one. */
final class StandInReader implements AutoCloseable {

    /** As the path's model has it. */
    private static final int READS = 8;
    private static final int RING_ENTRIES = 256;
    private static final IoUringSettings RING = IoUringSettings.DEFAULT.withEntries(RING_ENTRIES, 2 * RING_ENTRIES)
            .withTaskWork(TaskWork.DEFERRED);

    private final Counters counters = new Counters();
    private final IoUring ring;
    private final LinuxHost host;

    /**
     * Starts the reader.
     *
     * @param standIns     with the design
     * @param source       of the faults, not closed by this
     * @param events       that the source signals, null for none
     * @param cell         with batch and handler
     * @param placement    first thing the reader's thread does
     */
    StandInReader(final StandIns standIns, final FaultSource source, final EventFd events, final DeliveryCell cell,
            final Runnable placement) {
        final HandlerContext context = new HandlerContext(handler(cell.handlerNanos()), new StageTimes(1),
                SystemNanoClock.INSTANCE, counters.tally());
        ring = standIns.usesRing() ? new IoUring(RING) : null;
        host = LinuxHost.start(delivery(standIns.design(), source.file(), events, cell.batch(), context), placement,
                List.of(source));
    }

    private Delivery delivery(final DeliveryDesign design, final FaultFile file, final EventFd events, final int batch,
            final HandlerContext context) {
        final RingSettings settings = RingSettings.of(batch, READS);
        return switch (design) {
            case EVENTFD -> new EventFdDelivery(events, file, batch, 1, context);
            case READ -> new ReadDelivery(file, batch, batch, context);
            case BUSY_READ -> new BusyReadDelivery(file, batch, batch, context);
            case POSTED_READ -> new PostedReadDelivery(ring, file, settings, context);
            case POLL_THEN_READ -> new PollThenReadDelivery(ring, file, RingSettings.of(batch, 1), context);
            case MULTISHOT -> new MultishotDelivery(ring, file, settings, context);
            case COMMIT_AND_FETCH -> new CommitAndFetchDelivery(ring, file, settings, context);
            default -> throw new IllegalArgumentException("design=" + design.key() + " (expected: one over a file)");
        };
    }

    private static PageFaultHandler handler(final long nanos) {
        if (nanos == 0) {
            return fault -> PageResponseFlyweight.SUCCESS;
        }
        return fault -> {
            final long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return PageResponseFlyweight.SUCCESS;
        };
    }

    /** What ended the reader early, or null. */
    Throwable failure() {
        return host.failure();
    }

    /** System calls of the reader, those that waited included; after {@link #close()}. */
    long systemCalls() {
        return counters.get(Counter.READS) + counters.get(Counter.WRITES) + counters.get(Counter.EVENT_READS)
                + (ring == null ? host.counts().systemCalls() : ring.systemCalls());
    }

    /** Waits that ended with what was waited for; after {@link #close()}. */
    long wakeUps() {
        return host.counts().wakeUps();
    }

    long counted(final Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void close() {
        host.close();
        if (ring != null) {
            ring.close();
        }
    }
}
