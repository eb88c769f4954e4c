/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.Checks;
import org.faultring.ring.FaultRingDescriptor;
import org.faultring.ring.PageResponseFlyweight;

/**
 * What a {@link BoundedFaultObject} holds, and what becomes of the rest. Linux has none of these limits.
 *
 * @param depth     faults that may wait for the handler, a power of two
 * @param maxGroups groups that may be unanswered at once, a power of two, 2..{@link #MAX_GROUPS}
 * @param whenFull  what becomes of a group that finds one of the two used up
 * @param share     of one device
 * @param deadline  by which a group has to be answered
 */
public record BoundedLimits(int depth, int maxGroups, Overload whenFull, DeviceShare share, AnswerDeadline deadline) {

    /** Most groups, so that at least 16 bits of a cookie are left for the generation. */
    public static final int MAX_GROUPS = 1 << 16;

    /** Checks the numbers. */
    public BoundedLimits {
        Checks.powerOfTwo("depth", depth, 1, FaultRingDescriptor.MAX_CAPACITY);
        Checks.powerOfTwo("maxGroups", maxGroups, 2, MAX_GROUPS);
    }

    /**
     * A depth and nothing more: a group that finds no room is answered Failure.
     *
     * @param depth     faults that may wait for the handler, a power of two
     * @param maxGroups groups that may be unanswered at once, a power of two
     * @return the limits
     */
    public static BoundedLimits of(final int depth, final int maxGroups) {
        return new BoundedLimits(depth, maxGroups, Overload.ANSWER_FAILURE, DeviceShare.ALL, AnswerDeadline.NONE);
    }

    /**
     * The same, but for the rule.
     *
     * @param newWhenFull what becomes of a group that finds no room
     * @return the limits
     */
    public BoundedLimits withWhenFull(final Overload newWhenFull) {
        return new BoundedLimits(depth, maxGroups, newWhenFull, share, deadline);
    }

    /**
     * The same, but for the share.
     *
     * @param newShare of one device
     * @return the limits
     */
    public BoundedLimits withShare(final DeviceShare newShare) {
        return new BoundedLimits(depth, maxGroups, whenFull, newShare, deadline);
    }

    /**
     * The same, but for the deadline.
     *
     * @param newDeadline by which a group has to be answered
     * @return the limits
     */
    public BoundedLimits withDeadline(final AnswerDeadline newDeadline) {
        return new BoundedLimits(depth, maxGroups, whenFull, share, newDeadline);
    }

    /**
     * How much of a fault object one device may use.
     *
     * @param faults that may be unanswered at once, taken by the handler or not, at least 1
     * @param beyond what becomes of a group beyond it; to hold it back holds back the other devices too
     */
    public record DeviceShare(int faults, Overload beyond) {

        /** All of it. */
        public static final DeviceShare ALL = new DeviceShare(Integer.MAX_VALUE, Overload.ANSWER_FAILURE);

        /** Checks the number. */
        public DeviceShare {
            Checks.range("faults", faults, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * How long a handler may take.
     *
     * @param nanos from the arrival of a group, at least 1
     * @param code  answer to a group after that, one of {@link PageResponseFlyweight}'s: Success lets the device ask
     *              again
     */
    public record AnswerDeadline(long nanos, int code) {

        /** As long as it wants; no clock is read. */
        public static final AnswerDeadline NONE = new AnswerDeadline(Long.MAX_VALUE, PageResponseFlyweight.INVALID);

        /** Checks the numbers. */
        public AnswerDeadline {
            Checks.range("nanos", nanos, 1, Long.MAX_VALUE);
            Checks.range("code", code, PageResponseFlyweight.SUCCESS, PageResponseFlyweight.FAILURE);
        }
    }
}
