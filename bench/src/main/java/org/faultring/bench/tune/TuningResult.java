/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.faultring.hwmodel.sim.CostProfile;

/**
 * What a tuner has found.
 *
 * @param given     scenario as it was given
 * @param scenario  the same with a rate
 * @param profile   prices
 * @param capacity  faults per virtual second in closed loop
 * @param generous  sizes with room for everything
 * @param answer    the smallest sizes and what runs say about them; where the objective cannot be kept, the generous
 * @param possible  whether the objective can be kept, and is certain to be
 * @param curves    by knob, all else as in the answer
 * @param loads     by share of the capacity, the sizes of the answer
 * @param prices    by price and factor, the sizes of the answer
 * @param occupancy of one run of the answer
 */
public record TuningResult(Scenario given, Scenario scenario, CostProfile profile, double capacity, Scenario generous,
        Evaluation answer, boolean possible, Map<Knob, List<Tuner.Step>> curves, Map<String, Evaluation> loads,
        Map<String, Evaluation> prices, Occupancy occupancy) {

    static TuningResult impossible(final Scenario given, final Scenario scenario, final CostProfile profile,
            final double capacity, final Evaluation evaluation) {
        return new TuningResult(given, scenario, profile, capacity, evaluation.scenario(), evaluation, false, Map.of(),
                Map.of(), Map.of(), Occupancy.NONE);
    }

    /** The next smaller value of a knob, if there is one. */
    Optional<Tuner.Step> below(final Knob knob) {
        return curves.get(knob).stream().filter(step -> step.value() < knob.value(answer.scenario()))
                .max(Comparator.comparingInt(Tuner.Step::value));
    }

    /** The next larger value of a knob, if there is one. */
    Optional<Tuner.Step> above(final Knob knob) {
        return curves.get(knob).stream().filter(step -> step.value() > knob.value(answer.scenario()))
                .min(Comparator.comparingInt(Tuner.Step::value));
    }

    /** The knob that had to stay nearest to its generous value, of those whose next smaller value fails. */
    Optional<Knob> bindsFirst() {
        return curves.keySet().stream()
                .filter(knob -> below(knob).filter(step -> !step.evaluation().isMet()).isPresent())
                .max(Comparator.comparingDouble(knob -> (double) knob.value(answer.scenario())
                        / knob.value(generous)));
    }
}
