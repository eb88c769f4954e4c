/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories. A failure names its seed; {@code -Dring.seed=SEED} replays it, on every ring. */
@Timeout(120)
class RingHistoryTest {

    private static final int SEEDS = 40;
    private static final int STEPS = 3_000;

    static Stream<Arguments> rings() {
        return Arrays.stream(RingKind.values()).filter(RingKind::allowsThreads)
                .flatMap(kind -> Stream.of(1, 2, 4, 8, 64, 1024).map(capacity -> Arguments.of(kind, capacity)));
    }

    private static LongStream seeds() {
        final Long seed = Long.getLong("ring.seed");
        return seed != null ? LongStream.of(seed) : new Random(20_265).longs(SEEDS);
    }

    @ParameterizedTest(name = "{0}, capacity {1}")
    @MethodSource("rings")
    void shouldBehaveLikeTheModel(final RingKind kind, final int capacity) {
        seeds().forEach(seed -> new RingHistory(kind, capacity, seed).run(STEPS));
    }
}
