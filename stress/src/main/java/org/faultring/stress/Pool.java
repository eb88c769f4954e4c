/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Objects under test that are used again. jcstress makes some ten thousand states at a time; new memory for each would
 * be most of its work, and what has been used before begins somewhere within a lap, over old contents.
 *
 * @param <T> what it holds
 */
public final class Pool<T> {

    private final Queue<T> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final IntFunction<T> maker;

    /**
     * An empty pool.
     *
     * @param maker makes an object, given the number of those made before
     */
    public Pool(final IntFunction<T> maker) {
        this.maker = maker;
    }

    /**
     * Take an object out; any thread.
     *
     * @return one that was given back, or a new one
     */
    public T take() {
        final T used = free.poll();
        return used != null ? used : maker.apply(made.getAndIncrement());
    }

    /**
     * Put an object back; any thread.
     *
     * @param used in the state in which it may be taken again
     */
    public void giveBack(final T used) {
        free.add(used);
    }
}
