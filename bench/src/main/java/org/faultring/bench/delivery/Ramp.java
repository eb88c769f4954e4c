/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;

import org.faultring.bench.load.Pace;
import org.faultring.bench.statistics.MedianEstimate;

/**
 * Searches for the highest rate of each of several cells, side by side: at each step every search measures its own next
 * rate, round by round in turn. What each does in closed loop is measured first and bounds its search.
 */
public final class Ramp {

    /** Rounds of a rate are long enough for a 99th percentile. */
    private static final double FAULTS_OF_A_ROUND = 2_000;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);
    /** Steps after which half is done, as it seems; how many there will be is not known. For the progress alone. */
    private static final double HALF = 5;
    /** Rounds of a rate that cannot be decided by fewer, times what was asked for. */
    private static final int MOST_TIMES = 3;

    private final List<CellFigures> capacities;
    private final CellEffort effort;
    private final Pace arrivals;
    private final long limitNanos;
    private final Map<CellFigures, RampSearch> searches = new LinkedHashMap<>();
    private final Map<CellFigures, String> failures = new LinkedHashMap<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private boolean isConserved = true;

    /** A search and the cell of its next rate. */
    private record Turn(CellFigures capacity, RampSearch search, double perSecond, CellFigures cell) {}

    /**
     * A ramp that has not begun.
     *
     * @param cells      in closed loop
     * @param effort     for each rate; rounds are made longer where a 99th percentile needs it
     * @param arrivals   a pace that has a rate, which does not matter
     * @param limitNanos under which the 99th percentile is to stay
     */
    public Ramp(final List<DeliveryCell> cells, final CellEffort effort, final Pace arrivals, final long limitNanos) {
        this.effort = effort;
        this.arrivals = arrivals.withRate(1);
        this.limitNanos = limitNanos;
        capacities = cells.stream().map(CellFigures::new).toList();
    }

    /** Any thread: come to an end after the step that runs. */
    public void interrupt() {
        interrupted.set(true);
    }

    /**
     * Whether it came to its end.
     *
     * @return true if it was cut short
     */
    public boolean isInterrupted() {
        return interrupted.get();
    }

    /**
     * Search.
     *
     * @param setting      that cells share
     * @param jvmArguments for each JVM of cells
     * @param program      main class and arguments with which it serves
     * @param progress     told before each step
     */
    public void run(final CellSetting setting, final List<String> jvmArguments, final List<String> program,
            final DeliveryComparison.Progress progress) {
        try (CellPool pool = new CellPool(setting, jvmArguments, program, effort, interrupted::get)) {
            pool.setUp(capacities);
            for (final CellFigures cell : capacities) {
                progress.at(0, cell.cell());
                pool.warmUp(cell);
            }
            final Map<CellFigures, CellEffort> efforts = new LinkedHashMap<>();
            capacities.forEach(cell -> efforts.put(cell, effort));
            rounds(pool, efforts, 0);
            pool.endAll();
            for (final CellFigures cell : capacities) {
                if (cell.hasResult()) {
                    searches.put(cell, new RampSearch(cell.medianPerSecond()));
                }
            }
            List<Turn> turns = turns();
            for (int step = 1; !turns.isEmpty() && !interrupted.get(); step++) {
                progress.at(step / (step + HALF), turns.get(0).cell.cell());
                measure(pool, turns);
                turns = turns();
            }
        }
    }

    private List<Turn> turns() {
        final List<Turn> turns = new ArrayList<>();
        searches.forEach((capacity, search) -> {
            final OptionalDouble next = search.next();
            if (next.isPresent() && !failures.containsKey(capacity)) {
                final double perSecond = next.getAsDouble();
                turns.add(new Turn(capacity, search, perSecond,
                        new CellFigures(capacity.cell().withPace(arrivals.withRate(perSecond)))));
            }
        });
        return turns;
    }

    private void measure(final CellPool pool, final List<Turn> turns) {
        pool.setUp(turns.stream().map(Turn::cell).toList());
        final Map<CellFigures, CellEffort> efforts = new LinkedHashMap<>();
        turns.forEach(turn -> efforts.put(turn.cell, effortAt(turn.perSecond)));
        rounds(pool, efforts, 0);
        for (int more = 1; more < MOST_TIMES && !interrupted.get(); more++) {
            efforts.keySet().removeIf(cell -> !isUndecided(cell));
            rounds(pool, efforts, more);
        }
        pool.endAll();
        for (final Turn turn : turns) {
            if (interrupted.get()) {
                failures.put(turn.capacity, "interrupted before the rate was found.");
            } else if (turn.cell.hasResult()) {
                turn.search.add(RampStep.of(turn.perSecond, turn.cell, limitNanos));
            } else {
                isConserved &= turn.cell.violations().isEmpty();
                failures.put(turn.capacity, turn.cell.whyNot()
                        .orElseGet(() -> "not conserved at a rate of " + turn.perSecond + ": "
                                + turn.cell.violations()));
            }
        }
    }

    /** The limit is within the interval: more rounds may tell on which side the median is. */
    private boolean isUndecided(final CellFigures cell) {
        return cell.hasResult() && cell.figure().filter(p99 -> isUndecided(p99, limitNanos)).isPresent();
    }

    static boolean isUndecided(final MedianEstimate p99, final long limitNanos) {
        return p99.hasInterval() && p99.low() < limitNanos && p99.high() >= limitNanos;
    }

    /** Rounds that are long enough, but no longer than that where the rate is high. */
    private CellEffort effortAt(final double perSecond) {
        final long nanos = (long) Math.min(LONGEST_ROUND.toNanos(), FAULTS_OF_A_ROUND / perSecond * 1e9);
        return new CellEffort(effort.rounds(),
                Duration.ofNanos(Math.max(nanos, effort.roundLength().toNanos())));
    }

    private void rounds(final CellPool pool, final Map<CellFigures, CellEffort> efforts, final int before) {
        for (int round = 0; round < effort.rounds(); round++) {
            for (final Map.Entry<CellFigures, CellEffort> turn : efforts.entrySet()) {
                pool.round(turn.getKey(), before * effort.rounds() + round, turn.getValue());
            }
        }
    }

    /**
     * Whether every fault at every rate was answered once.
     *
     * @return false if the books of a rate did not close
     */
    public boolean isConserved() {
        return isConserved && capacities.stream().allMatch(cell -> cell.violations().isEmpty());
    }

    /**
     * What each did in closed loop.
     *
     * @return in the order of the run
     */
    public List<CellFigures> capacities() {
        return capacities;
    }

    /**
     * What was found.
     *
     * @return a result for each cell, in the order of the run
     */
    public List<RampResult> results() {
        return capacities.stream().map(this::result).toList();
    }

    private RampResult result(final CellFigures capacity) {
        final DeliveryCell cell = capacity.cell();
        final RampSearch search = searches.get(capacity);
        final String whyNot = search == null
                ? capacity.whyNot().orElseGet(() -> "no result in closed loop: " + capacity.violations())
                : failures.get(capacity);
        final List<RampStep> steps = search == null ? List.of() : search.steps();
        return new RampResult(cell.design(), cell.ground().key(), cell.batch(), cell.inFlight(), cell.handlerNanos(),
                cell.cores().key(),
                (steps.isEmpty() ? arrivals : arrivals.withRate(steps.get(0).offeredPerSecond())).toString(),
                limitNanos, search == null ? null : capacity.medianPerSecond(),
                search == null || search.highest().isEmpty() ? null : search.highest().getAsDouble(), whyNot, steps);
    }
}
