/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.faultring.bench.host.ThreadHost;
import org.faultring.bench.result.LatencySummary;
import org.faultring.bench.result.TrialResult;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.path.Conservation;
import org.faultring.hwmodel.path.FaultPath;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.workload.RaiseSchedule;
import org.faultring.hwmodel.workload.RaiseSchedules;
import org.faultring.hwmodel.workload.Workload;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;

/** One run of a path on threads, from the first raise until nothing moves, with its books closed. */
public final class Trial {

    /** Told how far a trial is, a few times a second, by the thread that runs it. */
    @FunctionalInterface
    public interface Progress {
        /**
         * How far it is.
         *
         * @param done     of the whole, 0..1
         * @param answered faults answered so far
         */
        void at(double done, long answered);
    }

    private static final long POLL_MILLIS = 1;
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** What was due and could not be raised in so many times the duration is left. */
    private static final long MOST_DURATIONS = 3;

    private final Workload workload;
    private final TrialSettings settings;
    private final LatencyRecorder recorder = new LatencyRecorder();
    private final List<LimitedSchedule> schedules = new ArrayList<>();
    private final FaultPath path;
    private final Occupancy occupancy;
    private final List<? extends Agent> beside;
    private volatile boolean interrupted;

    /**
     * A trial that has not begun.
     *
     * @param workload to raise
     * @param settings of the trial
     */
    public Trial(final Workload workload, final TrialSettings settings) {
        this(workload, settings, PathHooks.NONE);
    }

    /**
     * A trial of a path with something in between.
     *
     * @param workload to raise
     * @param settings of the trial
     * @param hooks    put between the parts of the path
     */
    public Trial(final Workload workload, final TrialSettings settings, final PathHooks hooks) {
        this(workload, settings, hooks, List.of());
    }

    /**
     * A trial with something beside the worlds on each thread.
     *
     * @param workload to raise
     * @param settings of the trial
     * @param hooks    put between the parts of the path
     * @param beside   an agent for each thread, or none at all
     */
    public Trial(final Workload workload, final TrialSettings settings, final PathHooks hooks,
            final List<? extends Agent> beside) {
        this.beside = beside;
        this.workload = workload;
        this.settings = settings;
        this.path = FaultPath.create(settings.config(), settings.shape(), workload, RaiseSchedules.closedLoop(),
                SystemNanoClock.INSTANCE, recorder,
                new PacedHooks(settings.pace(), workload, settings.seed(), limited(hooks)));
        recorder.readFrom(path.stages());
        occupancy = new Occupancy(path.counters(), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }

    /** In open loop a duration is the end of the schedule. */
    private PathHooks limited(final PathHooks hooks) {
        if (settings.duration() == null || !settings.pace().isOpenLoop()) {
            return hooks;
        }
        return new ForwardingHooks(hooks) {

            @Override
            public RaiseSchedule schedule(final int device, final RaiseSchedule schedule) {
                final LimitedSchedule limited = new LimitedSchedule(super.schedule(device, schedule),
                        settings.duration().toNanos());
                schedules.add(limited);
                return limited;
            }
        };
    }

    /** Any thread: raise nothing new and come to an end; the result says so. */
    public void interrupt() {
        interrupted = true;
    }

    /**
     * Run it.
     *
     * @param warmup   what came before, for the result
     * @param progress told how far it is
     * @return the result
     * @throws InterruptedException if the thread is interrupted
     */
    public TrialResult run(final WarmupResult warmup, final Progress progress) throws InterruptedException {
        final TrialEvent event = new TrialEvent();
        event.begin();
        final long start = System.nanoTime();
        final ThreadHost host = ThreadHost.start(path, settings.threads(), beside);
        try (host) {
            awaitEnd(host, start, progress);
        }
        final long end = System.nanoTime();
        if (host.failure() != null) {
            throw new IllegalStateException("a world ended early: " + host.failure().getMessage(), host.failure());
        }
        // A device that waits for an answer that never comes is as quiet as one that is done.
        final boolean atRest = path.settle() && path.isFinished();
        final TrialResult result = result(host, warmup, atRest, recordOverdue(end - start));
        tell(event, result);
        return result;
    }

    private static void tell(final TrialEvent event, final TrialResult result) {
        event.iommu = result.iommu();
        event.design = result.design();
        event.pace = result.pace();
        event.threads = result.threads();
        event.faultsRaised = result.faultsRaised();
        event.overflows = result.overflows();
        event.conserved = result.conserved();
        event.commit();
    }

    private void awaitEnd(final ThreadHost host, final long start, final Progress progress)
            throws InterruptedException {
        final TrialWatch watch = new TrialWatch(path.counters(), start);
        long lastProgress = start;
        boolean isMoving = true;
        while (isMoving && !path.isFinished() && host.failure() == null) {
            final long now = System.nanoTime();
            if (interrupted || isOver(now - start)) {
                path.stopRaising();
            }
            occupancy.look(now - start);
            isMoving = watch.look(now);
            if (now - lastProgress >= PROGRESS_NANOS) {
                lastProgress = now;
                progress.at(done(now - start), path.counters().get(Counter.FAULTS_RESOLVED));
            }
            Thread.sleep(POLL_MILLIS);
        }
        watch.end(System.nanoTime());
    }

    /** In open loop what is due before the end is raised, late if need be. */
    private boolean isOver(final long elapsedNanos) {
        if (settings.duration() == null || elapsedNanos < settings.duration().toNanos()) {
            return false;
        }
        return elapsedNanos / MOST_DURATIONS >= settings.duration().toNanos()
                || schedules.stream().allMatch(LimitedSchedule::isAtEnd);
    }

    /** A group that was due and never raised has waited at least until the end. */
    private long recordOverdue(final long elapsedNanos) {
        final long[] count = new long[1];
        if (!interrupted) {
            schedules.forEach(schedule -> schedule.forEachOverdue(workload, settings.config().laps(), due -> {
                recorder.recordWaiting(elapsedNanos - due);
                count[0]++;
            }));
        }
        return count[0];
    }

    private double done(final long elapsedNanos) {
        if (settings.duration() != null) {
            return Math.min(1, (double) elapsedNanos / settings.duration().toNanos());
        }
        final double all = (double) workload.faults() * settings.config().laps() * settings.shape().devices();
        return Math.min(1,
                (path.counters().get(Counter.FAULTS_RAISED) + path.counters().get(Counter.TRANSLATION_HITS)) / all);
    }

    private TrialResult result(final ThreadHost host, final WarmupResult warmup, final boolean atRest,
            final long overdueGroups) {
        final Conservation books = path.conservation();
        final Counters counters = path.counters();
        final double seconds = path.activeNanos() / 1e9;
        final long faults = books.faultsRaised();
        final Map<String, LatencySummary> stages = new LinkedHashMap<>();
        recorder.histograms().forEach((interval, histogram) -> {
            if (interval != Interval.TOTAL) {
                stages.put(interval.key(), LatencySummary.of(histogram));
            }
        });
        return new TrialResult(settings.config().iommu().key(), settings.config().design().key(), settings.threads(),
                ThreadHost.isOversubscribed(settings.threads()), settings.pace().toString(), interrupted, atRest,
                faults, counters.get(Counter.FAULTS_FAILED), books.requests(), books.retries(), books.answered(),
                books.autoAnswered(), books.droppedSilently(), books.discarded(), books.refused(),
                books.unanswered(), counters.get(Counter.OVERFLOWS), books.holds(), books.violations(), seconds,
                seconds > 0 ? faults / seconds : 0, faults > 0 ? (double) host.allocatedBytes() / faults : 0, warmup,
                LatencySummary.of(recorder.histograms().get(Interval.TOTAL)), stages, counters.byKey(), overdueGroups,
                occupancy.series());
    }

    /**
     * Raw latencies, after the run.
     *
     * @return a histogram for each interval, by its name, in host ns
     */
    public Map<String, Histogram> histograms() {
        final Map<String, Histogram> all = new LinkedHashMap<>();
        recorder.histograms().forEach((interval, histogram) -> all.put(interval.key(), histogram));
        return all;
    }
}
