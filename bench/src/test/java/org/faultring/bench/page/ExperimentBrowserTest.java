/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.faultring.bench.delivery.DeliveryResult;
import org.faultring.bench.experiment.Conditions;
import org.faultring.bench.experiment.Experiment;
import org.faultring.bench.experiment.ExperimentResult;
import org.faultring.bench.experiment.ExperimentRunner;
import org.faultring.bench.experiment.Experiments;
import org.faultring.bench.experiment.Extent;
import org.faultring.bench.tune.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages with experiments in a browser, where this machine has one. Pictures are left under {@code target/report}. */
@Timeout(300)
class ExperimentBrowserTest {

    private static final Path PICTURES = Path.of("target", "report");

    private static List<ExperimentResult> quick() {
        final List<ExperimentResult> results = new ArrayList<>();
        for (final Experiment experiment : Experiments.all()) {
            results.add(new ExperimentRunner(experiment, new Conditions(Extent.QUICK, Profiles.EXAMPLE, 1), "again")
                    .run((done, at) -> {
                    }, () -> false));
        }
        return results;
    }

    private static int charts(final ExperimentResult result) {
        return result.plots().stream().mapToInt(plot -> result.axes().stream()
                .filter(axis -> !axis.key().equals(plot.x()) && !axis.key().equals(plot.y()))
                .mapToInt(axis -> axis.values().size()).reduce(1, (one, other) -> one * other)).sum();
    }

    @Test
    void shouldDrawEveryChartOfEveryExperimentWithoutAnErrorOrARequest() throws Exception {
        final List<ExperimentResult> results = quick();
        final DeliveryResult run = ReportPageTest.large(1);
        Files.createDirectories(PICTURES);
        final String alone = Files.writeString(PICTURES.resolve("experiments.html"),
                ReportPage.of(List.of(), results)).toUri().toString();
        final String both = Files.writeString(PICTURES.resolve("both.html"),
                ReportPage.of(List.of(run), results.subList(0, 1))).toUri().toString();
        try (Browser browser = Browser.startOrSkip()) {
            browser.size(1280, 900);
            browser.open(alone + "?theme=light");
            browser.drawAll();
            assertEquals(results.stream().mapToInt(ExperimentBrowserTest::charts).sum(),
                    browser.count(".chart svg"));
            assertEquals(results.size(), browser.count(".finding"));
            assertTrue(browser.evaluate("document.querySelector('#experiment-credits figcaption').textContent")
                    .asText().contains("(virtual time under profile example)"));
            for (final int width : new int[] {390, 1280}) {
                browser.size(width, 900);
                browser.open(alone + "?theme=" + (width == 390 ? "dark" : "light"));
                browser.await("document.querySelectorAll('.chart svg').length > 0");
                browser.shootFitting(width, PICTURES.resolve("experiments-" + width + ".png"));
            }
            browser.open(both + "?theme=light");
            browser.await("document.querySelectorAll('.chart svg').length > 0");
            assertEquals(1, browser.count(".finding"));
            browser.assertQuiet();
        }
    }
}
