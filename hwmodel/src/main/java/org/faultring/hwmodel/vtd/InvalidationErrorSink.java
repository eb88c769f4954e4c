/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/** Takes errors of the invalidation queue as the driver finds them. Belongs to the kernel world. */
@FunctionalInterface
public interface InvalidationErrorSink {

    /** Domain of an error that belongs to none: page group responses were under way. */
    int NO_DOMAIN = -1;

    /**
     * An error. The registers are global and submissions follow each other, so a domain can be named: that of the
     * descriptor at the head for {@link InvalidationError#QUEUE}, that of the whole batch under way for the others.
     *
     * @param error       what happened
     * @param domain      whose invalidations were under way, or {@link #NO_DOMAIN}
     * @param requesterId of the device that the hardware names, 0 for a queue error
     * @param detail      IQEI of a queue error, else 0
     */
    void onError(InvalidationError error, int domain, int requesterId, int detail);
}
