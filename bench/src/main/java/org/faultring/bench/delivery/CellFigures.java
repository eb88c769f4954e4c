/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import org.HdrHistogram.Histogram;
import org.faultring.bench.result.OccupancySeries;
import org.faultring.bench.statistics.MedianEstimate;

/** What the rounds of one cell gave, or why there are none. */
public final class CellFigures {

    private static final double NANOS_PER_SECOND = 1e9;

    private final DeliveryCell cell;
    private final List<RoundFigures> rounds = new ArrayList<>();
    private String whyNot;
    private Histogram latencies;
    private OccupancySeries occupancy;

    CellFigures(final DeliveryCell cell) {
        this.cell = cell;
    }

    /**
     * Several runs of one cell as one.
     *
     * @param runs of the same cell, at least one
     * @return all rounds and latencies; why not, only if no run has a result
     */
    public static CellFigures merged(final List<CellFigures> runs) {
        final CellFigures merged = new CellFigures(runs.get(0).cell);
        for (final CellFigures run : runs) {
            if (run.whyNot == null) {
                merged.rounds.addAll(run.rounds);
                run.latencies().ifPresent(merged::addLatencies);
                run.occupancy().ifPresent(merged::occupancy);
            }
        }
        if (merged.rounds.isEmpty()) {
            merged.whyNot = runs.get(0).whyNot;
        }
        return merged;
    }

    private void addLatencies(final Histogram more) {
        if (latencies == null) {
            latencies = more.copy();
        } else {
            latencies.add(more);
        }
    }

    void add(final RoundFigures round) {
        rounds.add(round);
    }

    void cannot(final String sentence) {
        whyNot = sentence;
    }

    void latencies(final Histogram all) {
        latencies = all;
    }

    void occupancy(final OccupancySeries ofLastRound) {
        occupancy = ofLastRound;
    }

    /**
     * What was measured.
     *
     * @return the cell
     */
    public DeliveryCell cell() {
        return cell;
    }

    /**
     * Why there is no figure.
     *
     * @return a sentence, empty where there are figures
     */
    public Optional<String> whyNot() {
        return Optional.ofNullable(whyNot);
    }

    /**
     * What does not add up.
     *
     * @return each once; a cell with any has no result
     */
    public List<String> violations() {
        return rounds.stream().flatMap(round -> round.violations().stream()).distinct().toList();
    }

    /**
     * Whether there are figures to show and compare.
     *
     * @return true if it ran and every round was conserved
     */
    public boolean hasResult() {
        return whyNot == null && !rounds.isEmpty() && violations().isEmpty();
    }

    /**
     * The rounds.
     *
     * @return in the order of the run
     */
    public List<RoundFigures> rounds() {
        return List.copyOf(rounds);
    }

    /**
     * Times of faults over all rounds.
     *
     * @return ns of the ground's currency, or nothing
     */
    public Optional<Histogram> latencies() {
        return Optional.ofNullable(latencies);
    }

    /**
     * How much was waiting where in the last round.
     *
     * @return counts over time, or nothing where they are not looked at
     */
    public Optional<OccupancySeries> occupancy() {
        return Optional.ofNullable(occupancy);
    }

    /**
     * What the cell is judged by: in closed loop the cost of a fault, in open loop, where that is the pace's, the 99th
     * percentile of a fault's time from its intended moment.
     *
     * @return the median over rounds, in ns of the ground's currency, or nothing if no round has one
     */
    public Optional<MedianEstimate> figure() {
        return MedianEstimate.of(figureOfRounds());
    }

    /**
     * What the cell is judged by, without its interval.
     *
     * @return the median over rounds, NaN without any
     */
    public double medianFigure() {
        return MedianEstimate.median(figureOfRounds());
    }

    double[] figureOfRounds() {
        return cell.pace().isOpenLoop() ? rounds.stream().mapToDouble(CellFigures::p99).toArray() : nanosOfRounds();
    }

    private static double p99(final RoundFigures round) {
        return round.latencyNanos() == null || round.latencyNanos().p99() == null ? Double.NaN
                : round.latencyNanos().p99();
    }

    /** Median of a fault's time in open loop, median over rounds; null without any. */
    Double medianP50() {
        final OptionalDouble median = median(round -> round.latencyNanos() == null
                || round.latencyNanos().p50() == null ? null : (Double) round.latencyNanos().p50().doubleValue());
        return median.isPresent() ? (Double) median.getAsDouble() : null;
    }

    /**
     * Faults answered per second of the ground's currency.
     *
     * @return the median over rounds, NaN without any
     */
    public double medianPerSecond() {
        return NANOS_PER_SECOND / medianNanosPerFault();
    }

    /**
     * Cost of a fault.
     *
     * @return the median over rounds, in the ground's currency
     */
    public MedianEstimate nanosPerFault() {
        return MedianEstimate.of(nanosOfRounds()).orElseThrow();
    }

    /**
     * Cost of a fault, without its interval.
     *
     * @return the median over rounds, NaN without any
     */
    public double medianNanosPerFault() {
        return MedianEstimate.median(nanosOfRounds());
    }

    double[] nanosOfRounds() {
        return rounds.stream().mapToDouble(RoundFigures::nanosPerFault).toArray();
    }

    /**
     * A figure that a round may lack.
     *
     * @param figure of a round, null for none
     * @return the median of those that have it, or nothing
     */
    public OptionalDouble median(final Function<RoundFigures, Double> figure) {
        final double[] values = rounds.stream().map(figure).filter(value -> value != null)
                .mapToDouble(Double::doubleValue).toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(MedianEstimate.median(values));
    }

    /**
     * Events for each fault.
     *
     * @param kind of event
     * @return the median over rounds, or nothing where it cannot be counted
     */
    public OptionalDouble events(final EventKind kind) {
        return median(round -> round.eventsPerFault().get(kind.key()));
    }

    /**
     * Whether raising is what takes the time: its cost alone is within a tenth of the cell's.
     *
     * @return true if the figure says little about the design
     */
    public boolean isBoundByRaiser() {
        final OptionalDouble floor = median(RoundFigures::floorNanosPerFault);
        return floor.isPresent() && medianNanosPerFault() < 1.1 * floor.getAsDouble();
    }
}
