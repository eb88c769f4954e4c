/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.Optional;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.ModelIoRing;

/** The model's, with its threads of the kernel. */
final class ModelRulesRing implements RulesRing {

    private final Counters counters = new Counters();
    private final Tally tally = counters.tally();
    private final ModelIoRing ring;
    private Moves before = new Moves(0, 0);

    ModelRulesRing(final int entries) {
        ring = new ModelIoRing(entries, 4 * entries, tally);
    }

    @Override
    public IoRing ring() {
        return ring;
    }

    @Override
    public boolean turn() {
        if (ring.unsubmitted() > 0) {
            ring.submit();
        }
        return ring.workers().doWork() > 0;
    }

    @Override
    public void settle(final CompletionHandler handler) {
        boolean isBusy = true;
        while (isBusy) {
            isBusy = ring.forEachCompletion(handler, Integer.MAX_VALUE) > 0;
            isBusy |= turn();
        }
    }

    @Override
    public Optional<Moves> moves() {
        tally.publish();
        final Moves now = new Moves(counters.get(Counter.RING_WAKES), counters.get(Counter.RING_HOPS));
        final Moves since = new Moves(now.wakes() - before.wakes(), now.hops() - before.hops());
        before = now;
        return Optional.of(since);
    }

    @Override
    public void close() {
        ring.close();
    }
}
