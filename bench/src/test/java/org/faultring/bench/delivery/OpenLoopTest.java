/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.faultring.bench.Samples;
import org.faultring.bench.linux.AnswerTimes;
import org.faultring.bench.linux.FaultSource;
import org.faultring.bench.load.Pace;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.file.FaultFile;
import org.junit.jupiter.api.Test;

/** A source that answers a fault in so many ns, one after the other, on a clock that the test moves. */
class OpenLoopTest {

    private static final long SERVICE_NANOS = 10_000;
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Served source = new Served();
    private long nowNanos = 5_000_000_000L;
    private long stallAtNanos = Long.MAX_VALUE;

    /** Each look at the clock takes a microsecond; one of them takes the stall. */
    private long clock() {
        nowNanos += 1_000;
        if (nowNanos >= stallAtNanos) {
            stallAtNanos = Long.MAX_VALUE;
            nowNanos += STALL_NANOS;
        }
        return nowNanos;
    }

    /** One server; answers are seen when they are collected. */
    private final class Served implements FaultSource {

        private AnswerTimes times;
        private long raised;
        private long answered;
        private long freeAtNanos;
        private boolean isDead;

        @Override
        public FaultFile file() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int inFlight() {
            return MOST_IN_FLIGHT;
        }

        @Override
        public void raise(final int count) {
            raised += count;
        }

        @Override
        public void collect() {
            while (!isDead && answered < raised && freeAtNanos + SERVICE_NANOS <= nowNanos) {
                freeAtNanos = Math.max(freeAtNanos, nowNanos - SERVICE_NANOS) + SERVICE_NANOS;
                times.answered(answered, nowNanos);
                answered++;
            }
        }

        @Override
        public boolean awaitAnswered(final long count, final long timeoutNanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeAnswers(final AnswerTimes newTimes) {
            times = newTimes;
        }

        @Override
        public long raised() {
            return raised;
        }

        @Override
        public long answered() {
            return answered;
        }

        @Override
        public long refused() {
            return 0;
        }

        @Override
        public long released() {
            return 0;
        }

        @Override
        public long raisingNanos() {
            return 0;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private OpenLoop loop(final long... moments) {
        return new OpenLoop(source, this::clock, moments);
    }

    private static long[] every(final long nanos, final int count) {
        final long[] moments = new long[count];
        for (int i = 0; i < count; i++) {
            moments[i] = i * nanos;
        }
        return moments;
    }

    private static Histogram times(final OpenLoop loop) {
        final Histogram histogram = new Histogram(3);
        loop.record(histogram);
        return histogram;
    }

    @Test
    void shouldSeeAStallOfTheRaiserInFull() {
        stallAtNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(200);
        final OpenLoop loop = loop(every(100_000, 10_000));
        assertTrue(loop.run(PATIENCE_NANOS));
        final Histogram times = times(loop);
        assertEquals(10_000, times.getTotalCount());
        assertEquals(STALL_NANOS, times.getMaxValue(), STALL_NANOS * 0.03);
        // 500 fall due in the stall, 100 us apart; raised after it they are served in 10 us each.
        assertEquals(550, times.getCountBetweenValues(200_000, Long.MAX_VALUE / 2), 30, "every fault of the stall");
        assertEquals(STALL_NANOS * 0.82, times.getValueAtPercentile(99), STALL_NANOS * 0.05);
        assertTrue(times.getValueAtPercentile(90) < 40_000, "all others are as quick as ever");
        assertTrue(loop.elapsedNanos() >= 9_999 * 100_000L);
    }

    @Test
    void shouldCountFromTheMomentWhenMoreFallDueThanAreServed() {
        final OpenLoop loop = loop(every(SERVICE_NANOS / 2, 1_000));
        assertTrue(loop.run(PATIENCE_NANOS));
        // The last falls due at 5 ms and is answered at 10 ms.
        assertEquals(5_000_000, times(loop).getMaxValue(), 1_500_000);
    }

    @Test
    void shouldGiveUpOnASourceThatDoesNotAnswer() {
        source.isDead = true;
        assertFalse(loop(0, 1_000).run(TimeUnit.MILLISECONDS.toNanos(1)));
    }

    @Test
    void shouldRunWithoutAFault() {
        final OpenLoop loop = loop();
        assertTrue(loop.run(PATIENCE_NANOS));
        assertEquals(0, loop.elapsedNanos());
        assertEquals(0, times(loop).getTotalCount());
    }

    @Test
    void shouldTakeTheMomentsOfAPaceUpToItsLength() {
        final Workload workload = Samples.workload(8);
        final double perGroup = (double) workload.faults() / workload.groups();
        final long[] moments =
                OpenLoop.moments(Pace.atRate(perGroup * 1_000).schedule(workload, 1), workload, 3_500_000);
        assertArrayEquals(new long[] {0, 1_000_000, 2_000_000, 3_000_000}, moments);
        assertEquals(OpenLoop.MOST_FAULTS, OpenLoop.moments(Pace.atRate(1e9).schedule(workload, 1), workload,
                Long.MAX_VALUE / 4).length, "no more than the heap holds");
    }
}
