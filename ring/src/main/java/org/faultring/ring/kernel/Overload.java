/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.PageResponseFlyweight;

/** What becomes of a group for which a bounded fault object has no room. */
public enum Overload {

    /**
     * The driver takes nothing more from the hardware queue until there is room. The queue of an IOMMU is one for all
     * its devices, so all of them wait, and what comes meanwhile may drive the hardware into overflow.
     */
    HOLD_BACK(PageResponseFlyweight.SUCCESS),
    /** It is answered Invalid: the device's work fails. */
    ANSWER_INVALID(PageResponseFlyweight.INVALID),
    /** It is answered Failure, as Linux does without memory for a group: the device may stop asking. */
    ANSWER_FAILURE(PageResponseFlyweight.FAILURE);

    private final int code;

    Overload(final int code) {
        this.code = code;
    }

    /**
     * Answer to the group. One that cannot be held back, because a drain must come to its end, is answered Success, as
     * hardware answers in overflow: the device asks again.
     *
     * @return one of {@link PageResponseFlyweight}'s codes
     */
    public int code() {
        return code;
    }
}
