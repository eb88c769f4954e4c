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
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.github.freva.asciitable.Column;
import org.faultring.bench.instructions.CountedKernel;
import org.faultring.bench.instructions.CountingEffort;
import org.faultring.bench.instructions.Design;
import org.faultring.bench.instructions.Figure;
import org.faultring.bench.instructions.InstructionCounts;
import org.faultring.bench.instructions.RingMode;

/** Instructions of the delivery designs, kernels side by side, as text for a terminal. Plain text, no colours. */
public final class InstructionTable {

    private static final String LEGEND = """
            instructions executed in the machine for each fault, kernel and client together; raising it is taken off
            receive: until the reader has the fault, posting for it included; answer: until its answer is accepted;
                 medians of rounds
            fault: everything that ran, on average: also what the kernel does later and the timer's interrupts
            batch: the same for all faults of a batch, which are raised in a row, received and answered together
            +-%%: of "fault" from pass to pass, largest less smallest
            empty: reads and completions that brought nothing, for each fault
            deferred: the ring has IORING_SETUP_DEFER_TASKRUN; nonblock: the fault fd has O_NONBLOCK
            silent: never delivers a fault; an eventfd has no row: iommufd offers none for faults
            asleep: woken for each fault, at a real-time priority; two changes of threads are in it
            """;

    private final List<CountedKernel> kernels;

    private InstructionTable(final List<CountedKernel> kernels) {
        this.kernels = kernels;
    }

    /**
     * The tables and how to read them.
     *
     * @param counts to show
     * @return lines, the last one ended
     */
    public static String of(final InstructionCounts counts) {
        final InstructionTable table = new InstructionTable(counts.kernels());
        return table.calls()
                + table.designs("awake, answers by write", d -> !d.asleep() && !d.ringAnswers())
                + table.designs("awake, answers by WRITE on the ring, posted with the next request",
                        d -> !d.asleep() && d.ringAnswers())
                + table.designs("asleep, answers by write", Design::asleep)
                + table.notes(counts.effort()) + table.wrongs();
    }

    private String calls() {
        final List<String> header = new ArrayList<>(List.of("single call"));
        kernels.forEach(kernel -> header.add(kernel.name()));
        final List<Object[]> rows = new ArrayList<>();
        for (final String name : kernels.get(0).calls().keySet()) {
            final List<Object> row = new ArrayList<>(List.of(name));
            kernels.forEach(kernel -> row.add(count(kernel.calls().get(name))));
            rows.add(row.toArray());
        }
        return lines(header, 1, rows);
    }

    private String designs(final String title, final Predicate<Design> chosen) {
        final List<String> header = new ArrayList<>(List.of("\nreceived by", "\nring", "\nfd", "\nbatch"));
        for (final CountedKernel kernel : kernels) {
            header.addAll(List.of("\nreceive", "\nanswer", kernel.name() + "\nfault", "\nbatch", "\n+-%", "\nempty"));
            if (kernel != kernels.get(0)) {
                header.add("to first\nfault");
            }
        }
        final List<Object[]> rows = kernels.get(0).figures().stream().filter(figure -> chosen.test(figure.design()))
                .map(this::row).toList();
        return rows.isEmpty() ? "" : "reader " + title + "\n" + lines(header, 3, rows);
    }

    /** A design at a batch on all kernels; the first one says which there are. */
    private Object[] row(final Figure first) {
        final Design design = first.design();
        final List<Object> row = new ArrayList<>(List.of(design.label(),
                design.ring() == RingMode.NONE ? "" : design.ring().id(), design.nonblocking() ? "nonblock" : "",
                first.batch()));
        for (final CountedKernel kernel : kernels) {
            final Figure figure = kernel.figure(design, first.batch()).orElse(null);
            if (figure == null) {
                row.addAll(List.of("", "", "", "", "", ""));
            } else if (figure.state() != Figure.State.COUNTED) {
                row.addAll(List.of("", "", figure.state().name().toLowerCase(Locale.ROOT), "", "", ""));
            } else {
                row.addAll(List.of(count(figure.receive()), count(figure.answer()), count(figure.all()),
                        count(figure.perBatch()), decimal("%.1f", figure.spread()), decimal("%.2f", figure.empty())));
            }
            if (kernel != kernels.get(0)) {
                row.add(ratio(first, figure));
            }
        }
        return row.toArray();
    }

    private static String ratio(final Figure first, final Figure figure) {
        return figure == null || figure.all() == null || first.all() == null ? ""
                : decimal("%.3f", figure.all() / first.all());
    }

    private static String count(final Double instructions) {
        return instructions == null ? "" : String.format(Locale.ROOT, "%,.0f", instructions);
    }

    private static String decimal(final String format, final double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String lines(final List<String> header, final int leftColumns, final List<Object[]> rows) {
        final List<Column> columns = new ArrayList<>();
        for (final String title : header) {
            columns.add((columns.size() < leftColumns ? left(title) : right(title)).maxWidth(80));
        }
        return PlainTable.of(columns, rows) + "\n";
    }

    private String notes(final CountingEffort effort) {
        final StringBuilder text = new StringBuilder();
        for (final CountedKernel kernel : kernels) {
            text.append(String.format(Locale.ROOT, "%s: Linux %s %s%n", kernel.name(), kernel.release(),
                    kernel.version()));
        }
        text.append(String.format(Locale.ROOT,
                "iommufd's fault fd with a mock device, one processor, no cache; %d passes, each up to %,d rounds%n",
                effort.passes(), effort.rounds()));
        return text.append(String.format(Locale.ROOT, LEGEND)).toString();
    }

    private String wrongs() {
        return kernels.stream().flatMap(kernel -> kernel.figures().stream()
                .filter(figure -> figure.state() == Figure.State.WRONG)
                .map(figure -> String.format(Locale.ROOT, "wrong: %s, %s, batch %d: %s%n", kernel.name(),
                        figure.design().label(), figure.batch(), figure.wrong())))
                .collect(Collectors.joining());
    }
}
