/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.faultring.bench.rings.FaultProducer;
import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.RingUnderTest.Kind;

/**
 * One ring, measured in one way.
 *
 * @param ring      the ring
 * @param measure   what is measured
 * @param batch     faults of a claim
 * @param producers producing threads
 */
public record Cell(RingUnderTest ring, Measure measure, int batch, int producers) {

    private static final int SEVERAL = 2;

    /**
     * Everything that can be measured of some rings: throughput by single faults and, where the ring has them, by
     * claims; the round trip; two producers on the many-to-one rings.
     *
     * @param rings to measure
     * @return cells, those with the same measure next to each other
     */
    public static List<Cell> of(final Collection<RingUnderTest> rings) {
        final List<Cell> cells = new ArrayList<>();
        for (final RingUnderTest ring : rings) {
            if (ring != RingUnderTest.PING_PONG) {
                cells.add(new Cell(ring, Measure.THROUGHPUT, 1, 1));
            }
        }
        for (final RingUnderTest ring : rings) {
            if (ring.hasClaims()) {
                cells.add(new Cell(ring, Measure.THROUGHPUT, FaultProducer.CLAIM, 1));
            }
        }
        for (final RingUnderTest ring : rings) {
            if (ring != RingUnderTest.REFERENCE) {
                cells.add(new Cell(ring, Measure.ROUND_TRIP, 1, 1));
            }
        }
        for (final RingUnderTest ring : rings) {
            // With two producers all yield, so the ring whose name says that it spins is not among them.
            if (ring.hasManyProducers() && ring != RingUnderTest.DISRUPTOR_MULTI_BUSY_SPIN) {
                cells.add(new Cell(ring, Measure.THROUGHPUT, 1, SEVERAL));
            }
        }
        return cells;
    }

    /**
     * The same way of measuring another ring.
     *
     * @param other the ring
     * @return its cell
     */
    public Cell with(final RingUnderTest other) {
        return new Cell(other, measure, other.kind() == Kind.REFERENCE ? 1 : batch, producers);
    }

    /**
     * Whether this cell's score means something next to another's: the same measure, as many producers, claims of the
     * same size. A reference has no claims and stands next to all sizes.
     *
     * @param other cell
     * @return true if a ratio can be given
     */
    public boolean isComparableTo(final Cell other) {
        return measure == other.measure && producers == other.producers
                && (batch == other.batch || other.ring.kind() == Kind.REFERENCE);
    }

    @Override
    public String toString() {
        return ring.label() + " " + measure.key() + (batch > 1 ? ", claims of " + batch : "")
                + (producers > 1 ? ", " + producers + " producers" : "");
    }
}
