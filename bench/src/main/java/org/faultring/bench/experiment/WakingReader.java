/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.ForwardingDelivery;
import org.faultring.ring.file.Wait;

/** In front of a reader: counts how often it slept, and how often it woke to find nothing. */
final class WakingReader extends ForwardingDelivery {

    private boolean sleeps;
    private long wakes;
    private long vain;

    WakingReader(final Delivery reader) {
        super(reader);
    }

    @Override
    public int doWork() throws Exception {
        final int work = super.doWork();
        if (sleeps) {
            wakes++;
            vain += work == 0 ? 1 : 0;
        }
        sleeps = work == 0 && waitingOn().kind() != Wait.Kind.SPIN;
        return work;
    }

    long wakes() {
        return wakes;
    }

    long vain() {
        return vain;
    }
}
