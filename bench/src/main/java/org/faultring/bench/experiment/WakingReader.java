/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;

/** In front of a reader: counts how often it slept, and how often it woke to find nothing. */
final class WakingReader implements Delivery {

    private final Delivery reader;
    private boolean sleeps;
    private long wakes;
    private long vain;

    WakingReader(final Delivery reader) {
        this.reader = reader;
    }

    @Override
    public int doWork() throws Exception {
        final int work = reader.doWork();
        if (sleeps) {
            wakes++;
            vain += work == 0 ? 1 : 0;
        }
        sleeps = work == 0 && reader.waitingOn().kind() != Wait.Kind.SPIN;
        return work;
    }

    @Override
    public Wait waitingOn() {
        return reader.waitingOn();
    }

    @Override
    public String roleName() {
        return reader.roleName();
    }

    long wakes() {
        return wakes;
    }

    long vain() {
        return vain;
    }
}
