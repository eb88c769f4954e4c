/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.Checks;
import org.faultring.ring.delivery.ReadDelivery;
import org.faultring.ring.delivery.RingSettings;
import org.faultring.ring.kernel.WakeRule;

/**
 * What may be set of a design beside its batch. Not every design has everything: {@link #check} refuses what would do
 * nothing. Immutable; values are checked here.
 *
 * @param answersPerWrite  answers of one write at most, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}; {@link #USUAL}
 *                         for as many as the batch, and for 1 where the design has a call for each answer
 * @param reads            reads or requests posted ahead, 1..{@link RingSettings#MAX_READS}; of a multishot read, the
 *                         provided buffers, a power of two; {@link #USUAL} for 8
 * @param minimumBatch     completions to wait for once there is one, 1..reads
 * @param longestWaitNanos longest that the first of them waits, ns of the path's clock, 1..10^9; 0 while minimumBatch
 *                         is 1
 * @param wakeRule         when the kernel of the model wakes the reader
 */
public record DeliverySettings(int answersPerWrite, int reads, int minimumBatch, long longestWaitNanos,
        WakeRule wakeRule) {

    /** As it is usual for the design. */
    public static final int USUAL = 0;

    /** Nothing set. */
    public static final DeliverySettings DEFAULT = new DeliverySettings(USUAL, USUAL, 1, 0, WakeRule.EACH_GROUP);

    private static final int USUAL_READS = 8;
    private static final long MAX_WAIT_NANOS = 1_000_000_000L;

    /** Checks the values, but not whether a design has them. */
    public DeliverySettings {
        Checks.range("answersPerWrite", answersPerWrite, USUAL, ReadDelivery.MAX_RECORDS_PER_READ);
        Checks.range("reads", reads, USUAL, RingSettings.MAX_READS);
        Checks.range("minimumBatch", minimumBatch, 1, reads == USUAL ? USUAL_READS : reads);
        Checks.range("longestWaitNanos", longestWaitNanos, 0, MAX_WAIT_NANOS);
        if (minimumBatch > 1 != longestWaitNanos > 0) {
            throw new IllegalArgumentException("minimumBatch=" + minimumBatch + " longestWaitNanos=" + longestWaitNanos
                    + " (expected: above 1 and above 0, or 1 and 0)");
        }
        if (wakeRule == null) {
            throw new IllegalArgumentException("wakeRule=null (expected: a rule)");
        }
    }

    /**
     * The same with other writes.
     *
     * @param newAnswersPerWrite see {@link #answersPerWrite()}
     * @return new settings
     */
    public DeliverySettings withAnswersPerWrite(final int newAnswersPerWrite) {
        return new DeliverySettings(newAnswersPerWrite, reads, minimumBatch, longestWaitNanos, wakeRule);
    }

    /**
     * The same with other reads.
     *
     * @param newReads see {@link #reads()}
     * @return new settings
     */
    public DeliverySettings withReads(final int newReads) {
        return new DeliverySettings(answersPerWrite, newReads, minimumBatch, longestWaitNanos, wakeRule);
    }

    /**
     * The same with another wait for completions.
     *
     * @param newMinimumBatch     see {@link #minimumBatch()}
     * @param newLongestWaitNanos see {@link #longestWaitNanos()}
     * @return new settings
     */
    public DeliverySettings withMinimumBatch(final int newMinimumBatch, final long newLongestWaitNanos) {
        return new DeliverySettings(answersPerWrite, reads, newMinimumBatch, newLongestWaitNanos, wakeRule);
    }

    /**
     * The same with another rule.
     *
     * @param newWakeRule see {@link #wakeRule()}
     * @return new settings
     */
    public DeliverySettings withWakeRule(final WakeRule newWakeRule) {
        return new DeliverySettings(answersPerWrite, reads, minimumBatch, longestWaitNanos, newWakeRule);
    }

    /**
     * Find out whether a design has all that is set.
     *
     * @param design that is to have it
     * @throws IllegalArgumentException if one of them would do nothing
     */
    public void check(final DeliveryDesign design) {
        if (answersPerWrite != USUAL && !writesAnswers(design)) {
            throw refused("answersPerWrite", answersPerWrite, design, "gives no answers by writes of their own");
        }
        if (reads != USUAL && !postsSeveral(design)) {
            throw refused("reads", reads, design, "posts no reads, or one only");
        }
        if (reads != USUAL && design == DeliveryDesign.MULTISHOT) {
            Checks.powerOfTwo("reads", reads, 1, RingSettings.MAX_READS);
        }
        if (minimumBatch > 1 && !postsSeveral(design)) {
            throw refused("minimumBatch", minimumBatch, design, "has no completions to wait for, or one at a time");
        }
        if (!wakeRule.equals(WakeRule.EACH_GROUP)) {
            checkWakes(design);
        }
    }

    private void checkWakes(final DeliveryDesign design) {
        switch (design) {
            case SHARED_RING -> throw refused("wakes", wakeRule.key(), design,
                    "is woken when it has armed its doorbell");
            case SVA -> throw refused("wakes", wakeRule.key(), design, "has no reader");
            case BUSY_READ -> throw refused("wakes", wakeRule.key(), design, "waits for nothing");
            case VFIO_REGION -> {
                if (wakeRule.equals(WakeRule.ON_EMPTY)) {
                    throw refused("wakes", wakeRule.key(), design,
                            "does not look a second time before it waits, so a wake-up would be lost");
                }
            }
            default -> {
                // Waits for a file.
            }
        }
    }

    private static boolean writesAnswers(final DeliveryDesign design) {
        return switch (design) {
            case READ, BUSY_READ, EVENTFD, POSTED_READ, POLL_THEN_READ, MULTISHOT -> true;
            default -> false;
        };
    }

    private static boolean postsSeveral(final DeliveryDesign design) {
        return switch (design) {
            case POSTED_READ, MULTISHOT, COMMIT_AND_FETCH -> true;
            default -> false;
        };
    }

    private static IllegalArgumentException refused(final String name, final Object value, final DeliveryDesign design,
            final String why) {
        return new IllegalArgumentException(name + "=" + value + " (expected: not with " + design.key() + ", which "
                + why + ")");
    }

    /** Answers of one write, where the design usually gives so many. */
    int answersPerWrite(final int usual) {
        return answersPerWrite == USUAL ? usual : answersPerWrite;
    }

    /** For a completion ring; poll-then-read has one chain. */
    RingSettings onRing(final DeliveryDesign design, final int batch) {
        final int posted = reads == USUAL ? USUAL_READS : reads;
        return RingSettings.of(batch, design == DeliveryDesign.POLL_THEN_READ ? 1 : posted)
                .withAnswersPerWrite(answersPerWrite(batch)).withMinimumBatch(minimumBatch, longestWaitNanos);
    }
}
