/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.delivery.ForwardingDelivery;

/**
 * A reader of a fault file whose handler takes time: it reads a batch, is busy for as long as the handler takes, then
 * writes the answers. It reads nothing while answers are held.
 */
public final class TimedFileReader extends ForwardingDelivery implements BusyAgent {

    private final HeldAnswers answers;
    private final HeldAnswers.Held held = new HeldAnswers.Held();
    private final HandlerTime time;

    /**
     * A reader in front of another.
     *
     * @param reader  reads, handles and writes in one duty cycle
     * @param answers the file that it writes to
     * @param time    of the handler
     */
    public TimedFileReader(final Delivery reader, final HeldAnswers answers, final HandlerTime time) {
        super(reader);
        this.answers = answers;
        this.time = time;
    }

    @Override
    public int doWork() throws Exception {
        final int written = answers.release(held);
        if (written > 0) {
            return written;
        }
        answers.use(held);
        final int handled = super.doWork();
        time.handle(handled);
        return handled;
    }

    @Override
    public long takeBusyNanos() {
        return time.take();
    }
}
