/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.agrona.concurrent.Agent;
import org.faultring.ring.Checks;

/**
 * Steps agents on the calling thread, in an order that a seed decides: any order that threads could bring about between
 * duty cycles, and the same one again for the same seed. Some agents come more often than others, which also is drawn.
 *
 * <p>Nothing is priced: a step is a step. One thread; allocates nothing after it was made.
 */
public final class SeededStepper {

    /** An agent acts at most this many times as often as another. */
    private static final int MAX_WEIGHT = 8;
    /** Times that each agent in turn must find nothing to do before all of them are quiet. */
    private static final int QUIET_TURNS = 8;

    private final Agent[] agents;
    private final long seed;
    private final SplittableRandom random;
    /** Upper end of each agent's share of the draw. */
    private final int[] shares;
    /** Steps without work of each agent since any did work. */
    private final int[] idleSteps;
    /** Agents that were idle often enough. */
    private int quietAgents;
    private long steps;

    /**
     * A stepper that has not stepped.
     *
     * @param seed   of all that is drawn
     * @param agents at least one
     */
    public SeededStepper(final long seed, final Agent... agents) {
        Checks.range("agents", agents.length, 1, Integer.MAX_VALUE);
        this.agents = agents.clone();
        this.seed = seed;
        random = new SplittableRandom(seed);
        shares = new int[agents.length];
        idleSteps = new int[agents.length];
        int end = 0;
        for (int i = 0; i < agents.length; i++) {
            end += 1 + random.nextInt(MAX_WEIGHT);
            shares[i] = end;
        }
    }

    /**
     * One duty cycle of whoever is drawn.
     *
     * @return what it did
     * @throws IllegalStateException if the agent throws; the message has the seed, the step and the agent's role
     */
    public int step() {
        final int draw = random.nextInt(shares[shares.length - 1]);
        int next = 0;
        while (draw >= shares[next]) {
            next++;
        }
        steps++;
        final int work = act(agents[next]);
        if (work > 0) {
            wake();
        } else if (++idleSteps[next] == QUIET_TURNS) {
            quietAgents++;
        }
        return work;
    }

    private int act(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final Exception | AssertionError e) {
            throw new IllegalStateException(this + " role=" + agent.roleName() + ": " + e, e);
        }
    }

    private void wake() {
        quietAgents = 0;
        Arrays.fill(idleSteps, 0);
    }

    /**
     * Whether each agent has found nothing to do several times since any of them did something.
     *
     * @return true if so
     */
    public boolean isQuiet() {
        return quietAgents == agents.length;
    }

    /**
     * Step until all are quiet.
     *
     * @param maxSteps patience
     * @return steps taken
     * @throws IllegalStateException if they still move then, or an agent throws; the message has the seed
     */
    public long runUntilQuiet(final long maxSteps) {
        wake();
        final long begin = steps;
        while (!isQuiet()) {
            if (steps - begin == maxSteps) {
                throw new IllegalStateException(this + " (expected: quiet within " + maxSteps + " steps)");
            }
            step();
        }
        return steps - begin;
    }

    /**
     * Steps taken so far.
     *
     * @return the count
     */
    public long steps() {
        return steps;
    }

    @Override
    public String toString() {
        return "seed=" + seed + " step=" + steps;
    }
}
