/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.file.Doorbell;

/**
 * A fault object as Linux does not have it: the ring itself is mapped into the handler. The cookie is given at commit
 * and carries a generation (the handle of {@link GroupTable}), so a late answer is refused and never hits another
 * group; a doorbell wakes a handler that waits, instead of one wake-up for each group.
 *
 * <p>The depth is fixed. A group that finds no room is answered Failure.
 *
 * <p>The kernel world works on {@link #sink()} and takes from {@link #responses()}; the user world takes from
 * {@link #faults()}, offers to {@link #responses()} and arms {@link #doorbell()}.
 */
public final class BoundedFaultObject {

    private final FaultRing faults;
    private final OneToOneResponseRing responses;
    private final Doorbell doorbell = new Doorbell();
    private final FaultSink sink = new Arrivals();

    /**
     * An empty fault object.
     *
     * @param depth     faults that may wait for the handler, a power of two
     * @param maxGroups groups that may be unanswered at once, as many as the {@link GroupTable} holds
     */
    public BoundedFaultObject(final int depth, final int maxGroups) {
        faults = new OneToOneFaultRing(depth);
        responses = new OneToOneResponseRing(maxGroups);
    }

    /**
     * The kernel world's side.
     *
     * @return where the reporter puts groups
     */
    public FaultSink sink() {
        return sink;
    }

    /**
     * Faults for the handler.
     *
     * @return the ring; its consumer is the user world
     */
    public FaultRing faults() {
        return faults;
    }

    /**
     * Answers for the kernel world.
     *
     * @return the ring; its producer is the user world, its consumer the {@link PageResponder}
     */
    public OneToOneResponseRing responses() {
        return responses;
    }

    /**
     * Wakes the handler when the ring goes from empty to non-empty.
     *
     * @return the doorbell; the handler arms it
     */
    public Doorbell doorbell() {
        return doorbell;
    }

    /** The kernel world's side. */
    private final class Arrivals implements FaultSink {

        private boolean arrived;

        @Override
        public FaultRing ring() {
            return faults;
        }

        @Override
        public void groupArrived() {
            arrived = true;
        }

        @Override
        public void cycleEnded() {
            if (arrived) {
                arrived = false;
                doorbell.ringIfArmed();
            }
        }
    }
}
