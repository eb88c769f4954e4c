/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;

/** Watches the deadline of answers. */
abstract class Expiry {

    /** No deadline: reads no clock. */
    static final Expiry NEVER = new Expiry() {

        @Override
        long arrivalNanos() {
            return 0;
        }

        @Override
        int doWork(final BoundedGroups groups, final BoundedResponder responder) {
            return 0;
        }
    };

    static Expiry of(final AnswerDeadline deadline, final NanoClock clock) {
        return deadline.nanos() == Long.MAX_VALUE ? NEVER : new AfterArrival(deadline, clock);
    }

    /** Time at which a group arrives, if it matters. */
    abstract long arrivalNanos();

    /** Answer what is overdue, as far as there is room; groups answered. */
    abstract int doWork(BoundedGroups groups, BoundedResponder responder);

    /** The deadline is the same for all groups, so they expire in the order in which they arrived. */
    private static final class AfterArrival extends Expiry {

        private final long nanos;
        private final int code;
        private final NanoClock clock;

        AfterArrival(final AnswerDeadline deadline, final NanoClock clock) {
            this.nanos = deadline.nanos();
            this.code = deadline.code();
            this.clock = clock;
        }

        @Override
        long arrivalNanos() {
            return clock.nanoTime();
        }

        @Override
        int doWork(final BoundedGroups groups, final BoundedResponder responder) {
            if (groups.oldest() == BoundedGroups.NIL) {
                return 0;
            }
            final long now = clock.nanoTime();
            int expired = 0;
            int place = groups.oldest();
            while (place != BoundedGroups.NIL && now - groups.arrivalNanos(place) >= nanos && responder.hasRoom()) {
                responder.expire(groups.handle(place), code);
                expired++;
                place = groups.oldest();
            }
            return expired;
        }
    }
}
