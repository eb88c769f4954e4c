/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.kernel.BoundedLimits;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;
import org.faultring.ring.kernel.BoundedLimits.DeviceShare;
import org.faultring.ring.kernel.Overload;

/**
 * What a fault object with limits does beyond them ({@link BoundedLimits}); of no effect on Linux's, which has none.
 *
 * @param whenFull what becomes of a group that finds no room
 * @param share    of one device
 * @param deadline by which a group has to be answered
 */
public record ObjectRules(Overload whenFull, DeviceShare share, AnswerDeadline deadline) {

    /** As Linux without memory: Failure. No shares, no deadline. */
    public static final ObjectRules DEFAULT =
            new ObjectRules(Overload.ANSWER_FAILURE, DeviceShare.ALL, AnswerDeadline.NONE);

    /** Checks that nothing is missing. */
    public ObjectRules {
        if (whenFull == null || share == null || deadline == null) {
            throw new IllegalArgumentException(
                    "rules=" + whenFull + ", " + share + ", " + deadline + " (expected: all of them)");
        }
    }

    /**
     * The same with another rule.
     *
     * @param newWhenFull see {@link #whenFull()}
     * @return new rules
     */
    public ObjectRules withWhenFull(final Overload newWhenFull) {
        return new ObjectRules(newWhenFull, share, deadline);
    }

    /**
     * The same with another share.
     *
     * @param newShare see {@link #share()}
     * @return new rules
     */
    public ObjectRules withShare(final DeviceShare newShare) {
        return new ObjectRules(whenFull, newShare, deadline);
    }

    /**
     * The same with another deadline.
     *
     * @param newDeadline see {@link #deadline()}
     * @return new rules
     */
    public ObjectRules withDeadline(final AnswerDeadline newDeadline) {
        return new ObjectRules(whenFull, share, newDeadline);
    }

    BoundedLimits limits(final int depth, final int maxGroups) {
        return new BoundedLimits(depth, maxGroups, whenFull, share, deadline);
    }
}
