/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.FaultRing;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.ForwardingDelivery;

/**
 * A reader of a mapped ring whose handler takes time: it sees a batch, is busy for as long as the handler takes,
 * then takes the batch from the ring and answers it. So a fault has its slot until it is answered. What arrived
 * meanwhile and still fits the batch is taken with it, and paid for after.
 */
public final class TimedRingReader extends ForwardingDelivery implements BusyAgent {

    private final FaultRing faults;
    private final HandlerTime time;
    private final int batch;
    private int paid;

    /**
     * A reader in front of another.
     *
     * @param reader takes, handles and answers in one duty cycle
     * @param faults what it takes from
     * @param time   of the handler
     * @param batch  most faults that the reader takes
     */
    public TimedRingReader(final Delivery reader, final FaultRing faults, final HandlerTime time, final int batch) {
        super(reader);
        this.faults = faults;
        this.time = time;
        this.batch = batch;
    }

    @Override
    public int doWork() throws Exception {
        if (paid == 0) {
            paid = faults.available(batch);
            if (paid > 0) {
                time.handle(paid);
                return 1;
            }
        }
        final int handled = super.doWork();
        if (handled > paid) {
            time.handle(handled - paid);
        }
        paid = 0;
        return handled;
    }

    @Override
    public long takeBusyNanos() {
        return time.take();
    }
}
