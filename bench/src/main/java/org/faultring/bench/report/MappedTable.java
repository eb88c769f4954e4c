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

import org.faultring.bench.mapped.AttachTimes;
import org.faultring.bench.mapped.LoadRow;
import org.faultring.bench.mapped.MappedResult;
import org.faultring.bench.mapped.SteppedPath;
import org.faultring.bench.statistics.MedianEstimate;
import org.faultring.bench.statistics.RatioEstimate;

/** What a mapped ring costs, as text for a terminal. */
public final class MappedTable {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PER_MICROSECOND = 1e3;

    private MappedTable() {}

    /**
     * All tables.
     *
     * @param result to show
     * @return lines, the last one ended
     */
    public static String of(final MappedResult result) {
        return loads(result.loads()) + "\n" + attach(result.attach()) + "\n" + stepped(result.stepped()) + "\n"
                + notes(result);
    }

    private static String loads(final List<LoadRow> rows) {
        final List<Object[]> cells = new ArrayList<>();
        for (final LoadRow row : rows) {
            cells.add(new Object[] {row.name().traffic().label(), row.name().ring(),
                row.name().producer().label() + " to " + row.name().consumer().label(),
                number("%.1f", PER_MICROSECOND / row.nanosPerFault().median()),
                number("%.1f", row.nanosPerFault().median()), interval("%.1f", row.nanosPerFault()),
                number("%.2f", row.toJava().ratio()), interval(row.toJava()),
                number("%.3f", row.allocatedBytesPerFault())});
        }
        return PlainTable.of(List.of(left("traffic"), left("ring"), left("ends"), right("M/s"), right("host ns"),
                right("99 % interval"), right("/ Java"), right("99 % interval"), right("B/fault")), cells);
    }

    private static String attach(final AttachTimes times) {
        final List<Object[]> cells = new ArrayList<>();
        for (int i = 0; i < AttachTimes.labels().size(); i++) {
            cells.add(new Object[] {AttachTimes.labels().get(i),
                number("%.3f", times.medians().get(i) / NANOS_PER_MILLI)});
        }
        return PlainTable.of(List.of(left("attach, both sides"), right("host ms")), cells);
    }

    private static String stepped(final SteppedPath path) {
        return PlainTable.of(List.of(left("path, one thread"), right("host ns"), right("/ host"),
                right("99 % interval")),
                List.of(new Object[] {"stepped in a loop of one's own", number("%.1f",
                        path.ownNanosPerFault().median()),
                    number("%.3f", path.ratio().ratio()),
                    interval(path.ratio())},
                        new Object[] {"on our host", number("%.1f", path.hostNanosPerFault().median()), "1", ""}));
    }

    private static String notes(final MappedResult result) {
        return String.format(Locale.ROOT, "%s, %d cores, %s, %s%n", result.environment().cpu(),
                result.environment().cores(), result.environment().kernel(), result.environment().jvm())
                + String.format(Locale.ROOT, "medians of %d rounds of %,d faults, one by one, closed loop, rows in "
                        + "turn; producer on core 1, consumer on core 0%n", result.effort().rounds(),
                        result.effort().faults())
                + "/ Java: throughput against the mapped ring of the same traffic with Java at both ends, by round\n";
    }

    private static String number(final String format, final double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String interval(final String format, final MedianEstimate estimate) {
        return estimate.hasInterval() ? number(format, estimate.low()) + "-" + number(format, estimate.high()) : "";
    }

    private static String interval(final RatioEstimate ratio) {
        return ratio.hasInterval() ? String.format(Locale.ROOT, "%.3f-%.3f", ratio.low(), ratio.high()) : "";
    }
}
