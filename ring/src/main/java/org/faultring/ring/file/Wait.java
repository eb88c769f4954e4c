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
        COUNTER
    }

    private final Kind kind;
    private final FaultFile file;
    private final WakeCount counter;
    private long seen;

    private Wait(final Kind kind, final FaultFile file, final WakeCount counter) {
        this.kind = kind;
        this.file = file;
        this.counter = counter;
    }

    /**
     * Wait for nothing.
     *
     * @return a wait that is always over
     */
    public static Wait spin() {
        return new Wait(Kind.SPIN, null, null);
    }

    /**
     * Wait for a file.
     *
     * @param file to become readable
     * @return a wait that is over while the file is readable
     */
    public static Wait readable(final FaultFile file) {
        return new Wait(Kind.READABLE, file, null);
    }

    /**
     * Wait for a count.
     *
     * @param counter to move
     * @return a wait that is over once the count differs from the one given to {@link #armed}
     */
    public static Wait counter(final WakeCount counter) {
        return new Wait(Kind.COUNTER, null, counter);
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
     * Whether the wait is over; called by the thread that runs the agent.
     *
     * @return true if the agent should run again
     */
    public boolean isOver() {
        return switch (kind) {
            case SPIN -> true;
            case READABLE -> (file.ready() & FaultFile.READABLE) != 0;
            case COUNTER -> counter.get() != seen;
        };
    }
}
