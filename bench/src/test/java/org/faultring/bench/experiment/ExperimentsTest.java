/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every experiment. */
class ExperimentsTest {

    private static Stream<DynamicTest> each(final Consumer<Experiment> test) {
        return Experiments.all().stream()
                .map(experiment -> DynamicTest.dynamicTest(experiment.name(), () -> test.accept(experiment)));
    }

    @TestFactory
    Stream<DynamicTest> shouldGiveTheSameBytesForTheSameSeedAndAFigureForEveryMeasure() {
        return each(experiment -> {
            final ExperimentResult result = QuickRun.result(experiment.name(), 7);
            assertTrue(result.conserved(), () -> result.points().stream()
                    .flatMap(point -> point.violations().stream().map(text -> point.at() + ": " + text))
                    .limit(5).toList().toString());
            assertEquals(ExperimentFile.json(result),
                    ExperimentFile.json(QuickRun.result(experiment.name(), 7)));
            final Set<String> measures =
                    experiment.measures().stream().map(Measure::key).collect(Collectors.toSet());
            result.points().forEach(point -> assertEquals(measures, point.values().keySet(), point::toString));
            assertFalse(result.finding().contains("NaN"), result::finding);
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldDrawOnlyWhatItVariesAndMeasures() {
        return each(experiment -> {
            for (final Extent extent : Extent.values()) {
                final List<String> axes = experiment.axes(extent).stream().map(Axis::key).toList();
                final List<String> measures = experiment.measures().stream().map(Measure::key).toList();
                assertEquals(Set.copyOf(axes).size(), axes.size());
                assertFalse(experiment.plots().isEmpty());
                for (final Plot plot : experiment.plots()) {
                    assertTrue(axes.contains(plot.x()) && axes.contains(plot.y()), plot::toString);
                    assertTrue(measures.contains(plot.measure()), plot::toString);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldRunOnlyValuesInQuickFormThatItAlsoRunsInFull() {
        return each(experiment -> {
            final List<Axis> full = experiment.axes(Extent.FULL);
            final List<Axis> quick = experiment.axes(Extent.QUICK);
            for (int i = 0; i < full.size(); i++) {
                assertEquals(full.get(i).key(), quick.get(i).key());
                assertTrue(full.get(i).values().containsAll(quick.get(i).values()), full.get(i).key());
            }
        });
    }

    @Test
    void shouldHaveEachNameOnce() {
        final List<String> names = Experiments.all().stream().map(Experiment::name).toList();
        assertEquals(Set.copyOf(names).size(), names.size());
    }
}
