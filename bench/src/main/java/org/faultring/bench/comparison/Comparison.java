/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.faultring.bench.rings.RingUnderTest;
import org.faultring.bench.rings.RingUnderTest.Kind;
import org.faultring.bench.statistics.RatioEstimate;

/**
 * Rings measured in one run, fork by fork in turn: in each round every cell gets one fork, so that a machine that
 * becomes slower for a while does so to all of them.
 */
public final class Comparison {

    /** Of all iterations, below which a place is not worth a comparison of its own. */
    private static final double RARE = 0.02;

    private final Map<Cell, Samples> cells = new LinkedHashMap<>();
    private final Placement placement;

    /**
     * Of what was measured, in the place in which most of it was.
     *
     * @param samples one for each cell, all of the same rounds
     */
    public Comparison(final Collection<Samples> samples) {
        this(samples, Placement.mostCommon(iterations(samples)));
    }

    private Comparison(final Collection<Samples> samples, final Placement placement) {
        this.placement = placement;
        samples.forEach(sample -> cells.put(sample.cell(), sample.at(placement)));
    }

    private static List<Iteration> iterations(final Collection<Samples> samples) {
        return samples.stream().flatMap(Samples::iterations).toList();
    }

    /**
     * The same run in the other places in which some of it was.
     *
     * @return the most common one first
     */
    public List<Comparison> elsewhere() {
        return Placement.all(iterations(cells.values())).stream().skip(1)
                .filter(place -> place.kept() >= RARE * place.total())
                .map(place -> new Comparison(cells.values(), place)).toList();
    }

    /**
     * Measure.
     *
     * @param cells    to measure
     * @param effort   how much
     * @param forks    measure a cell
     * @param progress told before each fork
     * @return the comparison
     * @throws ForkFailedException at the first fork without a result
     */
    public static Comparison run(final List<Cell> cells, final Effort effort, final Forks forks,
            final Progress progress) throws ForkFailedException {
        final List<Samples> samples = cells.stream().map(Samples::new).toList();
        final int total = effort.forks() * cells.size();
        int done = 0;
        for (int round = 0; round < effort.forks(); round++) {
            for (final Samples sample : samples) {
                progress.at((double) done / total, sample.cell());
                sample.add(forks.run(sample.cell(), effort));
                done++;
            }
        }
        return new Comparison(samples);
    }

    /**
     * Where the cores were in the iterations that are compared.
     *
     * @return the placement
     */
    public Placement placement() {
        return placement;
    }

    /**
     * Everything that was measured.
     *
     * @return in the order of the run
     */
    public List<Samples> samples() {
        return List.copyOf(cells.values());
    }

    /**
     * What was measured of a cell.
     *
     * @param cell to look up
     * @return its samples, or nothing
     */
    public Optional<Samples> samples(final Cell cell) {
        return Optional.ofNullable(cells.get(cell));
    }

    /**
     * The rings, in the order of the run.
     *
     * @return each once
     */
    public List<RingUnderTest> rings() {
        return cells.keySet().stream().map(Cell::ring).distinct().sorted().toList();
    }

    /**
     * One cell against another.
     *
     * @param cell  the dividend
     * @param other the divisor
     * @return the ratio, or nothing if there is no round in which both were measured at the placement
     */
    public Optional<RatioEstimate> ratio(final Cell cell, final Cell other) {
        final Samples dividends = cells.get(cell);
        final Samples divisors = cells.get(other);
        if (dividends == null || divisors == null) {
            return Optional.empty();
        }
        return RatioEstimate.of(dividends.scores(), divisors.scores());
    }

    /**
     * Each cell of ours against all that it can be compared to.
     *
     * @return in the order of the run
     */
    public List<RingRatio> ratios() {
        final List<RingRatio> ratios = new ArrayList<>();
        for (final Cell ours : cells.keySet()) {
            if (ours.ring().kind() != Kind.OURS) {
                continue;
            }
            for (final Cell other : cells.keySet()) {
                if (other.ring().kind() != Kind.OURS && ours.isComparableTo(other)) {
                    ratio(ours, other).ifPresent(estimate -> ratios.add(RingRatio.of(ours, other, estimate)));
                }
            }
        }
        return ratios;
    }

    /** Told how far a run is. */
    @FunctionalInterface
    public interface Progress {

        /**
         * A fork begins.
         *
         * @param done of the whole, 0..1
         * @param cell that is measured now
         */
        void at(double done, Cell cell);
    }
}
