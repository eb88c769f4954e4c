/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.lang.invoke.VarHandle;

import org.faultring.ring.FaultRing;
import org.faultring.ring.file.WakeCount;

/**
 * Wake-ups of a ring's reader by a rule: a count that is raised after what it announces. Told by the kernel world of
 * each group and of the end of each duty cycle.
 */
public final class RuledWakes {

    private final WakeCount count = new WakeCount();
    private final WakeRule rule;
    private final FaultRing ring;
    private int unannounced;
    /** Position behind the groups that have arrived. */
    private long arrivedPosition;

    /**
     * Wake-ups of a ring that is empty.
     *
     * @param rule when to wake
     * @param ring that groups arrive in
     */
    public RuledWakes(final WakeRule rule, final FaultRing ring) {
        this.rule = rule;
        this.ring = ring;
        arrivedPosition = ring.producerPosition();
    }

    /**
     * Wake-ups so far.
     *
     * @return the count, the same at every call
     */
    public WakeCount count() {
        return count;
    }

    /**
     * Whether a reader that found nothing must look once more behind a full fence before it waits, or else nobody might
     * wake it.
     *
     * @return true for {@link WakeRule#ON_EMPTY}
     */
    public boolean needsSecondLook() {
        return rule.groups() == 0;
    }

    /** A group has been committed. */
    public void groupArrived() {
        unannounced++;
        if (needsSecondLook()) {
            groupArrivedBehind();
        } else if (unannounced >= rule.groups()) {
            wake();
        }
    }

    private void groupArrivedBehind() {
        // Full fence, paired with the reader's before its second look: either that finds the group, or the look here
        // finds that the reader has taken all before it.
        VarHandle.fullFence();
        final boolean wasEmpty = ring.consumerPosition() >= arrivedPosition;
        arrivedPosition = ring.producerPosition();
        unannounced = 0;
        if (wasEmpty) {
            wake();
        }
    }

    /** The kernel world ends its duty cycle. */
    public void cycleEnded() {
        if (unannounced > 0) {
            wake();
        }
    }

    private void wake() {
        unannounced = 0;
        count.raise();
    }
}
