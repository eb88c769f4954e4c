/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.experiment.ExperimentResult;

/** {@code report.html}: one file that needs no network. */
public final class ReportPage {

    /** Usual name of the file. */
    public static final String NAME = "report.html";

    private static final List<String> SCRIPTS = List.of("experiments.js", "report.js");

    private ReportPage() {}

    /** What the page draws. */
    private record Data(@JsonUnwrapped PageData runs, List<ExperimentResult> experiments) {}

    /**
     * Make the page.
     *
     * @param runs at least one, all on one kind of machine
     * @return the whole of the file
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs) {
        return of(runs, List.of());
    }

    /**
     * Make the page, with experiments on the model behind the comparisons.
     *
     * @param runs        all on one kind of machine
     * @param experiments of any program, profile and seed; at least one if there are no runs
     * @return the whole of the file
     * @throws IllegalArgumentException if the runs are of different kinds of machine
     */
    public static String of(final List<DeliveryResult> runs, final List<ExperimentResult> experiments) {
        if (runs.isEmpty()) {
            return PageFile.of("Fault Ring: what settings do", "What settings do to the path of an I/O page fault",
                    SCRIPTS, new Data(without(experiments), experiments));
        }
        final MergedRuns merged = new MergedRuns(runs);
        final Data data = new Data(new PageBuilder(merged).build(), experiments);
        return merged.isOfRampsAlone()
                ? PageFile.of("Fault Ring: how much load is borne", "How much load keeps the tail under its limit?",
                        SCRIPTS, data)
                : PageFile.of("Fault Ring: how faults are best delivered",
                        "Which way of delivering I/O page faults is best?", SCRIPTS, data);
    }

    /** A page of experiments alone. */
    private static PageData without(final List<ExperimentResult> experiments) {
        return new PageData(experiments.size() == 1 ? experiments.getFirst().finding()
                : experiments.size() + " experiments, each with what it found", List.of(),
                "Virtual time is that of a profile of prices, and of no machine; events are counted, and exact for "
                        + "the model.",
                List.of(), List.of());
    }
}
