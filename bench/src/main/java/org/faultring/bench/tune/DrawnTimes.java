/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import org.faultring.hwmodel.sim.DrawnTime;

/**
 * Times of a law, drawn once for all runs that have the same random numbers: a search runs each seed with dozens of
 * sizes, and to draw a lognormal time takes as long as a fourth of all else that a fault takes. The first so many are
 * kept; who goes beyond draws on alone. Any thread; what is drawn is never changed.
 */
final class DrawnTimes {

    /** Times of a sequence that are kept. */
    static final int KEPT = 1 << 16;
    private static final int CHUNK = 1 << 10;

    private final DrawnTime law;
    private final Supplier<SplittableRandom> begin;
    private final SplittableRandom random;
    /** Grows by whole chunks under the lock; read without it, so volatile: a chunk that is seen is filled. */
    private volatile double[][] chunks = {};

    /**
     * Nothing drawn yet.
     *
     * @param law   of the times
     * @param begin gives the same random numbers each time
     */
    DrawnTimes(final DrawnTime law, final Supplier<SplittableRandom> begin) {
        this.law = law;
        this.begin = begin;
        random = begin.get();
    }

    /** All times from the first on, for one run. */
    DoubleSupplier fromFirst() {
        return new Cursor();
    }

    private double[] chunk(final int number) {
        final double[][] drawn = chunks;
        return number < drawn.length ? drawn[number] : drawUpTo(number);
    }

    private synchronized double[] drawUpTo(final int number) {
        while (chunks.length <= number) {
            final double[] chunk = new double[CHUNK];
            for (int i = 0; i < CHUNK; i++) {
                chunk[i] = law.draw(random);
            }
            final double[][] longer = Arrays.copyOf(chunks, chunks.length + 1);
            longer[chunks.length] = chunk;
            chunks = longer;
        }
        return chunks[number];
    }

    /** Where a run is. */
    private final class Cursor implements DoubleSupplier {

        private double[] chunk = {};
        private int inChunk;
        private int nextChunk;
        /** Beyond what is kept. */
        private SplittableRandom own;

        @Override
        public double getAsDouble() {
            if (inChunk == chunk.length) {
                return next();
            }
            return chunk[inChunk++];
        }

        private double next() {
            if (nextChunk < KEPT / CHUNK) {
                chunk = chunk(nextChunk++);
                inChunk = 1;
                return chunk[0];
            }
            if (own == null) {
                own = begin.get();
                for (int i = 0; i < KEPT; i++) {
                    law.draw(own);
                }
            }
            return law.draw(own);
        }
    }
}
