/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayDeque;
import java.util.Queue;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.path.TimedAgent;
import org.faultring.hwmodel.vtd.InvalidationBatch;
import org.faultring.hwmodel.vtd.IotlbDescriptor;
import org.faultring.hwmodel.vtd.VtdDriver;

/** Batches of invalidations, each so long after the last; what finds too many under way waits for its turn. */
final class InvalidationStorm implements TimedAgent {

    private static final int UNDER_WAY = 8;
    private static final int DOMAIN = 7;

    private final long gapNanos;
    private final int descriptors;
    private final NanoClock clock;
    private final Queue<InvalidationBatch> idle = new ArrayDeque<>();
    private final Queue<Sent> sent = new ArrayDeque<>();
    private VtdDriver driver;
    private long nextNanos;
    private boolean isOver;
    private long done;
    private double nanos;

    /** A batch and when it was due. */
    private record Sent(InvalidationBatch batch, long dueNanos) {}

    InvalidationStorm(final long gapNanos, final int descriptors, final NanoClock clock) {
        this.gapNanos = gapNanos;
        this.descriptors = descriptors;
        this.clock = clock;
        for (int i = 0; i < UNDER_WAY; i++) {
            idle.add(new InvalidationBatch());
        }
    }

    void sendTo(final VtdDriver newDriver) {
        driver = newDriver;
    }

    @Override
    public int doWork() {
        int work = 0;
        while (!sent.isEmpty() && !sent.peek().batch.isUnderWay()) {
            final Sent first = sent.remove();
            nanos += clock.nanoTime() - first.dueNanos;
            done++;
            idle.add(first.batch);
            work++;
        }
        while (isDue() && !idle.isEmpty()) {
            final InvalidationBatch batch = idle.remove().begin(DOMAIN);
            for (int i = 0; i < descriptors; i++) {
                batch.add(IotlbDescriptor.qw0(IotlbDescriptor.PAGES, DOMAIN, 0),
                        IotlbDescriptor.qw1((long) i << 12, 0, 0));
            }
            driver.submit(batch);
            sent.add(new Sent(batch, nextNanos));
            nextNanos += gapNanos;
            work++;
        }
        return work;
    }

    private boolean isDue() {
        return gapNanos > 0 && !isOver && nextNanos <= clock.nanoTime();
    }

    @Override
    public long nextNanos() {
        // With all batches under way only the driver's next cycle, which wakes this agent, changes anything.
        return gapNanos == 0 || isOver || idle.isEmpty() ? NEVER : nextNanos;
    }

    void end() {
        isOver = true;
    }

    void reset() {
        done = 0;
        nanos = 0;
    }

    long done() {
        return done;
    }

    double meanNanos() {
        return done == 0 ? 0 : nanos / done;
    }

    @Override
    public String roleName() {
        return "storm";
    }
}
