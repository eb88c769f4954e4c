/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

/** Who acts next, and how virtual time passes: by prices ({@link PricedTurns}) or step by step ({@link DrawnTurns}). */
interface Turns {

    /** It is nobody's turn. */
    int NOBODY = -1;

    /**
     * The next to act; the clock stands at the moment of its act.
     *
     * @return number of the agent, or {@link #NOBODY}
     */
    int next();

    /**
     * An agent has acted.
     *
     * @param agent its number
     * @param work  what its duty cycle reported
     */
    void acted(int agent, int work);

    /**
     * The wait of an agent that has acted handed requests to the kernel, which others may have to look at.
     *
     * @param agent its number
     */
    void submitted(int agent);

    /**
     * Whether all have looked for work and found none, and none waits for a moment.
     *
     * @return true if so
     */
    boolean isQuiet();

    /** Something happened that no agent did: all look for work again. */
    void disturbed();

    /**
     * An agent does nothing until a moment.
     *
     * @param agent its number
     * @param nanos virtual ns
     */
    void pause(int agent, long nanos);

    /**
     * An agent does not get its processor for a while: what it does ends so much later.
     *
     * @param agent     its number
     * @param fromNanos when that begins, virtual ns, not after now
     * @param nanos     for how long
     */
    void interrupt(int agent, long fromNanos, long nanos);

    /**
     * An agent never acts again.
     *
     * @param agent its number
     */
    void remove(int agent);
}
