/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pure interleavings: who acts is drawn, any order that threads could bring about between duty cycles. Some agents come
 * more often than others, which also is drawn. Nothing is priced: a step is a step, and takes 1 ns of virtual time.
 */
final class DrawnTurns implements Turns {

    /** An agent acts at most this many times as often as another. */
    private static final int MAX_WEIGHT = 8;
    /** Times that each agent must find nothing to do before all of them are quiet. */
    private static final int QUIET_TURNS = 8;

    private final VirtualClock clock;
    private final SplittableRandom random;
    /** Upper end of each agent's share of the draw. */
    private final int[] shares;
    /** Until when each agent does nothing. */
    private final long[] pausedUntil;
    /** Steps without work of each agent since any did work. */
    private final int[] idleSteps;
    /** Agents that were idle often enough. */
    private int quietAgents;

    DrawnTurns(final SplittableRandom random, final VirtualClock clock, final List<Participant> participants) {
        this.random = random;
        this.clock = clock;
        shares = new int[participants.size()];
        pausedUntil = new long[shares.length];
        idleSteps = new int[shares.length];
        int end = 0;
        for (int i = 0; i < shares.length; i++) {
            end += 1 + random.nextInt(MAX_WEIGHT);
            shares[i] = end;
        }
    }

    @Override
    public int next() {
        clock.advanceTo(clock.nanoTime() + 1);
        final int draw = random.nextInt(shares[shares.length - 1]);
        int next = 0;
        while (draw >= shares[next]) {
            next++;
        }
        return pausedUntil[next] > clock.nanoTime() ? NOBODY : next;
    }

    @Override
    public void acted(final int agent, final int work) {
        if (work > 0) {
            disturbed();
        } else if (pausedUntil[agent] != Long.MAX_VALUE && ++idleSteps[agent] == QUIET_TURNS) {
            quietAgents++;
        }
    }

    @Override
    public void submitted(final int agent) {
        disturbed();
    }

    @Override
    public boolean isQuiet() {
        return quietAgents == shares.length;
    }

    @Override
    public void disturbed() {
        quietAgents = 0;
        for (int i = 0; i < idleSteps.length; i++) {
            idleSteps[i] = 0;
            quietAgents += pausedUntil[i] == Long.MAX_VALUE ? 1 : 0;
        }
    }

    @Override
    public void pause(final int agent, final long nanos) {
        pausedUntil[agent] = Math.max(pausedUntil[agent], nanos);
    }

    @Override
    public void interrupt(final int agent, final long fromNanos, final long nanos) {
        pause(agent, fromNanos + nanos);
    }

    @Override
    public void remove(final int agent) {
        pausedUntil[agent] = Long.MAX_VALUE;
        disturbed();
    }

    @Override
    public String toString() {
        return "shares=" + Arrays.toString(shares);
    }
}
