/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.faultring.hwmodel.sim.BusyAgent;
import org.faultring.hwmodel.sim.TimedFileReader;
import org.faultring.ring.delivery.ForwardingDelivery;

/** A reader that is also busy while it waits for the lock of its fault object, or holds it. */
final class LockedReader extends ForwardingDelivery implements BusyAgent {

    private final TimedFileReader reader;
    private final ObjectLock lock;

    LockedReader(final TimedFileReader reader, final ObjectLock lock) {
        super(reader);
        this.reader = reader;
        this.lock = lock;
    }

    @Override
    public long takeBusyNanos() {
        return reader.takeBusyNanos() + lock.take();
    }
}
