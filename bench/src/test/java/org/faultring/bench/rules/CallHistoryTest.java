/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same random calls on the model and on the running kernel, where that has what it takes: the same results. */
class CallHistoryTest extends RulesContract {

    /** System property with the number of histories. */
    private static final String SEEDS = "faultring.rules.seeds";
    private static final int CALLS = 600;

    /** Also of other histories. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong(SEEDS, 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldReturnWhatTheModelReturns(final long seed) {
        final List<String> expected = run(seed, Implementation.MODEL.open());
        final List<String> lines = run(seed, on.open());
        for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
            final int line = i;
            assertEquals(expected.get(i), lines.get(i), () -> "seed " + seed + ", after\n"
                    + String.join("\n", expected.subList(Math.max(0, line - 400), line)));
        }
        assertEquals(expected.size(), lines.size());
    }

    private static List<String> run(final long seed, final Subject subject) {
        try (subject) {
            return new CallHistory(seed, subject).run(CALLS);
        }
    }
}
