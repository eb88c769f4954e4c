/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.ArrayList;
import java.util.List;

/** A size that can be tuned, and what it can be, smallest first. */
public enum Knob {

    /** Entries of the hardware's queue. */
    QUEUE(ScenarioKey.QUEUE),
    /** Depth of a shared ring. */
    DEPTH(ScenarioKey.DEPTH),
    /** Depth of the queue of events. */
    EVENT_DEPTH(ScenarioKey.EVENT_DEPTH),
    /** Faults that a reader takes at once. */
    BATCH(ScenarioKey.BATCH),
    /** Credits of each device. */
    CREDITS(ScenarioKey.CREDITS);

    private final ScenarioKey key;

    Knob(final ScenarioKey key) {
        this.key = key;
    }

    /**
     * The key that it turns.
     *
     * @return a key with a whole number
     */
    public ScenarioKey key() {
        return key;
    }

    /** Those that a scenario has. */
    static List<Knob> of(final Scenario scenario) {
        final List<Knob> knobs = new ArrayList<>(List.of(QUEUE));
        if (scenario.isMapped()) {
            knobs.add(DEPTH);
        }
        if (scenario.number(ScenarioKey.EVENT_RATE) > 0) {
            knobs.add(EVENT_DEPTH);
        }
        knobs.add(BATCH);
        knobs.add(CREDITS);
        return knobs;
    }

    /** What it can be in a scenario: powers of two, none of which is refused. */
    List<Integer> candidates(final Scenario scenario) {
        final int most = switch (this) {
            // Slots for twice the credits cannot overflow: more are of no use.
            case QUEUE -> 2 * Sizes.powerOfTwo(2 * scenario.sumOfCredits() + 1);
            case DEPTH -> Sizes.powerOfTwo(2 * scenario.sumOfCredits());
            case EVENT_DEPTH -> 1 << 12;
            case BATCH -> 1024;
            case CREDITS -> scenario.config().credits();
        };
        final List<Integer> candidates = new ArrayList<>();
        for (int value = 1; value <= most; value *= 2) {
            if (isPossible(scenario, value)) {
                candidates.add(value);
            }
        }
        if (this == CREDITS && !candidates.contains(most)) {
            candidates.add(most);
        }
        if (candidates.isEmpty()) {
            candidates.add(Integer.parseInt(scenario.text(key)));
        }
        return candidates;
    }

    private boolean isPossible(final Scenario scenario, final int value) {
        final Scenario changed;
        try {
            changed = scenario.with(key, Integer.toString(value));
        } catch (final IllegalArgumentException e) {
            return false;
        }
        final int group = Math.min(ScenarioWorkload.of(scenario).longestGroup(), scenario.config().credits());
        return switch (this) {
            // A group must fit.
            case QUEUE -> value > group;
            case DEPTH, BATCH -> value >= group;
            case CREDITS -> value >= Math.min(group, 4);
            case EVENT_DEPTH -> changed.isSet(key);
        };
    }

    /** The value that a scenario has. */
    int value(final Scenario scenario) {
        return switch (this) {
            case QUEUE -> scenario.config().prqEntries();
            case CREDITS -> scenario.config().credits();
            case DEPTH -> Sizes.depth(scenario);
            default -> (int) scenario.whole(key);
        };
    }
}
