/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.faultring.bench.result.IndentedJson;

/** A tuning result for programs, see docs/tuning.md. */
public final class TuningJson {

    private TuningJson() {}

    /**
     * The result as JSON.
     *
     * @param results of each design that was tuned, the cheapest first
     * @param command that repeats it
     * @return indented text
     */
    public static String of(final List<TuningResult> results, final String command) {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", "faultring-tuning/1");
        root.put("command", command);
        root.put("results", results.stream().map(TuningJson::result).toList());
        return IndentedJson.of(root);
    }

    private static Map<String, Object> result(final TuningResult result) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", result.scenario().said());
        map.put("profile", result.profile().name());
        map.put("capacityFaultsPerSecond", result.capacity());
        map.put("possible", result.possible());
        final Map<String, Object> sizes = new LinkedHashMap<>();
        result.curves().keySet().forEach(knob -> sizes.put(knob.key().key(), knob.value(result.answer().scenario())));
        map.put("sizes", sizes);
        map.put("bindsFirst", result.possible() ? result.bindsFirst().map(knob -> knob.key().key()).orElse(null)
                : null);
        map.put("answer", evaluation(result.answer()));
        final Map<String, Object> curves = new LinkedHashMap<>();
        result.curves().forEach((knob, curve) -> {
            final Map<String, Object> steps = new LinkedHashMap<>();
            curve.forEach(step -> steps.put(Integer.toString(step.value()), evaluation(step.evaluation())));
            curves.put(knob.key().key(), steps);
        });
        map.put("curves", curves);
        map.put("loads", evaluations(result.loads()));
        map.put("prices", evaluations(result.prices()));
        final List<Object> occupancy = new ArrayList<>();
        if (result.possible()) {
            occupancy.addAll(result.occupancy().points(0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8,
                    0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1));
        }
        map.put("occupancy", occupancy);
        return map;
    }

    private static Map<String, Object> evaluations(final Map<String, Evaluation> evaluations) {
        final Map<String, Object> map = new LinkedHashMap<>();
        evaluations.forEach((name, evaluation) -> map.put(name, evaluation(evaluation)));
        return map;
    }

    private static Map<String, Object> evaluation(final Evaluation evaluation) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("runs", evaluation.runs().size());
        map.put("objective", evaluation.isMet() ? "kept" : evaluation.isMissed() ? "missed" : "notCertain");
        evaluation.estimates().forEach((constraint, estimate) -> {
            final Map<String, Object> bound = new LinkedHashMap<>();
            bound.put("mean", estimate.mean());
            bound.put("low", estimate.low());
            bound.put("high", estimate.high());
            bound.put("verdict", evaluation.verdicts().get(constraint).name().toLowerCase(Locale.ROOT));
            map.put(constraint.name().toLowerCase(Locale.ROOT), bound);
        });
        map.put("overflowsPerSecond", evaluation.mean(Measures::overflowsPerSecond));
        map.put("goodputShare", evaluation.mean(Measures::goodput));
        map.put("faultsPerSecond", evaluation.mean(Measures::faultsPerSecond));
        map.put("p50Nanos", evaluation.mean(Measures::p50Nanos));
        map.put("p99Nanos", evaluation.mean(Measures::p99Nanos));
        map.put("requests", evaluation.mean(Measures::requests));
        map.put("retries", evaluation.mean(Measures::retries));
        map.put("eventsLostShare", evaluation.mean(Measures::lostShare));
        map.put("bytes", evaluation.bytes());
        return map;
    }
}
