/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/** Errors of the invalidation queue: which bit of FSTS, and what the error record says (VT-d specification). */
public enum InvalidationError {

    /** A descriptor or an index the hardware cannot take; the queue stands. */
    QUEUE(VtdRegisters.IQE),
    /** A device completed an invalidation that it was not asked for. */
    COMPLETION(VtdRegisters.ICE),
    /** A device did not complete an invalidation in time; the queue stands and waits were aborted. */
    TIME_OUT(VtdRegisters.ITE);

    /** IQEI: nothing is said. */
    public static final int NOT_AVAILABLE = 0;
    /** IQEI: the tail lies beyond the queue. */
    public static final int INVALID_TAIL = 1;
    /** IQEI: the descriptor could not be read. */
    public static final int FETCH_FAILED = 2;
    /** IQEI: the type is unknown. */
    public static final int INVALID_TYPE = 3;
    /** IQEI: a reserved field is not 0. */
    public static final int RESERVED_FIELD = 4;
    /** IQEI: the type needs a descriptor of 256 bits. */
    public static final int INVALID_WIDTH = 5;
    /** IQEI: the tail is no multiple of the descriptor's length. */
    public static final int TAIL_NOT_ALIGNED = 6;
    /** IQEI: the translation mode does not allow the queue. Never arises in the model, which has one mode. */
    public static final int INVALID_MODE = 7;

    private final int statusBit;

    InvalidationError(final int statusBit) {
        this.statusBit = statusBit;
    }

    /**
     * The error's bit.
     *
     * @return one bit of FSTS
     */
    public int statusBit() {
        return statusBit;
    }
}
