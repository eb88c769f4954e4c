/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.List;

import org.agrona.BitUtil;
import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.IoUring;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.bench.linux.LinuxHost;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.FileDeliveries;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.FaultFile;

/** A delivery on a thread of its own, with its ring where it has one. */
final class ReaderThread implements AutoCloseable {

    private static final int RING_ENTRIES = 256;

    private final Counters counters = new Counters();
    private final IoUring ring;
    private final LinuxHost host;

    /**
     * Starts the thread.
     *
     * @param design    of the delivery
     * @param file      that it reads; closed if the delivery throws
     * @param events    that are signalled, null for none
     * @param cell      with batch and handler
     * @param designs   settings that the design has
     * @param placement first thing the thread does
     */
    ReaderThread(final DeliveryDesign design, final FaultFile file, final EventFd events, final DeliveryCell cell,
            final DesignSettings designs, final Runnable placement) {
        final HandlerContext context = new HandlerContext(handler(cell.handlerNanos()), new StageTimes(1),
                SystemNanoClock.INSTANCE, counters.tally());
        ring = design.usesRing() ? new IoUring(ringSettings(designs)) : null;
        try {
            host = LinuxHost.start(FileDeliveries.of(design, cell.batch(), designs.delivery(),
                    new FileDeliveries.Parts(file, ring, events), context), placement, List.of(file));
        } catch (final RuntimeException e) {
            closeRing();
            throw e;
        }
    }

    /** Room for each read and an answer; where a thread of the kernel looks for submissions, that one submits. */
    private static IoUringSettings ringSettings(final DesignSettings designs) {
        final int entries = Math.max(RING_ENTRIES, BitUtil.findNextPositivePowerOfTwo(2 * designs.reads()));
        final IoUringSettings ring = IoUringSettings.DEFAULT.withEntries(entries, 2 * entries);
        return designs.pollingMillis() > 0
                ? ring.withTaskWork(TaskWork.SINGLE_ISSUER).withPolling(designs.pollingMillis())
                : ring.withTaskWork(TaskWork.DEFERRED);
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

    /** What ended the thread early, or null. */
    Throwable failure() {
        return host.failure();
    }

    /** System calls, those that waited included; after {@link #close()}. */
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
        closeRing();
    }

    private void closeRing() {
        if (ring != null) {
            ring.close();
        }
    }
}
