/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import org.faultring.ring.Checks;

/**
 * Invalidations of one domain that are submitted together, and what became of them. Made once and used again and again.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class InvalidationBatch {

    /** Most descriptors of a batch (drivers/iommu/intel/cache.c). */
    public static final int MAX_DESCRIPTORS = 16;

    /** Where a batch stands. */
    public enum State {
        /** It is being filled, or was never used. */
        OPEN,
        /** It waits for its turn. */
        QUEUED,
        /** The hardware has it. */
        SUBMITTED,
        /** The hardware is done with it. */
        DONE,
        /** Given up: its first descriptor was bad (-EINVAL of {@code qi_submit_sync}). */
        INVALID,
        /** Given up: a device that is gone did not complete (-ETIMEDOUT of {@code qi_submit_sync}). */
        TIMED_OUT
    }

    private final long[] words = new long[2 * MAX_DESCRIPTORS];
    private int size;
    private int domain;
    private long waitFlags;
    private State state = State.OPEN;
    private int attempts;
    /** The batch behind it in the queue of the driver. */
    private InvalidationBatch behind;

    /** An empty batch. */
    public InvalidationBatch() {}

    /**
     * Empty the batch, which must not be under way.
     *
     * @param newDomain that the invalidations belong to, 16 bits
     * @return this
     */
    public InvalidationBatch begin(final int newDomain) {
        if (isUnderWay()) {
            throw new IllegalStateException("state=" + state + " (expected: a batch that is not under way)");
        }
        domain = Checks.range("domain", newDomain, 0, 0xFFFF);
        size = 0;
        waitFlags = 0;
        attempts = 0;
        state = State.OPEN;
        return this;
    }

    /**
     * One more descriptor.
     *
     * @param qw0 first word
     * @param qw1 second word
     * @return this
     */
    public InvalidationBatch add(final long qw0, final long qw1) {
        Checks.range("descriptors", size + 1, 1, MAX_DESCRIPTORS);
        words[2 * size] = qw0;
        words[2 * size + 1] = qw1;
        size++;
        return this;
    }

    /**
     * The batch is done only once the page requests under way are drained ({@code QI_OPT_WAIT_DRAIN}).
     *
     * @return this
     */
    public InvalidationBatch drainPageRequests() {
        waitFlags = WaitDescriptor.PAGE_REQUEST_DRAIN;
        return this;
    }

    /**
     * Where it stands.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * Whether it is queued or submitted.
     *
     * @return true if so
     */
    public boolean isUnderWay() {
        return state == State.QUEUED || state == State.SUBMITTED;
    }

    /**
     * The domain.
     *
     * @return 16 bits
     */
    public int domain() {
        return domain;
    }

    /**
     * How often it was submitted.
     *
     * @return 1 if it went well at once
     */
    public int attempts() {
        return attempts;
    }

    int size() {
        return size;
    }

    long qw0(final int descriptor) {
        return words[2 * descriptor];
    }

    long qw1(final int descriptor) {
        return words[2 * descriptor + 1];
    }

    long waitFlags() {
        return waitFlags;
    }

    void attempt() {
        attempts++;
        state = State.SUBMITTED;
    }

    void become(final State newState) {
        state = newState;
    }

    InvalidationBatch behind() {
        return behind;
    }

    void putBehind(final InvalidationBatch batch) {
        behind = batch;
    }
}
