/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.Checks;
import org.faultring.ring.file.IoRing;

/**
 * How a design uses an {@link IoRing}. Immutable; values are checked here.
 *
 * @param recordsPerRead   room of one posted read, in records, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}; a longer
 *                         group is read by a system call of its own
 * @param reads            reads posted ahead, 1..{@link #MAX_READS}; of a multishot read, provided buffers, a power of
 *                         two
 * @param answersPerWrite  answers given by one posted write at most, 1..{@link ReadDelivery#MAX_RECORDS_PER_READ}
 * @param readFlags        0, or {@link IoRing#ASYNC} for reads that the submitter does not try itself
 * @param minimumBatch     completions, those of writes included, to wait for once there is one, 1..reads
 * @param longestWaitNanos longest that the first of them waits for the others, ns of the path's clock, 0..10^9; without
 *                         meaning while minimumBatch is 1
 */
public record RingSettings(int recordsPerRead, int reads, int answersPerWrite, int readFlags, int minimumBatch,
        long longestWaitNanos) {

    /** Most reads posted ahead; fits the smallest limit on provided buffers, 32768, with the largest reads. */
    public static final int MAX_READS = 1024;

    private static final long MAX_WAIT_NANOS = 1_000_000_000L;

    /** Checks the values. */
    public RingSettings {
        Checks.range("recordsPerRead", recordsPerRead, 1, ReadDelivery.MAX_RECORDS_PER_READ);
        Checks.range("reads", reads, 1, MAX_READS);
        Checks.range("answersPerWrite", answersPerWrite, 1, ReadDelivery.MAX_RECORDS_PER_READ);
        if (readFlags != 0 && readFlags != IoRing.ASYNC) {
            throw new IllegalArgumentException("readFlags=" + readFlags + " (expected: 0 or " + IoRing.ASYNC + ")");
        }
        Checks.range("minimumBatch", minimumBatch, 1, reads);
        Checks.range("longestWaitNanos", longestWaitNanos, 0, MAX_WAIT_NANOS);
    }

    /**
     * What is usual: all answers of a read in one write, no waiting for more.
     *
     * @param recordsPerRead see {@link #recordsPerRead()}
     * @param reads          see {@link #reads()}
     * @return the settings
     */
    public static RingSettings of(final int recordsPerRead, final int reads) {
        return new RingSettings(recordsPerRead, reads, recordsPerRead, 0, 1, 0);
    }

    /**
     * The same with other writes.
     *
     * @param newAnswersPerWrite see {@link #answersPerWrite()}
     * @return new settings
     */
    public RingSettings withAnswersPerWrite(final int newAnswersPerWrite) {
        return new RingSettings(recordsPerRead, reads, newAnswersPerWrite, readFlags, minimumBatch, longestWaitNanos);
    }

    /**
     * The same with other flags.
     *
     * @param newReadFlags see {@link #readFlags()}
     * @return new settings
     */
    public RingSettings withReadFlags(final int newReadFlags) {
        return new RingSettings(recordsPerRead, reads, answersPerWrite, newReadFlags, minimumBatch, longestWaitNanos);
    }

    /**
     * The same with another wait.
     *
     * @param newMinimumBatch     see {@link #minimumBatch()}
     * @param newLongestWaitNanos see {@link #longestWaitNanos()}
     * @return new settings
     */
    public RingSettings withMinimumBatch(final int newMinimumBatch, final long newLongestWaitNanos) {
        return new RingSettings(recordsPerRead, reads, answersPerWrite, readFlags, newMinimumBatch,
                newLongestWaitNanos);
    }

    /** Writes that may be under way: one for each read, and what a full read needs if they all are. */
    int writes() {
        return reads + (recordsPerRead + answersPerWrite - 1) / answersPerWrite;
    }
}
