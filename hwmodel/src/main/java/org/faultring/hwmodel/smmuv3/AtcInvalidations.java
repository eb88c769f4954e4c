/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

/**
 * Where invalidations of the caches of devices go. Hardware world; must not wait, as an invalidation that the device
 * does not complete is simply one that times out.
 */
@FunctionalInterface
public interface AtcInvalidations {

    /** What becomes of an invalidation. */
    enum Result {
        /** The device completes it, or does not know of it (Unsupported Request), which is as good. */
        COMPLETED,
        /** The device never completes it: the next CMD_SYNC is in error. */
        TIMED_OUT
    }

    /** Every device completes every invalidation. */
    AtcInvalidations ALWAYS_COMPLETE = (qw0, qw1) -> Result.COMPLETED;

    /**
     * Send an invalidation.
     *
     * @param qw0 first word of the CMD_ATC_INV, see {@link Command}
     * @param qw1 second word
     * @return what becomes of it
     */
    Result invalidate(long qw0, long qw1);
}
