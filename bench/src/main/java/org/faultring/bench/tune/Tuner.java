/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.faultring.hwmodel.sim.Cost;
import org.faultring.hwmodel.sim.CostProfile;

/**
 * Finds the smallest sizes that keep an objective. It begins with sizes that cost nothing but memory, makes sure that
 * the objective can be kept at all, and then takes one size after the other down as far as the objective is certain to
 * be kept; a second round tries what the first has left.
 */
public final class Tuner {

    private static final int ROUNDS = 2;
    private static final double[] LOADS = {0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2};

    private final Evaluator evaluator;
    private final CostProfile profile;
    private final BiConsumer<Double, String> progress;
    private final Set<ScenarioKey> kept;

    /**
     * A tuner.
     *
     * @param evaluator runs sizes
     * @param profile   prices
     * @param kept      sizes that stay as they are given
     * @param progress  told how far it is, 0..1, and what it does
     */
    public Tuner(final Evaluator evaluator, final CostProfile profile, final Set<ScenarioKey> kept,
            final BiConsumer<Double, String> progress) {
        this.evaluator = evaluator;
        this.profile = profile;
        this.kept = Set.copyOf(kept);
        this.progress = progress;
    }

    /**
     * Find the sizes.
     *
     * @param given a scenario with an objective
     * @return the answer, also where the objective cannot be kept
     */
    public TuningResult tune(final Scenario given) {
        final double capacity = Capacity.of(given, profile);
        final Scenario scenario = Capacity.resolved(given, profile);
        final List<Knob> knobs = Knob.of(scenario).stream().filter(knob -> !kept.contains(knob.key())).toList();
        final Map<Knob, List<Integer>> candidates = new EnumMap<>(Knob.class);
        knobs.forEach(knob -> candidates.put(knob, knob.candidates(scenario)));
        final Scenario generous = generous(scenario, candidates);
        progress.accept(0.02, "with room for everything");
        final Evaluation possible = evaluator.decide(generous, profile);
        if (!possible.isMet()) {
            return TuningResult.impossible(given, scenario, profile, capacity, possible);
        }
        Scenario chosen = generous;
        for (int round = 0; round < ROUNDS; round++) {
            for (final Knob knob : knobs) {
                progress.accept(0.05 + 0.2 * round, knob.key().key());
                chosen = smallest(chosen, knob, candidates.get(knob));
            }
        }
        final Evaluation answer = evaluator.decide(chosen, profile);
        final Map<Knob, List<Step>> curves = new LinkedHashMap<>();
        for (final Knob knob : knobs) {
            progress.accept(0.45, "knee of " + knob.key().key());
            curves.put(knob, curve(chosen, knob, candidates.get(knob)));
        }
        progress.accept(0.6, "loads");
        final Map<String, Evaluation> loads = loads(chosen, capacity, answer.runs().size());
        progress.accept(0.7, "prices");
        final Map<String, Evaluation> prices = prices(chosen, answer.runs().size());
        progress.accept(0.95, "occupancy");
        final Occupancy occupancy = new Occupancy(chosen.sumOfCredits());
        ScenarioRun.run(chosen, profile, chosen.whole(ScenarioKey.SEED) * 1_000_003, occupancy);
        return new TuningResult(given, scenario, profile, capacity, generous, answer, true, curves, loads, prices,
                occupancy);
    }

    /**
     * A value of a knob, all else as chosen.
     *
     * @param value      of the knob
     * @param evaluation what runs say
     * @param isChosen   whether it is the answer
     */
    public record Step(int value, Evaluation evaluation, boolean isChosen) {}

    /** The largest of everything, but for credits, which are the device's. */
    private static Scenario generous(final Scenario scenario, final Map<Knob, List<Integer>> candidates) {
        final Map<ScenarioKey, String> changes = new EnumMap<>(ScenarioKey.class);
        candidates.forEach((knob, values) -> {
            final int usual = knob.value(scenario);
            // A batch is as large as it was asked for: a larger one makes others wait longer.
            final int value = knob == Knob.BATCH && values.contains(usual) ? usual : values.get(values.size() - 1);
            changes.put(knob.key(), Integer.toString(value));
        });
        return scenario.with(changes);
    }

    private Scenario smallest(final Scenario chosen, final Knob knob, final List<Integer> candidates) {
        int high = candidates.indexOf(knob.value(chosen));
        int low = 0;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (evaluator.decide(with(chosen, knob, candidates.get(middle)), profile).isMet()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return with(chosen, knob, candidates.get(high));
    }

    private static Scenario with(final Scenario scenario, final Knob knob, final int value) {
        return scenario.with(knob.key(), Integer.toString(value));
    }

    private List<Step> curve(final Scenario chosen, final Knob knob, final List<Integer> candidates) {
        candidates.forEach(value -> evaluator.begin(with(chosen, knob, value), profile, Evaluator.RUNS_PER_LOOK));
        final List<Step> curve = new ArrayList<>();
        for (final int value : candidates) {
            curve.add(new Step(value, evaluator.decide(with(chosen, knob, value), profile),
                    value == knob.value(chosen)));
        }
        return curve;
    }

    private Map<String, Evaluation> loads(final Scenario chosen, final double capacity, final int runs) {
        final Map<String, Scenario> scenarios = new LinkedHashMap<>();
        if (chosen.isSet(ScenarioKey.RATE)) {
            for (final double load : LOADS) {
                scenarios.put(Double.toString(load), Capacity.atLoad(chosen, load, capacity));
            }
        }
        return evaluated(scenarios, Map.of(), runs);
    }

    private Map<String, Evaluation> prices(final Scenario chosen, final int runs) {
        final Map<String, Scenario> scenarios = new LinkedHashMap<>();
        final Map<String, CostProfile> profiles = new HashMap<>();
        for (final Cost cost : Cost.values()) {
            for (final double factor : new double[] {0.5, 2}) {
                final String name = cost.key() + " x " + factor;
                scenarios.put(name, chosen);
                profiles.put(name, profile.times(cost, factor));
            }
        }
        if (chosen.nanos(ScenarioKey.MEAN) > 0) {
            scenarios.put("handler.mean x 0.5", mean(chosen, 0.5));
            scenarios.put("handler.mean x 2.0", mean(chosen, 2));
        }
        return evaluated(scenarios, profiles, runs);
    }

    private static Scenario mean(final Scenario chosen, final double factor) {
        return chosen.with(ScenarioKey.MEAN,
                new java.math.BigDecimal(chosen.nanos(ScenarioKey.MEAN) * factor).toPlainString() + "ns");
    }

    /** As many runs as of the answer, so that the same seeds are compared. */
    private Map<String, Evaluation> evaluated(final Map<String, Scenario> scenarios,
            final Map<String, CostProfile> profiles, final int runs) {
        scenarios.forEach(
                (name, scenario) -> evaluator.begin(scenario, profiles.getOrDefault(name, profile), runs));
        final Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        scenarios.forEach((name, scenario) -> evaluations.put(name,
                evaluator.look(scenario, profiles.getOrDefault(name, profile), runs)));
        return evaluations;
    }
}
