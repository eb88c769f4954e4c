/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

/**
 * What an agent that found nothing to do waits on. Preallocated: an agent keeps one for each thing it may wait on and
 * re-arms it.
 *
 * <p>The agent says what; the host decides how: spin, park, poll(2), or let virtual time pass. Belongs to one agent.
 */
public final class Wait {

    /** The kinds of waiting. */
    public enum Kind {
        /** For nothing: call again at once. */
        SPIN,
        /** Until a file is readable. */
        READABLE,
        /** Until a count has moved. */
        COUNTER,
        /** Until an event counter is not 0. */
        EVENTS,
        /** Until a ring has completions. */
        COMPLETIONS
    }

    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Kind kind;
    private final FaultFile file;
    private final WakeCount counter;
    private final EventCounter events;
    private final IoRing ring;
    private long seen;
    private int minimum = 1;
    private long deadlineNanos = NO_DEADLINE;

    private Wait(final Kind kind, final FaultFile file, final WakeCount counter, final EventCounter events,
            final IoRing ring) {
        this.kind = kind;
        this.file = file;
        this.counter = counter;
        this.events = events;
        this.ring = ring;
    }

    /**
     * Wait for nothing.
     *
     * @return a wait that is always over
     */
    public static Wait spin() {
        return new Wait(Kind.SPIN, null, null, null, null);
    }

    /**
     * Wait for a file.
     *
     * @param file to become readable
     * @return a wait that is over while the file is readable
     */
    public static Wait readable(final FaultFile file) {
        return new Wait(Kind.READABLE, file, null, null, null);
    }

    /**
     * Wait for a count.
     *
     * @param counter to move
     * @return a wait that is over once the count differs from the one given to {@link #armed}
     */
    public static Wait counter(final WakeCount counter) {
        return new Wait(Kind.COUNTER, null, counter, null, null);
    }

    /**
     * Wait for an event counter.
     *
     * @param events to be counted
     * @return a wait that is over while there is something to take
     */
    public static Wait events(final EventCounter events) {
        return new Wait(Kind.EVENTS, null, null, events, null);
    }

    /**
     * Wait for completions.
     *
     * @param ring that completes
     * @return a wait that is over while as many completions as {@link #atLeast} said, 1 at first, can be taken
     */
    public static Wait completions(final IoRing ring) {
        return new Wait(Kind.COMPLETIONS, null, null, null, ring);
    }

    /**
     * Wait for several completions.
     *
     * @param newMinimum completions, at least 1
     * @return this
     */
    public Wait atLeast(final int newMinimum) {
        minimum = newMinimum;
        return this;
    }

    /**
     * Wait no longer than until a moment.
     *
     * @param newDeadlineNanos of the path's clock; {@link Long#MAX_VALUE} for no deadline, as at first
     * @return this
     */
    public Wait until(final long newDeadlineNanos) {
        deadlineNanos = newDeadlineNanos;
        return this;
    }

    /**
     * Wait for the count to move on from a value.
     *
     * @param newSeen count read before the agent last looked for work
     * @return this
     */
    public Wait armed(final long newSeen) {
        seen = newSeen;
        return this;
    }

    /**
     * What is waited for.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * File waited for.
     *
     * @return the file, null unless the kind is {@link Kind#READABLE}
     */
    public FaultFile file() {
        return file;
    }

    /**
     * Event counter waited for.
     *
     * @return the counter, null unless the kind is {@link Kind#EVENTS}
     */
    public EventCounter events() {
        return events;
    }

    /**
     * Ring waited for.
     *
     * @return the ring, null unless the kind is {@link Kind#COMPLETIONS}
     */
    public IoRing ring() {
        return ring;
    }

    /**
     * Completions waited for.
     *
     * @return at least 1
     */
    public int minimum() {
        return minimum;
    }

    /**
     * When the wait ends in any case.
     *
     * @return a moment of the path's clock, or {@link Long#MAX_VALUE}
     */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /**
     * Called by a host once as the wait begins, unless its way of waiting submits: what is prepared goes to the kernel.
     */
    public void begin() {
        if (kind == Kind.COMPLETIONS && ring.unsubmitted() > 0) {
            ring.submit();
        }
    }

    /**
     * Whether the wait is over, deadline aside; called by the thread that runs the agent.
     *
     * @return true if the agent should run again
     */
    public boolean isOver() {
        return switch (kind) {
            case SPIN -> true;
            case READABLE -> (file.ready() & FaultFile.READABLE) != 0;
            case COUNTER -> counter.get() != seen;
            case EVENTS -> events.isReady();
            case COMPLETIONS -> ring.completions() >= minimum;
        };
    }
}
