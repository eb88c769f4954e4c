/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** A tuning result for a terminal, and for a mail. Plain text. */
public final class TuningText {

    private final TuningResult result;
    private final StringBuilder text = new StringBuilder();

    private TuningText(final TuningResult result) {
        this.result = result;
    }

    /**
     * The tables and how to read them.
     *
     * @param result to show
     * @return lines, the last one ended
     */
    public static String of(final TuningResult result) {
        final TuningText shown = new TuningText(result);
        shown.head();
        if (result.possible()) {
            shown.sizes();
            shown.objective();
            shown.bindsFirst();
            shown.beside();
            shown.curves();
            shown.loads();
            shown.prices();
            shown.occupancy();
        } else {
            shown.objective();
            shown.impossible();
        }
        shown.history();
        shown.notes();
        return shown.text.toString();
    }

    private void line(final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private void table(final String title, final List<String> heads, final List<List<String>> rows) {
        final List<Column> columns = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            columns.add(new Column().header(heads.get(i)).headerAlign(align(i)).dataAlign(align(i)));
        }
        final String[][] data = rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
        text.append('\n').append(title).append('\n');
        AsciiTable.getTable(AsciiTable.NO_BORDERS, columns.toArray(Column[]::new), data).lines()
                .forEach(row -> text.append(row.stripTrailing()).append('\n'));
    }

    private static HorizontalAlign align(final int column) {
        return column == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
    }

    private void head() {
        final Scenario scenario = result.scenario();
        line("scenario %s: %s", scenario, scenario.text(ScenarioKey.ABOUT));
        line("capacity %,.0f faults per virtual second in closed loop; offered %s", result.capacity(),
                scenario.isSet(ScenarioKey.RATE) ? String.format(Locale.ROOT, "%,.0f (%.2f of it)",
                        scenario.number(ScenarioKey.RATE), scenario.number(ScenarioKey.RATE) / result.capacity())
                        : scenario.text(ScenarioKey.ARRIVAL));
    }

    private void sizes() {
        final List<List<String>> rows = new ArrayList<>();
        for (final Knob knob : result.curves().keySet()) {
            rows.add(List.of(knob.key().key(), Integer.toString(knob.value(result.answer().scenario())),
                    Integer.toString(knob.value(result.scenario())),
                    result.below(knob).map(step -> step.value() + ": " + effect(step)).orElse("smallest there is"),
                    result.above(knob).map(step -> step.value() + ": " + effect(step)).orElse("largest tried")));
        }
        table("smallest sizes that keep the objective", List.of("size", "answer", "given", "a step down", "a step up"),
                rows);
        line("all queues and buffers: %,d bytes", result.answer().bytes());
    }

    /** What a step does: which bound it breaks, or what it costs. */
    private String effect(final Tuner.Step step) {
        for (final Map.Entry<Constraint, Constraint.Verdict> verdict : step.evaluation().verdicts().entrySet()) {
            if (verdict.getValue() != Constraint.Verdict.MET) {
                return (verdict.getValue() == Constraint.Verdict.OPEN ? "not certain: " : "breaks ")
                        + bound(verdict.getKey());
            }
        }
        final long bytes = step.evaluation().bytes() - result.answer().bytes();
        final int runs = Math.min(step.evaluation().runs().size(), result.answer().runs().size());
        final double p99 = p99(step.evaluation(), runs) / Math.max(1, p99(result.answer(), runs)) - 1;
        return String.format(Locale.ROOT, "%+,d bytes, p99 %+.0f %%", bytes, 100 * p99);
    }

    /** Of the first runs, which have the same seeds in all evaluations. */
    private static double p99(final Evaluation evaluation, final int runs) {
        return evaluation.runs().stream().limit(runs).mapToLong(Measures::p99Nanos).average().orElseThrow();
    }

    private String bound(final Constraint constraint) {
        return constraint.key().key() + " " + constraint.sign() + " " + result.scenario().text(constraint.key());
    }

    private void objective() {
        final List<List<String>> rows = new ArrayList<>();
        result.answer().estimates().forEach((constraint, estimate) -> rows.add(List.of(bound(constraint),
                constraint.label(), number(estimate.mean()), number(estimate.low()) + " .. " + number(estimate.high()),
                switch (result.answer().verdicts().get(constraint)) {
                    case MET -> "kept";
                    case MISSED -> "missed";
                    case OPEN -> "not certain";
                })));
        table(String.format(Locale.ROOT, "objective, %d runs, all together certain at %s",
                result.answer().runs().size(), result.scenario().text(ScenarioKey.CONFIDENCE)),
                List.of("bound", "measure", "mean", "interval", ""), rows);
    }

    private void impossible() {
        text.append('\n');
        result.answer().verdicts().forEach((constraint, verdict) -> {
            if (verdict == Constraint.Verdict.MISSED) {
                line("cannot be met: %s, even with room for everything", bound(constraint));
            } else if (verdict == Constraint.Verdict.OPEN) {
                line("not certain after %d runs: %s; take a longer duration or a lower confidence",
                        result.answer().runs().size(), bound(constraint));
            }
        });
    }

    private void bindsFirst() {
        text.append('\n');
        result.bindsFirst().ifPresentOrElse(knob -> line("binds first: %s; %s", knob.key().key(),
                result.below(knob).map(step -> step.value() + ": " + effect(step)).orElseThrow()),
                () -> line("binds first: nothing, every size is the smallest there is"));
    }

    private static String number(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.format(Locale.ROOT, "%,d", (long) value)
                : Math.abs(value) < 0.01 ? String.format(Locale.ROOT, "%.3e", value)
                        : String.format(Locale.ROOT, "%,.4g", value);
    }

    /** Closed forms that the scenario fits. */
    private void beside() {
        final Scenario scenario = result.answer().scenario();
        final double rate = scenario.number(ScenarioKey.EVENT_RATE);
        if (rate > 0 && scenario.whole(ScenarioKey.EVENT_BATCH) == 1) {
            final double load = rate * scenario.eventService().meanNanos() / 1e9;
            final int room = (int) scenario.whole(ScenarioKey.EVENT_DEPTH) + 1;
            final boolean isConstant = scenario.text(ScenarioKey.EVENT_SERVICE).equals("constant");
            line("beside: events as M/%s/1/K, load %.3f, K = %d: %.3e lost", isConstant ? "D" : "M", load, room,
                    isConstant ? ClosedForms.lossMd1k(load, room) : ClosedForms.lossMm1k(load, room));
        }
        final double flying = result.occupancy().meanFlying();
        final Measures first = result.answer().runs().get(0);
        line("beside: Little's law, requests in flight: %.2f on average; %.0f requests a second stay %.0f ns", flying,
                first.requests() / first.seconds(), 1e9 * flying * first.seconds() / Math.max(1, first.requests()));
    }

    private void curves() {
        result.curves().forEach((knob, curve) -> {
            final List<List<String>> rows = new ArrayList<>();
            for (final Tuner.Step step : curve) {
                rows.add(row((step.isChosen() ? "> " : "  ") + step.value(), step.evaluation()));
            }
            table(knob.key().key() + ", all else as in the answer", heads(knob.key().key()), rows);
        });
    }

    private static List<String> heads(final String first) {
        return List.of(first, "overflows/s", "goodput", "p50 ns", "p99 ns", "retries", "events lost", "bytes",
                "objective");
    }

    private static List<String> row(final String name, final Evaluation evaluation) {
        final Estimate lost = evaluation.estimates().get(Constraint.LOST);
        return List.of(name, number(evaluation.mean(Measures::overflowsPerSecond)),
                String.format(Locale.ROOT, "%.4f", evaluation.mean(Measures::goodput)),
                String.format(Locale.ROOT, "%,.0f", evaluation.mean(Measures::p50Nanos)),
                String.format(Locale.ROOT, "%,.0f", evaluation.mean(Measures::p99Nanos)),
                String.format(Locale.ROOT, "%.4f", evaluation.mean(run -> (double) run.retries()
                        / Math.max(1, run.requests()))),
                number(lost == null ? evaluation.mean(Measures::lostShare) : lost.mean()),
                String.format(Locale.ROOT, "%,d", evaluation.bytes()),
                evaluation.isMet() ? "kept" : evaluation.isMissed() ? "missed" : "not certain");
    }

    private void loads() {
        if (result.loads().isEmpty()) {
            return;
        }
        final List<List<String>> rows = new ArrayList<>();
        result.loads().forEach((load, evaluation) -> rows.add(row(load, evaluation)));
        table("load, share of the capacity; sizes of the answer", heads("load"), rows);
    }

    private void prices() {
        final List<List<String>> rows = new ArrayList<>();
        final double p99 = result.answer().mean(Measures::p99Nanos);
        result.prices().forEach((price, evaluation) -> {
            final double moved = evaluation.mean(Measures::p99Nanos) / Math.max(1, p99) - 1;
            if (Math.abs(moved) >= 0.02 || !evaluation.isMet()) {
                rows.add(List.of(price, String.format(Locale.ROOT, "%+.1f %%", 100 * moved),
                        String.format(Locale.ROOT, "%.4f", evaluation.mean(Measures::goodput)),
                        number(evaluation.mean(Measures::overflowsPerSecond)),
                        evaluation.isMet() ? "kept" : evaluation.isMissed() ? "missed" : "not certain"));
            }
        });
        table("prices halved and doubled; those that move p99 by less than 2 % are left out",
                List.of("price", "p99", "goodput", "overflows/s", "objective"), rows);
    }

    private void occupancy() {
        final List<List<String>> rows = new ArrayList<>();
        for (final Occupancy.Point point : result.occupancy().points(0.5, 0.9, 0.99, 0.999, 1)) {
            rows.add(List.of(Double.toString(point.share()), Integer.toString(point.queued()),
                    Integer.toString(point.flying())));
        }
        table("requests, at most, for a share of the time; one run",
                List.of("share", "in the hardware's queue", "in flight"), rows);
    }

    private void history() {
        if (result.scenario().iommu() != org.faultring.hwmodel.path.IommuKind.VTD) {
            return;
        }
        final int sum = result.given().sumOfCredits();
        text.append('\n');
        line("the rule of thumb for VT-d's queue, sum of credits, next power of two, doubled: %d x %d = %d -> %d",
                result.given().whole(ScenarioKey.DEVICES), result.given().config().credits(), sum,
                2 * Sizes.powerOfTwo(sum));
        line("  the same rule gives Linux's sizes for sums of credits up to 64 -> 128, 256 -> 512, 1024 -> 2048;");
        line("  four devices of 512 are 2048 without the doubling, and Linux grants each up to 2048 by itself.");
        line("  no overflow at all, whatever anybody does, needs more slots than twice the credits: %d entries",
                Sizes.powerOfTwo(2 * sum + 1));
        if (result.possible()) {
            line("  this answer: %d. What devices asked for when those sizes were chosen is not public, so neither",
                    Knob.QUEUE.value(result.answer().scenario()));
            line("  confirms the other.");
        }
    }

    private void notes() {
        text.append('\n');
        line("virtual ns under profile %s%s; bounds hold for this scenario and these prices",
                result.profile().name(), result.profile().name().equals("example") ? ", which nobody measured" : "");
    }
}
