/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.ForwardingDelivery;

/**
 * A reader of any design that is busy while it handles: what it has read in a duty cycle takes its time, and answers
 * get no further than the {@link AnswerGate} until that is over. The one reader of its fault object.
 */
public final class TimedReader extends ForwardingDelivery implements BusyAgent {

    private final AnswerGate gate;
    private final HandlerTime time;

    /**
     * A reader in front of another.
     *
     * @param reader reads, handles and answers as its design does
     * @param gate   of its fault object
     * @param time   of the handler
     */
    public TimedReader(final Delivery reader, final AnswerGate gate, final HandlerTime time) {
        super(reader);
        this.gate = gate;
        this.time = time;
    }

    @Override
    public int doWork() throws Exception {
        if (gate.isHolding()) {
            gate.release();
            return 1;
        }
        final int work = super.doWork();
        final int faults = gate.takeFaults();
        if (faults > 0) {
            time.handle(faults);
        }
        return Math.max(work, faults);
    }

    @Override
    public long takeBusyNanos() {
        return time.take();
    }
}
