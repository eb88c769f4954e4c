/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.faultring.bench.result.IndentedJson;
import org.faultring.hwmodel.explore.Census;
import org.faultring.hwmodel.explore.RareState;
import org.faultring.hwmodel.explore.SeedResult;
import org.faultring.hwmodel.explore.Violation;

/**
 * How an exploration went.
 *
 * @param schema   name and version of the format
 * @param from     first seed
 * @param seeds    seeds that were run
 * @param faults   raised by all of them
 * @param steps    duty cycles of all of them
 * @param failures seeds that broke an invariant
 * @param census   how often each rare state was reached
 */
public record ExplorationReport(String schema, long from, long seeds, long faults, long steps, List<Failure> failures,
        Map<String, Long> census) {

    /** Name and version of the format. */
    public static final String SCHEMA = "faultring-exploration/1";

    /**
     * A seed that broke an invariant.
     *
     * @param seed       that failed
     * @param iommu      that it drew
     * @param violations what did not hold
     * @param replay     command that shows what happened
     */
    public record Failure(long seed, String iommu, List<String> violations, String replay) {

        /**
         * From the result of a seed.
         *
         * @param result that does not hold
         * @param replay command that shows what happened
         * @return the failure
         */
        public static Failure of(final SeedResult result, final String replay) {
            return new Failure(result.seed(), result.iommu().key(),
                    result.violations().stream().map(Violation::toString).toList(), replay);
        }

        @Override
        public String toString() {
            return "seed " + seed + " over " + iommu + " fails: " + violations.get(0) + "\n  replay: " + replay;
        }
    }

    /** Collects results of seeds. */
    public static final class Builder {

        private final long from;
        private final Census census = new Census();
        private final List<Failure> failures = new ArrayList<>();
        private long seeds;
        private long faults;
        private long steps;

        /**
         * No seed yet.
         *
         * @param from first seed
         */
        public Builder(final long from) {
            this.from = from;
        }

        /**
         * One more seed.
         *
         * @param result of it
         * @param replay command that shows what happens
         * @return the failure, null if there is none
         */
        public Failure add(final SeedResult result, final String replay) {
            seeds++;
            faults += result.faults();
            steps += result.steps();
            census.add(result.census());
            if (result.holds()) {
                return null;
            }
            final Failure failure = Failure.of(result, replay);
            failures.add(failure);
            return failure;
        }

        /**
         * All of them.
         *
         * @return the report
         */
        public ExplorationReport report() {
            final Map<String, Long> counts = new LinkedHashMap<>();
            for (final RareState state : RareState.values()) {
                counts.put(state.name().toLowerCase(Locale.ROOT).replace('_', '-'), census.count(state));
            }
            return new ExplorationReport(SCHEMA, from, seeds, faults, steps, List.copyOf(failures), counts);
        }
    }

    /**
     * The report as JSON.
     *
     * @return indented text
     */
    public String json() {
        return IndentedJson.of(this);
    }

    /**
     * The report for people, failures left out.
     *
     * @return lines, the last one ended
     */
    public String text() {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%,d seeds from %d: %,d faults in %,d steps, %s%n", seeds, from, faults, steps,
                failures.isEmpty() ? "all invariants hold" : failures.size() + " seeds FAIL"));
        census.forEach((state, count) -> text.append(String.format(Locale.ROOT, "%,14d  %s%n", count, state)));
        return text.toString();
    }
}
