/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.faultring.hwmodel.sim.VirtualClock;

/** Where watchers write down what they see: violations, rare states, and the event log if somebody wants it. */
final class Watch {

    /** Further violations say nothing new: the mirror is out of step after the first. */
    private static final int MAX_VIOLATIONS = 5;

    private final Census census = new Census();
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> log;
    private VirtualClock clock = new VirtualClock();

    /** Nothing seen; lines of the log go to a list, or nowhere if that is null. */
    Watch(final List<String> log) {
        this.log = log;
    }

    void clock(final VirtualClock newClock) {
        clock = newClock;
    }

    Census census() {
        return census;
    }

    List<Violation> violations() {
        return violations;
    }

    void reach(final RareState state) {
        census.reach(state);
    }

    void reachIf(final RareState state, final boolean reached) {
        census.reachIf(state, reached);
    }

    /** An event; the text is made only if it is wanted. */
    void event(final Supplier<String> text) {
        if (log != null) {
            log.add(clock.nanoTime() + " " + text.get());
        }
    }

    void violated(final Invariant invariant, final String detail) {
        final Violation violation = new Violation(invariant, clock.nanoTime(), detail);
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(violation);
        }
        event(() -> "VIOLATION " + violation);
    }

    /** Something must hold. */
    void check(final Invariant invariant, final boolean holds, final Supplier<String> detail) {
        if (!holds) {
            violated(invariant, detail.get());
        }
    }
}
