/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.faultring.bench.linux.EventFd;
import org.faultring.bench.linux.FaultSource;
import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.counter.Counter;

/**
 * A stand-in with a design at work on it, and faults to raise. Belongs to the thread that raises; the reader has one of
 * its own.
 */
public final class StandInLoad implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final EventFd events;
    private final FaultSource source;
    private final StandInReader reader;
    private long ordered;

    /**
     * Look whether a cell can be set up; opens and closes what it needs.
     *
     * @param cell design, ground, faults in flight
     * @throws CannotRunException if the design does not run on the ground, or the ground not here
     */
    public static void check(final DeliveryCell cell) throws CannotRunException {
        StandIns.check(cell);
    }

    /**
     * Set up.
     *
     * @param cell            that has been checked; where it runs is the affair of the caller
     * @param designs         settings that its design has
     * @param readerPlacement first thing each of the reader's threads does
     */
    public StandInLoad(final DeliveryCell cell, final DesignSettings designs, final Runnable readerPlacement) {
        final StandIns standIns = new StandIns(cell);
        final EventFd made = standIns.design() == DeliveryDesign.EVENTFD ? new EventFd() : null;
        FaultSource opened = null;
        try {
            opened = standIns.open(made);
            reader = new StandInReader(standIns, opened, made, cell, designs, readerPlacement);
        } catch (final RuntimeException e) {
            close(opened, made);
            throw e;
        }
        events = made;
        source = opened;
    }

    private static void close(final FaultSource source, final EventFd events) {
        if (source != null) {
            source.close();
        }
        if (events != null) {
            events.close();
        }
    }

    /**
     * Raise faults and wait for their answers.
     *
     * @param faults how many, as many in flight as the cell says
     * @return false if an answer did not come in time
     */
    public boolean run(final int faults) {
        ordered += faults;
        source.raise(faults);
        return source.awaitAnswered(ordered, PATIENCE_NANOS);
    }

    /**
     * Raise faults at fixed moments and wait for their answers.
     *
     * @param dueNanos moment of each, since now
     * @return what came of it, or null if an answer did not come in time
     */
    OpenLoop run(final long[] dueNanos) {
        final OpenLoop loop = new OpenLoop(source, System::nanoTime, dueNanos);
        ordered += dueNanos.length;
        return loop.run(PATIENCE_NANOS) ? loop : null;
    }

    /** Time in calls that raise so far, ns. */
    long raisingNanos() {
        return source.raisingNanos();
    }

    /**
     * What does not add up, at any time at which nothing is in flight.
     *
     * @return a sentence each, none if every fault was handled and answered once
     */
    public List<String> violations() {
        final List<String> violations = new ArrayList<>();
        if (reader.failure() != null) {
            violations.add("the reader ended early: " + reader.failure());
        }
        if (source.answered() != ordered || source.raised() != ordered) {
            violations.add(source.answered() + " of " + source.raised() + " faults were answered, " + ordered
                    + " were ordered");
        }
        if (source.refused() > 0) {
            violations.add(source.refused() + " faults were answered with something else than Success");
        }
        return violations;
    }

    /** Stop the reader, so that its counts are final; the source stays. */
    void stopReader() {
        reader.close();
    }

    /** Events of all faults so far; after {@link #stopReader()}. */
    Map<EventKind, Long> events() {
        return Map.of(EventKind.SYSTEM_CALLS, reader.systemCalls(), EventKind.WAKE_UPS, reader.wakeUps(),
                EventKind.COPIES, reader.counted(Counter.RECORDS_COPIED));
    }

    /** Faults that the handler saw; after {@link #stopReader()}. */
    long handled() {
        return reader.counted(Counter.FAULTS_HANDLED);
    }

    /** Faults answered so far. */
    long answered() {
        return source.answered();
    }

    @Override
    public void close() {
        reader.close();
        close(source, events);
    }
}
