/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.experiment.ExperimentResult;
import org.faultring.bench.result.Versions;

/** {@code report.html}: one file that needs no network. */
public final class ReportPage {

    /** Usual name of the file. */
    public static final String NAME = "report.html";

    private static final String DELIVERY = "Which way of delivering I/O page faults is best?";
    private static final String EXPERIMENTS = "What settings do to the path of an I/O page fault";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportPage() {}

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
        final PageData data = runs.isEmpty() ? without(experiments) : new PageBuilder(new MergedRuns(runs)).build();
        return resource("report.html").replace("/*style*/", resource("report.css"))
                .replace("/*title*/", runs.isEmpty() ? EXPERIMENTS : DELIVERY)
                .replace("/*charts*/", charts())
                .replace("/*experiment script*/", resource("experiments.js"))
                .replace("/*script*/", resource("report.js"))
                .replace("/*experiments*/", json(experiments))
                .replace("/*data*/", json(data));
    }

    /** A page of experiments alone. */
    private static PageData without(final List<ExperimentResult> experiments) {
        return new PageData(experiments.size() == 1 ? experiments.getFirst().question()
                : experiments.size() + " experiments", List.of(),
                "Virtual time is that of a profile of prices, and of no machine; events are counted, and exact for "
                        + "the model.",
                List.of(), List.of());
    }

    /** Within a script element, so that no text of a result can end it. */
    private static String json(final Object data) {
        try {
            return JSON.writeValueAsString(data).replace("<", "\\u003c");
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String charts() {
        return read("/META-INF/resources/webjars/echarts/" + Versions.all().get("echarts") + "/echarts.min.js");
    }

    private static String resource(final String name) {
        return read(name);
    }

    private static String read(final String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
