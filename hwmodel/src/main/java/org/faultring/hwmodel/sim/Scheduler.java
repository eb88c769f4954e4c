/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.delivery.Delivery;
import org.faultring.ring.file.Wait;

/**
 * Steps agents on the calling thread in virtual time, in an order that a seed decides: the same one again for the same
 * seed. Either by prices ({@link #priced}): each agent has a time line of its own, and a duty cycle takes as long as
 * what it did costs. Or by pure chance ({@link #drawn}), which reaches more orders and says nothing about time.
 *
 * <p>In priced time an agent that found nothing to do is parked. User space wakes when what it waits on has happened,
 * at the price of a wake-up; hardware and kernel when another agent has done something, or when a device has a group
 * due. What a duty cycle did can be seen from its beginning on; whoever it wakes begins after its end.
 *
 * <p>One thread; allocates nothing after it was made.
 */
public final class Scheduler {

    private final Agent[] agents;
    private final Turns turns;
    private final VirtualClock clock;
    private final long seed;
    private final boolean[] isHardware;
    private long steps;
    /** The last step in which kernel or user world did something, or could not since it was paused. */
    private long lastOfSoftware;
    private long pausesEndNanos = Long.MIN_VALUE;

    private Scheduler(final long seed, final VirtualClock clock, final List<Participant> participants,
            final Turns turns) {
        Checks.range("agents", participants.size(), 1, Integer.MAX_VALUE);
        this.seed = seed;
        this.clock = clock;
        this.turns = turns;
        agents = participants.stream().map(Participant::agent).toArray(Agent[]::new);
        isHardware = new boolean[agents.length];
        for (int i = 0; i < agents.length; i++) {
            isHardware[i] = participants.get(i).world() == World.HARDWARE;
        }
    }

    /**
     * By prices.
     *
     * @param seed         of all that is drawn: who acts first of those whose turn it is
     * @param clock        to move; that of the path
     * @param profile      prices
     * @param counters     of the path
     * @param participants at least one
     * @return a scheduler that has not stepped
     */
    public static Scheduler priced(final long seed, final VirtualClock clock, final CostProfile profile,
            final Counters counters, final List<Participant> participants) {
        final Map<World, Bill> bills = new EnumMap<>(World.class);
        // Not those that say who acts: what things cost changes no order but by the time that passes.
        final SplittableRandom prices = new SplittableRandom(~seed);
        for (final World world : World.values()) {
            bills.put(world, new Bill(profile, world, counters, prices.split()));
        }
        return new Scheduler(seed, clock, participants,
                new PricedTurns(new SplittableRandom(seed), clock,
                        new Price(profile, Cost.WAKE, prices.split()), new Price(profile, Cost.SLEEP, prices.split()),
                        bills, participants));
    }

    /**
     * By pure chance; a step is a step.
     *
     * @param seed         of all that is drawn: who acts, and how often an agent comes compared with another
     * @param clock        to move, by 1 ns for each step
     * @param participants at least one
     * @return a scheduler that has not stepped
     */
    public static Scheduler drawn(final long seed, final VirtualClock clock, final List<Participant> participants) {
        return new Scheduler(seed, clock, participants,
                new DrawnTurns(new SplittableRandom(seed), clock, participants));
    }

    /**
     * The worlds of a path: hardware first, then kernel, then each reader.
     *
     * @param path to step
     * @return its agents
     */
    public static List<Participant> participants(final FaultPath path) {
        final List<Participant> all = new ArrayList<>();
        all.add(new Participant(path.hardware(), World.HARDWARE));
        all.add(new Participant(path.kernel(), World.KERNEL));
        path.readers().forEach(reader -> all.add(new Participant(reader, World.USER)));
        return List.copyOf(all);
    }

    /**
     * One duty cycle of whoever's turn it is.
     *
     * @return what it did, 0 also if it was nobody's turn
     * @throws IllegalStateException if the agent throws; the message has the seed, the step and the agent's role
     */
    public int step() {
        steps++;
        final int next = turns.next();
        if (next == Turns.NOBODY) {
            return 0;
        }
        final int work = act(agents[next]);
        if (work > 0 && !isHardware[next] || clock.nanoTime() < pausesEndNanos) {
            lastOfSoftware = steps;
        }
        final boolean submits = work == 0 && beginWait(agents[next]);
        turns.acted(next, work);
        if (submits) {
            turns.submitted(next);
        }
        return work;
    }

    /** Whether the wait that begins hands requests to the kernel. */
    private static boolean beginWait(final Agent agent) {
        if (!(agent instanceof final Delivery delivery)) {
            return false;
        }
        final Wait wait = delivery.waitingOn();
        final boolean submits = wait.kind() == Wait.Kind.COMPLETIONS && wait.ring().unsubmitted() > 0;
        wait.begin();
        return submits;
    }

    private int act(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final Exception | AssertionError e) {
            throw new IllegalStateException(this + " role=" + agent.roleName() + ": " + e, e);
        }
    }

    /**
     * Whether all have looked for work and found none.
     *
     * @return true if so
     */
    public boolean isQuiet() {
        return turns.isQuiet();
    }

    /**
     * Step until all are quiet.
     *
     * @param maxSteps patience
     * @return steps taken
     * @throws IllegalStateException if they still move then, or an agent throws; the message has the seed
     */
    public long runUntilQuiet(final long maxSteps) {
        turns.disturbed();
        final long begin = steps;
        while (!turns.isQuiet()) {
            if (steps - begin == maxSteps) {
                throw new IllegalStateException(this + " (expected: quiet within " + maxSteps + " steps)");
            }
            step();
        }
        return steps - begin;
    }

    /** Something happened that no agent did: all look for work again. */
    public void disturbed() {
        turns.disturbed();
    }

    /**
     * For how many steps nobody but the hardware has done anything, though everybody could have. Devices may ask for
     * the same pages for ever if hardware in overflow answers Success and nobody takes what is queued.
     *
     * @return steps
     */
    public long stepsOfHardwareAlone() {
        return steps - lastOfSoftware;
    }

    /**
     * An agent does nothing for a while.
     *
     * @param agent its number among the participants
     * @param nanos how long, virtual ns
     */
    public void pause(final int agent, final long nanos) {
        final long end = clock.nanoTime() + nanos;
        pausesEndNanos = Math.max(pausesEndNanos, end);
        turns.pause(agent, end);
    }

    /**
     * An agent does not get its processor for a while, as a thread that is preempted: in priced time what it does ends
     * so much later.
     *
     * @param agent     its number among the participants
     * @param fromNanos when that begins, virtual ns, not after now
     * @param nanos     for how long, virtual ns
     */
    public void interrupt(final int agent, final long fromNanos, final long nanos) {
        turns.interrupt(agent, fromNanos, nanos);
    }

    /**
     * An agent never acts again.
     *
     * @param agent its number among the participants
     */
    public void remove(final int agent) {
        turns.remove(agent);
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
