/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.FaultFile;

/**
 * Something that raises faults on this machine and takes the answers, so that a load can keep a number of them in
 * flight and check that each is answered once and as the handler said.
 *
 * <p>Each fault is a group of one record of device {@link #DEVICE_ID}, with an address that no other fault in flight
 * has. Methods are called by one thread, which need not be the one that uses the file. It must not be the one that the
 * faults wait for: {@link #awaitAnswered} waits.
 */
public interface FaultSource extends AutoCloseable {

    /** Device of all faults. */
    int DEVICE_ID = 1;
    /** Most faults in flight. */
    int MOST_IN_FLIGHT = 1024;

    /**
     * Where the faults come out.
     *
     * @return the same file at each call, closed with this
     */
    FaultFile file();

    /**
     * Most faults that are out at a time.
     *
     * @return a number of faults, 1..{@link #MOST_IN_FLIGHT}
     */
    int inFlight();

    /**
     * Order faults. They are raised at once, as many as may be in flight; the others as answers come in.
     *
     * @param count of faults, 0 or more
     */
    void raise(int count);

    /** Take the answers that have come, and raise what they make room for, without waiting. */
    void collect();

    /**
     * Do that until so many faults are answered.
     *
     * @param count        of answers since the beginning
     * @param timeoutNanos after which to give up
     * @return true if they came
     */
    boolean awaitAnswered(long count, long timeoutNanos);

    /**
     * Take down when answers come, by {@link System#nanoTime()}. Called while nothing is in flight.
     *
     * @param times of the faults that are raised next
     */
    void timeAnswers(AnswerTimes times);

    /**
     * Faults raised so far.
     *
     * @return a number of faults
     */
    long raised();

    /**
     * Faults that came back from the kernel with an answer.
     *
     * @return a number of faults
     */
    long answered();

    /**
     * Those among the answered ones whose answer was not Success.
     *
     * @return a number of faults
     */
    long refused();

    /**
     * Faults that nobody answered and that the file's end released.
     *
     * @return a number of faults, 0 until the file is closed
     */
    long released();

    /**
     * What raising has cost: the time of the system calls that raise, or of the processor in threads that fault.
     * Raising bounds a run whose time per fault is near this per fault.
     *
     * @return host ns
     */
    long raisingNanos();

    /** Closes the file and releases who waits. */
    @Override
    void close();
}
