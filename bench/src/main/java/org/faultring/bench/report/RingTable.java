/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.report;

import static org.faultring.bench.report.PlainTable.left;
import static org.faultring.bench.report.PlainTable.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import org.faultring.bench.comparison.Cell;
import org.faultring.bench.comparison.Comparison;
import org.faultring.bench.comparison.ComparisonResult;
import org.faultring.bench.comparison.Effort;
import org.faultring.bench.comparison.Measure;
import org.faultring.bench.comparison.Placement;
import org.faultring.bench.statistics.RatioEstimate;
import org.faultring.bench.comparison.RingRatio;
import org.faultring.bench.comparison.Samples;
import org.faultring.bench.result.Environment;
import org.faultring.bench.rings.FaultProducer;
import org.faultring.bench.rings.RingUnderTest;

/** Rings next to each other as text for a terminal. Plain text, no colours. */
public final class RingTable {

    private static final int CLAIM = FaultProducer.CLAIM;
    private static final int SEVERAL_PRODUCERS = 2;

    private static final List<String> NAMED_ELSEWHERE = List.of(RingUnderTest.DISRUPTOR_SINGLE_BUSY_SPIN.label(),
            RingUnderTest.DISRUPTOR_MULTI_BUSY_SPIN.label(), RingUnderTest.AGRONA_ONE_TO_ONE.label(),
            RingUnderTest.AGRONA_MANY_TO_ONE.label(), RingUnderTest.REFERENCE.label());

    private static final String LEGEND = """
            M/s: million 40-byte faults per second, from the first claim until the last one has been read; one by one,
                 in claims of 10, and one by one from two producers, where all threads yield; at least %d places
            round trip: one fault in flight, from its claim through one ring and back through another until the handler
                 has the answer
            B/op: most bytes allocated per fault in any of the columns, by all threads
            / Disruptor: the single-producer one, or the multi-producer one for rings of many producers; busy-spin,
                 yielding for 2 producers
            """.formatted(RingUnderTest.CAPACITY);

    private final Comparison comparison;

    private RingTable(final Comparison comparison) {
        this.comparison = comparison;
    }

    /**
     * The table and how to read it.
     *
     * @param result to show
     * @return lines, the last one ended
     */
    public static String of(final ComparisonResult result) {
        return new RingTable(result.comparison()).table() + "\n"
                + notes(result.environment(), result.effort(), result.comparison().placement())
                + result.comparison().elsewhere().stream().map(RingTable::elsewhere).collect(Collectors.joining());
    }

    private String table() {
        final List<Object[]> rows = new ArrayList<>();
        for (final RingUnderTest ring : comparison.rings()) {
            final Cell one = new Cell(ring, Measure.THROUGHPUT, 1, 1);
            final Cell claims = new Cell(ring, Measure.THROUGHPUT, CLAIM, 1);
            final Cell roundTrip = new Cell(ring, Measure.ROUND_TRIP, 1, 1);
            final Cell two = new Cell(ring, Measure.THROUGHPUT, 1, SEVERAL_PRODUCERS);
            rows.add(new Object[] {ring.label(), score(one), score(claims), score(two), score(roundTrip),
                allocated(one, claims, two, roundTrip), toDisruptor(one), toDisruptor(claims), toDisruptor(two),
                to(RingUnderTest.REFERENCE, one), to(RingUnderTest.REFERENCE, claims),
                to(RingUnderTest.PING_PONG, roundTrip)});
        }
        return PlainTable.of(List.of(left("\nring"), right("M/s\nby 1"), right("M/s\nby 10"), right("M/s\n2 prod."),
                right("round\ntrip ns"), right("\nB/op"), right("/ Disruptor\nby 1"), right("/ Disruptor\nby 10"),
                right("/ Disruptor\n2 prod."), right("/ reference\nby 1"), right("/ reference\nby 10"),
                right("/ ping-pong\nround trip")), rows);
    }

    private String score(final Cell cell) {
        return comparison.samples(cell).map(Samples::score).filter(score -> !Double.isNaN(score))
                .map(score -> String.format(Locale.ROOT, "%.1f", score)).orElse("");
    }

    /** The most that any of the cells allocates. */
    private String allocated(final Cell... cells) {
        final OptionalDouble most = List.of(cells).stream().map(comparison::samples).flatMap(Optional::stream)
                .mapToDouble(Samples::allocatedBytesPerFault).filter(bytes -> !Double.isNaN(bytes)).max();
        return most.isPresent() ? String.format(Locale.ROOT, "%.3f", most.getAsDouble()) : "";
    }

    /** The Disruptor that is made for as many producers and waits in the same way. */
    private String toDisruptor(final Cell cell) {
        final RingUnderTest disruptor = !cell.ring().hasManyProducers() ? RingUnderTest.DISRUPTOR_SINGLE_BUSY_SPIN
                : cell.producers() == 1 ? RingUnderTest.DISRUPTOR_MULTI_BUSY_SPIN
                        : RingUnderTest.DISRUPTOR_MULTI_YIELDING;
        return to(disruptor, cell);
    }

    private String to(final RingUnderTest other, final Cell cell) {
        return cell.ring() == other ? comparison.samples(cell).isPresent() ? "1" : ""
                : comparison.ratio(cell, cell.with(other)).map(RingTable::ratio).orElse("");
    }

    private static String ratio(final RatioEstimate estimate) {
        final String ratio = String.format(Locale.ROOT, "%.2f", estimate.ratio());
        return estimate.hasInterval()
                ? ratio + String.format(Locale.ROOT, "%n%.2f-%.2f", estimate.low(), estimate.high())
                : ratio;
    }

    private static String notes(final Environment environment, final Effort effort,
            final Placement placement) {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT,
                "%s, %d cores, %s, %s; threads are not pinned, closed loop, host time%n",
                environment.cpu(), environment.cores(), environment.kernel(), environment.jvm()));
        text.append(String.format(Locale.ROOT,
                "medians of %d fork%s, %d iterations of %d ms each, forks of all rings in turn; %s%n", effort.forks(),
                effort.forks() == 1 ? "" : "s", effort.iterations(), effort.iterationMillis(),
                effort.forks() == 1 ? "one fork has no spread, so no intervals"
                        : "below a ratio: its 99 % interval over forks"));
        if (!Double.isNaN(placement.coreRoundTripNanos())) {
            text.append(String.format(Locale.ROOT,
                    "placement: %d of %d iterations, those in which %s, before and after%n", placement.kept(),
                    placement.total(), place(placement)));
        }
        text.append(LEGEND);
        if (environment.cores() < SEVERAL_PRODUCERS) {
            text.append("note: fewer cores than threads, so times are those of the scheduler\n");
        }
        return text.toString();
    }

    /** Nothing where one fork alone was in that place. */
    private static String interval(final RingRatio ratio) {
        return ratio.low() == null ? ""
                : String.format(Locale.ROOT, " (%.2f-%.2f)", ratio.low(), ratio.high());
    }

    private static String place(final Placement placement) {
        return String.format(Locale.ROOT,
                "one word took about %.0f ns from core to core and back and %.0f lines came over in a microsecond",
                placement.coreRoundTripNanos(), placement.linesPerMicrosecond());
    }

    /** A placement that was not the most common one: the throughput of our rings next to others. */
    private static String elsewhere(final Comparison comparison) {
        final String ratios = comparison.ratios().stream()
                .filter(ratio -> ratio.measure() == Measure.THROUGHPUT && ratio.producers() == 1)
                .filter(ratio -> NAMED_ELSEWHERE.contains(ratio.peer()))
                .map(ratio -> String.format(Locale.ROOT, "%n  %s / %s%s: %.2f%s", ratio.ring(), ratio.peer(),
                        ratio.batch() > 1 ? ", claims of " + ratio.batch() : "", ratio.ratio(), interval(ratio)))
                .collect(Collectors.joining());
        return ratios.isEmpty() ? ""
                : String.format(Locale.ROOT, "%nelsewhere: %d of %d iterations, where %s%s%n",
                        comparison.placement().kept(), comparison.placement().total(), place(comparison.placement()),
                        ratios);
    }
}
