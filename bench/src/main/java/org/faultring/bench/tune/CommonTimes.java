/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.tune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import org.faultring.hwmodel.sim.DrawnTime;

/** The times that runs have in common, those used last: at most 128 MiB. Any thread. */
final class CommonTimes {

    private static final int SEQUENCES = 256;

    private static final Map<List<Object>, DrawnTimes> USED_LAST = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<List<Object>, DrawnTimes> eldest) {
            return size() > SEQUENCES;
        }
    };

    private CommonTimes() {}

    /**
     * Times of a law, from the first on.
     *
     * @param law     of the times
     * @param seed    of the run
     * @param purpose of the random numbers
     * @param begin   gives the random numbers of that seed and purpose
     * @return the next time at each call, for one run
     */
    static DoubleSupplier of(final DrawnTime law, final long seed, final long purpose,
            final Supplier<SplittableRandom> begin) {
        if (law.law() == DrawnTime.Law.CONSTANT) {
            return law::meanNanos;
        }
        synchronized (USED_LAST) {
            return USED_LAST.computeIfAbsent(List.of(seed, purpose, law.law(), law.meanNanos(), law.sigma(),
                    Arrays.toString(law.nanos()), Arrays.toString(law.shares())), key -> new DrawnTimes(law, begin))
                    .fromFirst();
        }
    }
}
