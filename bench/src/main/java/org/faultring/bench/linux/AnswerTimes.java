/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/**
 * When faults of a source were answered, by their number. Each fault has a place of its own, so that whoever takes its
 * answer may write it, on any thread; read it once all faults are answered.
 */
public final class AnswerTimes {

    private final long first;
    private final long[] nanos;

    /**
     * None yet.
     *
     * @param first number of the first fault that is timed: faults raised before
     * @param count faults that are timed
     */
    public AnswerTimes(final long first, final int count) {
        this.first = first;
        nanos = new long[count];
    }

    /**
     * An answer has come.
     *
     * @param number    of the fault, in the order in which faults were raised
     * @param nowNanos of the clock that times are told in
     */
    public void answered(final long number, final long nowNanos) {
        final long index = number - first;
        if (index >= 0 && index < nanos.length) {
            nanos[(int) index] = nowNanos;
        }
    }

    /**
     * When a fault was answered.
     *
     * @param index of the fault among those that are timed
     * @return as it was told
     */
    public long nanos(final int index) {
        return nanos[index];
    }
}
