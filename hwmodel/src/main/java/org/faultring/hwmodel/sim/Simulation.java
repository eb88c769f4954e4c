/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.Agent;
import org.faultring.hwmodel.device.GroupObserver;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.Workload;

/**
 * A path in virtual time, with what goes wrong: the same run again for the same settings and workload, to the last
 * event.
 *
 * <pre>{@code
 * final Simulation simulation = Simulation.of(SimulationSettings.of(FaultPathConfig.DEFAULT, CostProfile.UNIT, 42),
 *         workload, RaiseSchedules.closedLoop(), row -> {}, PathHooks.NONE, DisturbanceListener.NONE);
 * while (!simulation.path().isFinished()) {
 *     simulation.step();
 * }
 * assert simulation.finish().holds();
 * }</pre>
 *
 * <p>One thread. Steps allocate nothing once every change of attachments has been made once.
 */
public final class Simulation {

    /** Steps in which a path without new faults must come to rest. */
    private static final long PATIENCE = 50_000_000;
    /** Steps of the hardware alone after which software has nothing to do any more. */
    private static final long ASKING_AGAIN = 100_000;

    private final FaultPath path;
    private final VirtualClock clock;
    private final Scheduler scheduler;
    private final Disturber disturber;
    private final int devices;

    private Simulation(final SimulationSettings settings, final FaultPath path, final int pasids,
            final VirtualClock clock, final LostAnswers lost, final DisturbanceListener listener,
            final List<? extends Agent> helpers) {
        this.path = path;
        this.clock = clock;
        devices = settings.shape().devices();
        final List<Participant> participants = new ArrayList<>(Scheduler.participants(path));
        participants.add(new Participant(path.controls().owner(), World.USER));
        helpers.forEach(helper -> participants.add(new Participant(helper, World.USER)));
        scheduler = switch (settings.order()) {
            case PRICED -> Scheduler.priced(settings.seed(), clock, settings.profile(), path.counters(), participants);
            case DRAWN -> Scheduler.drawn(settings.seed(), clock, participants);
        };
        disturber = new Disturber(settings, pasids, clock, scheduler, path.controls(), lost, listener);
    }

    /**
     * Assemble a path and what steps it.
     *
     * @param settings all but the workload
     * @param workload faults that each device raises
     * @param schedule when to raise them, in virtual time
     * @param observer told of each sampled group
     * @param hooks    put between the parts of the path
     * @param listener told of each disturbance
     * @return a simulation that has not stepped
     */
    public static Simulation of(final SimulationSettings settings, final Workload workload,
            final RaiseSchedule schedule, final GroupObserver observer, final PathHooks hooks,
            final DisturbanceListener listener) {
        return of(settings, workload, schedule, observer, hooks, listener, new VirtualClock(), List.of());
    }

    /**
     * The same on a clock that hooks read too, and with further agents of the user world, as more than one reader of a
     * fault object.
     *
     * @param settings all but the workload
     * @param workload faults that each device raises
     * @param schedule when to raise them, in virtual time
     * @param observer told of each sampled group
     * @param hooks    put between the parts of the path
     * @param listener told of each disturbance
     * @param clock    at 0
     * @param helpers  read once, when the path and so what the hooks make is there
     * @return a simulation that has not stepped
     */
    public static Simulation of(final SimulationSettings settings, final Workload workload,
            final RaiseSchedule schedule, final GroupObserver observer, final PathHooks hooks,
            final DisturbanceListener listener, final VirtualClock clock, final List<? extends Agent> helpers) {
        final LostAnswers lost = new LostAnswers(hooks);
        final boolean losesAnswers = settings.disturbances().kinds().contains(Disturbance.ANSWER_LOST);
        final FaultPath path = FaultPath.create(settings.config(), settings.shape(), workload, schedule, clock,
                observer, losesAnswers ? lost : hooks);
        return new Simulation(settings, path, workload.trace().processCount(), clock, lost, listener,
                helpers);
    }

    /**
     * One step of whoever's turn it is, and what strikes after it.
     *
     * @return work done
     */
    public int step() {
        final int work = scheduler.step();
        if (scheduler.isQuiet()) {
            disturber.await();
        } else {
            disturber.look();
        }
        return work;
    }

    /**
     * Whether nobody finds anything to do, nothing is due at a later moment, and nothing will strike.
     *
     * @return true if stepping on changes nothing
     */
    public boolean isQuiet() {
        return scheduler.isQuiet() && disturber.isQuiet();
    }

    /**
     * The path.
     *
     * @return as it is after the last step
     */
    public FaultPath path() {
        return path;
    }

    /**
     * Virtual time.
     *
     * @return the clock of the path
     */
    public VirtualClock clock() {
        return clock;
    }

    /**
     * Who steps.
     *
     * @return the scheduler, for its count of steps
     */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * End: nothing new is raised, nothing strikes any more. What lost answers left behind is cleared up as software
     * does: attachments with unanswered groups are taken away, devices that still wait are reset. So is what devices
     * ask for again and again, since the driver is held back for good and hardware in overflow answers Success.
     *
     * @return the books of the path at rest
     * @throws IllegalStateException if the path does not come to rest
     */
    public Conservation finish() {
        return finish(() -> {
        }, () -> {
        });
    }

    /**
     * The same, watched.
     *
     * @param stepped called after each step
     * @param rested  called when readers have had the time to do all that they would, before anything is cleared up
     * @return the books of the path at rest
     * @throws IllegalStateException if the path does not come to rest
     */
    public Conservation finish(final Runnable stepped, final Runnable rested) {
        path.stopRaising();
        disturber.end();
        settle(ASKING_AGAIN, stepped);
        rested.run();
        if (isAnyWaiting()) {
            disturber.detachAll();
            settle(ASKING_AGAIN, stepped);
        }
        for (int device = 0; device < devices; device++) {
            if (path.controls().outstanding(device) > 0) {
                path.controls().reset(device);
            }
        }
        settle(Long.MAX_VALUE, stepped);
        return path.conservation();
    }

    private boolean isAnyWaiting() {
        for (int device = 0; device < devices; device++) {
            if (path.controls().outstanding(device) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Step on until all is quiet, or for so long the hardware alone has done anything. */
    private void settle(final long hardwareAlone, final Runnable stepped) {
        scheduler.disturbed();
        final long begin = scheduler.steps();
        while (!isQuiet() && Math.min(scheduler.stepsOfHardwareAlone(), scheduler.steps() - begin) < hardwareAlone) {
            if (scheduler.steps() - begin == PATIENCE) {
                throw new IllegalStateException(scheduler + " (expected: at rest within " + PATIENCE + " steps)");
            }
            step();
            stepped.run();
        }
    }
}
