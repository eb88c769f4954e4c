/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.SplittableRandom;

import org.faultring.ring.Checks;

/**
 * A bounded queue that is fed from outside and read by one reader, as events of a virtual IOMMU are: Poisson arrivals,
 * a time for each event, an event that finds the queue full is lost. The reader takes up to a batch at once, which
 * frees their places, and is busy until it has handled all of them (with a batch of 1 and a depth of d an M/G/1/K queue
 * of K = d + 1). All state is in a few numbers, so that a copy goes on from any moment: that is what splitting needs.
 *
 * <p>Arrivals and services have random numbers of their own, and each arriving event draws its service whether it is
 * lost or not: the same numbers for every depth.
 */
public final class BoundedQueue {

    private final double arrivalNanos;
    private final DrawnTime service;
    private final int depth;
    private final int batch;
    private SplittableRandom arrivals;
    private SplittableRandom services;
    private double nowNanos;
    private double nextNanos;
    private double freeNanos;
    /** Service times of those that wait, a ring. */
    private double[] waitingNanos;
    private int first;
    private int waiting;
    private boolean busy;
    private long arrived;
    private long lost;

    /**
     * An empty queue.
     *
     * @param arrivalNanos mean time from an event to the next, virtual ns
     * @param service      of each event
     * @param depth        events that may wait, from 1
     * @param batch        events that the reader takes at once, from 1
     * @param arrivals     random numbers of arrivals
     * @param services     random numbers of services
     */
    public BoundedQueue(final double arrivalNanos, final DrawnTime service, final int depth, final int batch,
            final SplittableRandom arrivals, final SplittableRandom services) {
        if (!(arrivalNanos > 0)) {
            throw new IllegalArgumentException("arrival=" + arrivalNanos + " (expected: more than 0 ns)");
        }
        this.arrivalNanos = arrivalNanos;
        this.service = service;
        this.depth = Checks.range("depth", depth, 1, 1 << 24);
        this.batch = Checks.range("batch", batch, 1, 1 << 24);
        waitingNanos = new double[Math.min(depth, 64)];
        reseed(arrivals, services);
        nextNanos = -arrivalNanos * StrictMath.log(DrawnTime.unit(arrivals));
    }

    private BoundedQueue(final BoundedQueue from) {
        arrivalNanos = from.arrivalNanos;
        service = from.service;
        depth = from.depth;
        batch = from.batch;
        waitingNanos = from.waitingNanos.clone();
        nowNanos = from.nowNanos;
        nextNanos = from.nextNanos;
        freeNanos = from.freeNanos;
        first = from.first;
        waiting = from.waiting;
        busy = from.busy;
        arrived = from.arrived;
        lost = from.lost;
    }

    /**
     * A copy that goes on by itself.
     *
     * @param newArrivals random numbers of its arrivals
     * @param newServices random numbers of its services
     * @return the copy
     */
    public BoundedQueue copy(final SplittableRandom newArrivals, final SplittableRandom newServices) {
        final BoundedQueue copy = new BoundedQueue(this);
        copy.reseed(newArrivals, newServices);
        return copy;
    }

    private void reseed(final SplittableRandom newArrivals, final SplittableRandom newServices) {
        arrivals = newArrivals;
        services = newServices;
    }

    /** Go on to the next arrival and let it in, or lose it. */
    public void step() {
        while (busy && freeNanos <= nextNanos) {
            nowNanos = freeNanos;
            serve();
        }
        nowNanos = nextNanos;
        nextNanos = nowNanos - arrivalNanos * StrictMath.log(DrawnTime.unit(arrivals));
        arrived++;
        final double needed = service.draw(services);
        if (!busy) {
            busy = true;
            freeNanos = nowNanos + needed;
        } else if (waiting == depth) {
            lost++;
        } else {
            add(needed);
        }
    }

    private void serve() {
        final int taken = Math.min(batch, waiting);
        busy = taken > 0;
        for (int i = 0; i < taken; i++) {
            freeNanos += waitingNanos[first];
            first = (first + 1) % waitingNanos.length;
        }
        waiting -= taken;
    }

    private void add(final double needed) {
        if (waiting == waitingNanos.length) {
            final double[] longer = new double[2 * waiting];
            for (int i = 0; i < waiting; i++) {
                longer[i] = waitingNanos[(first + i) % waiting];
            }
            waitingNanos = longer;
            first = 0;
        }
        waitingNanos[(first + waiting) % waitingNanos.length] = needed;
        waiting++;
    }

    /**
     * Events that wait, the one that is handled left out.
     *
     * @return the count after the last arrival
     */
    public int waiting() {
        return waiting;
    }

    /**
     * Whether the arrival of the last step found nothing there.
     *
     * @return true if a busy period began with it
     */
    public boolean isFirst() {
        return busy && waiting == 0;
    }

    /**
     * Events that may wait.
     *
     * @return the depth
     */
    public int depth() {
        return depth;
    }

    /**
     * Events that came.
     *
     * @return the count
     */
    public long arrived() {
        return arrived;
    }

    /**
     * Events that were lost.
     *
     * @return the count
     */
    public long lost() {
        return lost;
    }

    /**
     * Virtual time.
     *
     * @return ns of the last arrival
     */
    public double nowNanos() {
        return nowNanos;
    }
}
