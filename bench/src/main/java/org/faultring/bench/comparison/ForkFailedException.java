/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

/** A fork ended without a result. */
public final class ForkFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean conserved;

    /**
     * A failure.
     *
     * @param message   what happened, one sentence
     * @param conserved false if faults were lost, torn or doubled: the ring is wrong, not the run
     * @param cause     what JMH says
     */
    public ForkFailedException(final String message, final boolean conserved, final Throwable cause) {
        super(message, cause);
        this.conserved = conserved;
    }

    /**
     * Whether the faults arrived as they were sent, as far as is known.
     *
     * @return false if the ring is wrong
     */
    public boolean isConserved() {
        return conserved;
    }
}
