/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import org.faultring.ring.StageTimes.Stage;

/** A stretch of a group's way that is timed, from one stage to a later one. */
public enum Interval {

    /** From the raise to the answer accepted. */
    TOTAL("total", Stage.RAISED, Stage.ACCEPTED),
    /** Waiting in the device and in the hardware queue, until the driver reports. */
    QUEUE("queue", Stage.RAISED, Stage.REPORTED),
    /** From the driver's report until user space has the fault. */
    DELIVER("deliver", Stage.REPORTED, Stage.DELIVERED),
    /** In the handler. */
    HANDLE("handle", Stage.DELIVERED, Stage.HANDLED),
    /** From the handler's answer until the driver has written it for the hardware. */
    RESPOND("respond", Stage.HANDLED, Stage.SUBMITTED),
    /** From the driver until the device accepts the answer. */
    COMPLETE("complete", Stage.SUBMITTED, Stage.ACCEPTED);

    private final String key;
    private final Stage from;
    private final Stage to;

    Interval(final String key, final Stage from, final Stage to) {
        this.key = key;
        this.from = from;
        this.to = to;
    }

    /**
     * Name for results and files.
     *
     * @return one word
     */
    public String key() {
        return key;
    }

    /**
     * Where it begins.
     *
     * @return the earlier stage
     */
    public Stage from() {
        return from;
    }

    /**
     * Where it ends.
     *
     * @return the later stage
     */
    public Stage to() {
        return to;
    }
}
