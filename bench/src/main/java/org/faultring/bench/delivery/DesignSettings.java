/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.ArrayList;
import java.util.List;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.DeliverySettings;
import org.faultring.ring.Checks;
import org.faultring.ring.kernel.WakeRule;

/**
 * What is set of all designs of a comparison beside their batch. Where one of them would do nothing, on a ground or for
 * a design, {@link #check} refuses.
 *
 * @param answersPerWrite  see {@link DeliverySettings#answersPerWrite()}, 0 for what is usual
 * @param reads            see {@link DeliverySettings#reads()}, 0 for what is usual
 * @param minimumBatch     see {@link DeliverySettings#minimumBatch()}
 * @param longestWaitNanos see {@link DeliverySettings#longestWaitNanos()}
 * @param wakes            key of {@link DeliverySettings#wakeRule()}
 * @param readerThreads    that read one file, 1..{@link #MAX_READER_THREADS}
 * @param pollingMillis    how long a thread of the kernel looks for submissions before it sleeps, 0 for no such thread
 */
public record DesignSettings(int answersPerWrite, int reads, int minimumBatch, long longestWaitNanos, String wakes,
        int readerThreads, int pollingMillis) {

    /** Most threads that read one file. */
    public static final int MAX_READER_THREADS = 16;

    /** Nothing set. */
    public static final DesignSettings DEFAULT = of(DeliverySettings.DEFAULT, 1, 0);

    private static final int MAX_POLLING_MILLIS = 60_000;

    /** Checks the values. */
    public DesignSettings {
        new DeliverySettings(answersPerWrite, reads, minimumBatch, longestWaitNanos, WakeRule.ofKey(wakes));
        Checks.range("readerThreads", readerThreads, 1, MAX_READER_THREADS);
        Checks.range("submissionPollingMs", pollingMillis, 0, MAX_POLLING_MILLIS);
    }

    /**
     * From what designs have everywhere, and what they have on this kernel.
     *
     * @param delivery      of the design itself
     * @param readerThreads see {@link #readerThreads()}
     * @param pollingMillis see {@link #pollingMillis()}
     * @return the settings
     */
    public static DesignSettings of(final DeliverySettings delivery, final int readerThreads,
            final int pollingMillis) {
        return new DesignSettings(delivery.answersPerWrite(), delivery.reads(), delivery.minimumBatch(),
                delivery.longestWaitNanos(), delivery.wakeRule().key(), readerThreads, pollingMillis);
    }

    /** What designs have everywhere. */
    DeliverySettings delivery() {
        return new DeliverySettings(answersPerWrite, reads, minimumBatch, longestWaitNanos, WakeRule.ofKey(wakes));
    }

    /**
     * Find out whether a design has all that is set, on a ground.
     *
     * @param design to be run
     * @param ground on which
     * @throws CannotRunException if one of them would do nothing; says which
     */
    public void check(final DeliveryDesign design, final Ground ground) throws CannotRunException {
        try {
            delivery().check(design);
        } catch (final IllegalArgumentException e) {
            throw new CannotRunException(e.getMessage() + ".");
        }
        final boolean isPath = ground == Ground.THREADS || ground == Ground.MODEL;
        if (readerThreads > 1 && isPath) {
            throw refused("readerThreads", readerThreads, ground,
                    "has one user world: several threads are for stand-ins");
        }
        if (readerThreads > 1 && design == DeliveryDesign.EVENTFD) {
            throw new CannotRunException("readerThreads=" + readerThreads
                    + " (expected: not with eventfd, whose counter one thread takes).");
        }
        if (pollingMillis > 0 && isPath) {
            throw refused("submissionPollingMs", pollingMillis, ground, "has no thread of a kernel to do it");
        }
        if (pollingMillis > 0 && !design.usesRing()) {
            throw new CannotRunException("submissionPollingMs=" + pollingMillis + " (expected: not with " + design.key()
                    + ", which submits nothing).");
        }
        if (!isPath && !WakeRule.ofKey(wakes).equals(WakeRule.EACH_GROUP)) {
            throw refused("wakes", wakes, ground, "wakes as its kernel does");
        }
    }

    private static CannotRunException refused(final String name, final Object value, final Ground ground,
            final String why) {
        return new CannotRunException(name + "=" + value + " (expected: not on " + ground.key() + ", which " + why
                + ").");
    }

    /**
     * What is not as usual.
     *
     * @return in words, separated by commas; empty if everything is
     */
    public String description() {
        final List<String> words = new ArrayList<>();
        if (answersPerWrite != DeliverySettings.USUAL) {
            words.add(answersPerWrite + " answers a write at most");
        }
        if (reads != DeliverySettings.USUAL) {
            words.add(reads + " reads posted, or buffers provided");
        }
        if (minimumBatch > 1) {
            words.add(minimumBatch + " completions waited for, up to " + longestWaitNanos / 1e3 + " us");
        }
        if (!WakeRule.ofKey(wakes).equals(WakeRule.EACH_GROUP)) {
            words.add("wake-ups by rule " + wakes);
        }
        if (readerThreads > 1) {
            words.add(readerThreads + " reader threads");
        }
        if (pollingMillis > 0) {
            words.add("submissions polled for, " + pollingMillis + " ms before sleep");
        }
        return String.join(", ", words);
    }
}
