/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.faultring.ring.PaddedWord;

/**
 * Looks how far apart the cores of two threads are, between blocks: how long one word takes there and back, and how
 * many cache lines a second come over. A host moves virtual processors while they run. One figure is not enough to tell
 * the places apart: two cores that share a core's pipelines, and two that share a socket, have the same round trip and
 * stream lines at rates that differ by a factor of five.
 *
 * <p>One thread measures, the other one answers while it waits at its gate.
 */
public final class CoreDistance {

    /** Round trips that are timed. */
    private static final int ROUND_TRIPS = 4000;
    /** Round trips before those that are timed. */
    private static final int UNTIMED_ROUND_TRIPS = 200;
    /** Lines of a lap, as in the reference of the throughput, whose rate this is. */
    private static final int LAP = RingUnderTest.CAPACITY;
    /** Lines before those that are timed: both laps, so that each line was on the other core before. */
    private static final int UNTIMED_LINES = 2 * LAP;
    /** Lines that are timed. */
    private static final int LINES = 20 * LAP;
    private static final double NANOS_PER_MICROSECOND = 1000;

    private final PaddedWord ping = new PaddedWord();
    private final PaddedWord pong = new PaddedWord();
    private final PaddedWord asked = new PaddedWord();
    private final PaddedWord streamed = new PaddedWord();
    private final SummingSink sink = new SummingSink();
    private final FaultProducer lines;
    private final FaultConsumer reader;

    /** Nothing measured yet. */
    CoreDistance() {
        final LapReference laps = new LapReference(LAP, Waiting.BUSY_SPIN);
        lines = laps.newProducer();
        reader = laps.newConsumer(sink);
    }

    /**
     * Called by the other thread at its gate: answer what was asked.
     *
     * @return true if something was
     */
    boolean answer() {
        // Acquire, paired with the release in trip(): a word seen is a word sent.
        final long word = ping.getAcquire();
        if (word != pong.get()) {
            // Release, paired with the acquire in trip().
            pong.setRelease(word);
            return true;
        }
        // Acquire, paired with the release in stream().
        final long wanted = asked.getAcquire();
        final long done = streamed.get();
        if (wanted == done) {
            return false;
        }
        lines.produce(done, (int) (wanted - done));
        streamed.setRelease(wanted);
        return true;
    }

    /**
     * Called by the measured thread between blocks.
     *
     * @return where the threads are now
     */
    Reading measure() {
        trip(UNTIMED_ROUND_TRIPS);
        final long start = System.nanoTime();
        trip(ROUND_TRIPS);
        final double roundTripNanos = (System.nanoTime() - start) / (double) ROUND_TRIPS;
        stream(UNTIMED_LINES);
        final long begin = System.nanoTime();
        stream(LINES);
        return new Reading(roundTripNanos, LINES * NANOS_PER_MICROSECOND / (System.nanoTime() - begin));
    }

    private void trip(final int trips) {
        for (int i = 0; i < trips; i++) {
            final long next = ping.get() + 1;
            // Release and acquire, paired with those in answer().
            ping.setRelease(next);
            while (pong.getAcquire() != next) {
                Thread.onSpinWait();
            }
        }
    }

    private void stream(final int count) {
        final long from = asked.get();
        asked.setRelease(from + count);
        reader.consume(count);
        NotConservedException.check(FaultWords.sum(from, count), sink.take());
    }

    /**
     * Where two threads are.
     *
     * @param roundTripNanos      time of one word there and back, host ns
     * @param linesPerMicrosecond rate at which one reads lines that the other one writes
     */
    public record Reading(double roundTripNanos, double linesPerMicrosecond) {}
}
