/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.faultring.hwmodel.path.DormantAgent;
import org.faultring.hwmodel.path.TimedAgent;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;

/**
 * Virtual time: each agent has a line of its own and is busy until a moment; the one with the least moment acts, ties
 * drawn. A duty cycle keeps its agent busy for its counts times their prices.
 *
 * <p>Who found nothing to do is parked. User space wakes when its wait is over or its deadline comes, at the price of a
 * wake-up; hardware, kernel and a reader that spins when another agent has done something, or when a device has a group
 * due. What a duty cycle did can be seen from its beginning; whoever it wakes begins after its end.
 */
final class PricedTurns implements Turns {

    private static final long NEVER = Long.MAX_VALUE;

    private final VirtualClock clock;
    private final SplittableRandom random;
    private final Line[] lines;
    private final Price wake;
    private final Price sleep;
    /** Whether everybody has looked once more since the last work. */
    private boolean lookedAgain;
    private boolean quiet;

    PricedTurns(final SplittableRandom random, final VirtualClock clock, final Price wake, final Price sleep,
            final Map<World, Bill> bills, final List<Participant> participants) {
        this.random = random;
        this.clock = clock;
        this.wake = wake;
        this.sleep = sleep;
        lines = new Line[participants.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(participants.get(i), bills.get(participants.get(i).world()));
        }
    }

    /** The time line of one agent. */
    private static final class Line {

        private final Delivery sleeper;
        private final TimedAgent timed;
        private final BusyAgent busy;
        private final DormantAgent dormant;
        private final Bill bill;
        /** When it acts next; parked, {@link #NEVER} or when it has something due. */
        private long nanos;
        private boolean parked;
        /** Found nothing to do and has not acted since, woken or not. */
        private boolean idle;
        private boolean removed;
        /** Busy or paused until then, also when it is woken. */
        private long freeNanos;

        private Line(final Participant participant, final Bill bill) {
            sleeper = participant.agent() instanceof Delivery delivery ? delivery : null;
            busy = participant.agent() instanceof BusyAgent agent ? agent : null;
            timed = participant.agent() instanceof TimedAgent agent ? agent : null;
            dormant = participant.agent() instanceof DormantAgent agent ? agent : null;
            this.bill = bill;
        }

        /** Whether what it does when it finds nothing is a wait, with its prices: who spins only looks again. */
        private boolean isSleeper() {
            return sleeper != null && sleeper.waitingOn().kind() != Wait.Kind.SPIN;
        }

        /** Something happened: whether it is worth a look. */
        private boolean isWoken() {
            if (dormant != null && dormant.isDormant()) {
                return false;
            }
            return !isSleeper() || sleeper.waitingOn().isOver();
        }
    }

    @Override
    public int next() {
        int next = least();
        if (next == NOBODY && !lookedAgain) {
            // A wake-up that the rules above do not see would hang everything: all look once more.
            lookedAgain = true;
            lookAgain();
            next = least();
        }
        quiet = next == NOBODY;
        if (!quiet) {
            clock.advanceTo(lines[next].nanos);
        }
        return next;
    }

    private int least() {
        long least = NEVER;
        int found = NOBODY;
        int ties = 0;
        for (int i = 0; i < lines.length; i++) {
            final long nanos = lines[i].nanos;
            if (nanos < least) {
                least = nanos;
                found = i;
                ties = 1;
            } else if (nanos == least && nanos != NEVER) {
                ties++;
                found = isDrawn(ties) ? i : found;
            }
        }
        return found;
    }

    /** Each of the tied is as likely as another. Most ties are of two, for which one bit is as good as a bound. */
    private boolean isDrawn(final int ties) {
        return ties == 2 ? (random.nextInt() & 1) == 0 : random.nextInt(ties) == 0;
    }

    private void lookAgain() {
        for (final Line line : lines) {
            if (line.parked) {
                line.parked = false;
                line.nanos = Math.max(line.freeNanos, clock.nanoTime());
            }
        }
    }

    @Override
    public void acted(final int agent, final int work) {
        final Line line = lines[agent];
        final long drawn = line.busy == null ? 0 : line.busy.takeBusyNanos();
        final long billed = Math.max(clock.nanoTime() + line.bill.take(work), line.freeNanos);
        final long end = billed + drawn;
        if (line.removed) {
            return;
        }
        line.freeNanos = end;
        line.parked = false;
        if (work > 0) {
            lookedAgain = false;
            line.nanos = end;
            line.idle = false;
            // What it does in its drawn time is seen by nobody.
            wakeOthers(line, billed);
        } else {
            park(line, end);
        }
    }

    @Override
    public void submitted(final int agent) {
        final Line line = lines[agent];
        lookedAgain = false;
        wakeOthers(line, line.freeNanos);
        if (line.parked && !line.removed && line.sleeper.waitingOn().isOver()) {
            // It completed at once: the call that would have slept returns.
            line.parked = false;
            line.nanos = line.freeNanos;
        }
    }

    private void park(final Line line, final long end) {
        line.parked = true;
        line.idle = true;
        line.nanos = NEVER;
        if (line.isSleeper()) {
            line.freeNanos = end + sleep.of(1);
            final long deadline = line.sleeper.waitingOn().deadlineNanos();
            line.nanos = deadline == NEVER ? NEVER : Math.max(line.freeNanos, deadline) + wake.of(1);
        } else if (line.timed != null) {
            final long due = line.timed.nextNanos();
            line.nanos = due == TimedAgent.NEVER ? NEVER : Math.max(end, due);
        }
    }

    private void wakeOthers(final Line waker, final long end) {
        for (final Line line : lines) {
            // Also who has been woken already: another may wake it earlier, as may what it has due itself.
            if (line.idle && line != waker && !line.removed && line.isWoken()) {
                line.parked = false;
                final long woken = Math.max(line.freeNanos, end) + (line.isSleeper() ? wake.of(1) : 0);
                // Whose moment comes before that acts then.
                line.nanos = Math.min(line.nanos, woken);
            }
        }
    }

    @Override
    public void pause(final int agent, final long nanos) {
        final Line line = lines[agent];
        if (line.removed) {
            return;
        }
        line.freeNanos = Math.max(line.freeNanos, nanos);
        if (line.nanos != NEVER) {
            line.nanos = Math.max(line.nanos, line.freeNanos);
        }
    }

    @Override
    public void interrupt(final int agent, final long fromNanos, final long nanos) {
        final Line line = lines[agent];
        if (line.removed) {
            return;
        }
        // What it is busy with goes on afterwards; who has nothing to do can begin nothing before.
        line.freeNanos = Math.max(line.freeNanos, fromNanos) + nanos;
        if (line.nanos != NEVER) {
            line.nanos = Math.max(line.nanos, line.freeNanos);
        }
    }

    @Override
    public void remove(final int agent) {
        lines[agent].removed = true;
        lines[agent].parked = false;
        lines[agent].nanos = NEVER;
    }

    @Override
    public boolean isQuiet() {
        return quiet;
    }

    @Override
    public void disturbed() {
        quiet = false;
        lookedAgain = false;
        lookAgain();
    }

    @Override
    public String toString() {
        return Arrays.stream(lines).mapToLong(line -> line.nanos).boxed().toList().toString();
    }
}
