/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/**
 * The books of a path at rest: every request that a device sent has ended in exactly one way. The hardware, the kernel
 * and the user world count for themselves, so a request lost between them does not go unseen.
 *
 * @param faultsRaised    faults of the workload
 * @param requests        page requests sent
 * @param retries         page requests sent again
 * @param answered        requests the handler answered
 * @param autoAnswered    requests the hardware answered itself
 * @param droppedSilently requests that vanished in overflow or in the kernel
 * @param discarded       requests of partial groups thrown away after an overflow
 * @param refused         requests the kernel answered without a handler
 * @param unanswered      requests without an answer: those that sit somewhere, and those that will never get one
 * @param violations      what does not add up, empty if all does
 */
public record Conservation(long faultsRaised, long requests, long retries, long answered, long autoAnswered,
        long droppedSilently, long discarded, long refused, long unanswered, List<String> violations) {

    /**
     * Whether everything adds up.
     *
     * @return true if there are no violations
     */
    public boolean holds() {
        return violations.isEmpty();
    }

    /**
     * For a caller that has no use for a run in which something does not add up.
     *
     * @return these books
     * @throws IllegalStateException if there are violations; the message names them
     */
    public Conservation orThrow() {
        if (!holds()) {
            throw new IllegalStateException("the books do not balance: " + String.join("; ", violations));
        }
        return this;
    }

    /**
     * Close the books, of a {@link FaultPath} or of parts that somebody else put together.
     *
     * @param counters    of the path, nobody working on it
     * @param held        requests that sit in a queue or table without an answer
     * @param outstanding requests for which a device still waits
     * @return what became of every request
     */
    public static Conservation of(final Counters counters, final long held, final long outstanding) {
        final long faults = counters.get(Counter.FAULTS_RAISED);
        final long requests = counters.get(Counter.REQUESTS);
        final long retries = counters.get(Counter.RETRIES);
        final long answered = counters.get(Counter.ANSWERED);
        final long autoAnswered = counters.get(Counter.AUTO_ANSWERED);
        final long dropped = counters.get(Counter.DROPPED_IN_OVERFLOW) + counters.get(Counter.DROPPED_BY_KERNEL);
        final long discarded = counters.get(Counter.DISCARDED);
        final long refused = counters.get(Counter.REFUSED);
        final long unanswered = held + counters.get(Counter.UNANSWERED);
        final List<String> violations = new ArrayList<>();
        check(violations, "requests", requests, "faultsRaised + retries", faults + retries);
        // A stop marker that a driver took for a request has an end of its own; so has what a rogue sends beside its
        // workload.
        final long rogue = counters.get(Counter.ROGUE_REQUESTS);
        check(violations, rogue == 0 ? "requests" : "requests + rogueRequests", requests + rogue,
                "answered + autoAnswered + droppedSilently + discarded + refused + unanswered",
                answered + autoAnswered + dropped + discarded + refused + unanswered
                        - counters.get(Counter.STOP_MARKERS_REPORTED));
        check(violations, "requests", requests, "creditsReturned + givenUp + outstanding at the device",
                counters.get(Counter.CREDITS_RETURNED) + counters.get(Counter.GIVEN_UP) + outstanding);
        if (outstanding == 0) {
            check(violations, "faultsRaised", faults, "faultsResolved + faultsFailed",
                    counters.get(Counter.FAULTS_RESOLVED) + counters.get(Counter.FAULTS_FAILED));
        }
        return new Conservation(faults, requests, retries, answered, autoAnswered, dropped, discarded, refused,
                unanswered,
                List.copyOf(violations));
    }

    private static void check(final List<String> violations, final String left, final long leftValue,
            final String right, final long rightValue) {
        if (leftValue != rightValue) {
            violations.add(left + "=" + leftValue + " but " + right + "=" + rightValue);
        }
    }
}
