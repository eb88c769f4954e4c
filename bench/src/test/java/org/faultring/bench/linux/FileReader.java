/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.util.List;

import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.hwmodel.path.FileDeliveries;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.HandlerContext;
import org.faultring.ring.delivery.PageFaultHandler;
import org.faultring.ring.file.EventCounter;
import org.faultring.ring.file.FaultFile;

/** A design on a thread, over a file, until it is told to stop or its handler throws; that closes the file. */
final class FileReader {

    static final IoUringSettings RING = IoUringSettings.DEFAULT.withEntries(64, 128).withTaskWork(TaskWork.DEFERRED);

    private final Counters counters = new Counters();
    private final IoUring ring;
    private final LinuxHost host;

    FileReader(final DeliveryDesign design, final FaultFile file, final EventCounter events, final int batch,
            final PageFaultHandler handler) {
        this(design, file, events, batch, DeliverySettings.DEFAULT, RING, handler);
    }

    FileReader(final DeliveryDesign design, final FaultFile file, final EventCounter events, final int batch,
            final DeliverySettings settings, final IoUringSettings ringSettings, final PageFaultHandler handler) {
        ring = design.usesRing() ? new IoUring(ringSettings) : null;
        host = LinuxHost.start(FileDeliveries.of(design, batch, settings, new FileDeliveries.Parts(file, ring, events),
                new HandlerContext(handler, new StageTimes(1), SystemNanoClock.INSTANCE, counters.tally())), () -> {
                }, List.of(file));
    }

    Counters counters() {
        return counters;
    }

    Throwable failure() {
        return host.failure();
    }

    /** Completions that found no room in the ring's queue. */
    long overflowed() {
        return ring.overflowed();
    }

    FileReader stop() {
        host.close();
        if (ring != null) {
            ring.close();
        }
        return this;
    }
}
