/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.FaultRing;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Doorbell;
import org.faultring.ring.kernel.BoundedLimits.AnswerDeadline;

/**
 * A fault object as Linux does not have it: the ring itself is mapped into the handler, and everything has a limit
 * ({@link BoundedLimits}).
 *
 * <p>The cookie is given at commit, not when the group is read, since nobody sees the handler read. It is the handle of
 * a table that this object has to itself, with a generation that changes at each use of a place. So a late answer, a
 * second one, or a made-up one hits no group but one that is open here under exactly this name, and never a group of
 * another fault object. The numbers that {@link CookieTable} gives out on Linux's side would add nothing: they exist to
 * be dense and are used again at once, which is what a late answer must not find.
 *
 * <p>A doorbell wakes a handler that waits, instead of one wake-up for each group.
 *
 * <p>The kernel world works on {@link #sink()} and runs the {@link #responder}; the user world takes from
 * {@link #faults()}, offers to {@link #responses()}, arms {@link #doorbell()} and calls {@link #autoRespond}. The
 * handler may find records in the ring whose group has been answered without it (a detachment, the deadline); its
 * answer to them is refused and counted. What the handler writes into the rings' memory can harm nobody but itself: the
 * kernel world reads nothing back from it but positions, and answers, which it checks.
 */
public final class BoundedFaultObject implements FaultObject {

    private final FaultRing faults;
    private final OneToOneResponseRing responses;
    private final Doorbell doorbell = new Doorbell();
    private final BoundedGroups groups;
    private final AutoResponseOrder order = new AutoResponseOrder();
    private final Expiry expiry;
    private final FaultSink sink;

    /**
     * An empty fault object without a deadline.
     *
     * @param limits of it; the deadline has to be {@link AnswerDeadline#NONE}
     */
    public BoundedFaultObject(final BoundedLimits limits) {
        this(limits, null);
    }

    /**
     * An empty fault object.
     *
     * @param limits of it
     * @param clock  of the path, read by the kernel world only, and only if there is a deadline
     */
    public BoundedFaultObject(final BoundedLimits limits, final NanoClock clock) {
        if (clock == null && limits.deadline().nanos() != AnswerDeadline.NONE.nanos()) {
            throw new IllegalArgumentException("clock=null (expected: a clock, for a deadline of "
                    + limits.deadline().nanos() + " ns)");
        }
        faults = new OneToOneFaultRing(limits.depth());
        responses = new OneToOneResponseRing(limits.maxGroups());
        groups = new BoundedGroups(limits.maxGroups());
        expiry = Expiry.of(limits.deadline(), clock);
        sink = new Arrivals(limits);
    }

    @Override
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
     * @return the ring; its producer is the user world, its consumer the {@link #responder}
     */
    @Override
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

    /**
     * The groups that are not answered.
     *
     * @return the table, for the kernel world to look into
     */
    public GroupTable groups() {
        return groups;
    }

    /**
     * Set-up: what answers the groups. There must be one, and only one.
     *
     * @param port   way to answer
     * @param stages stamped for sampled groups
     * @param clock  of the path, for the stages
     * @param tally  of the kernel world
     * @return the kernel world's part
     */
    public BoundedResponder responder(final PageResponsePort port, final StageTimes stages, final NanoClock clock,
            final Tally tally) {
        return new BoundedResponder(this, groups, order, expiry, port, stages, clock, tally);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The kernel world does it, in a later duty cycle of the {@link #responder}; it answers Invalid though the
     * handler may be dead. Never done at the first call.
     */
    @Override
    public int autoRespond(final int attachment) {
        return order.ask(attachment);
    }

    /** The kernel world's side. */
    private final class Arrivals implements FaultSink {

        private final Overload whenFull;
        private final Overload beyondShare;
        private final int share;
        private boolean arrived;

        Arrivals(final BoundedLimits limits) {
            whenFull = limits.whenFull();
            beyondShare = limits.share().beyond();
            share = limits.share().faults();
        }

        @Override
        public FaultRing ring() {
            return faults;
        }

        @Override
        public GroupTable groups(final GroupTable shared) {
            return groups;
        }

        @Override
        public boolean admits(final int device, final int length) {
            // Written so that nothing overflows.
            return groups.faultsOf(device) <= share - length;
        }

        @Override
        public Overload overload(final int device, final int length) {
            if (admits(device, length)) {
                return whenFull;
            }
            // A group that is longer than the share would be held back for ever.
            return beyondShare == Overload.HOLD_BACK && length > share ? Overload.ANSWER_FAILURE : beyondShare;
        }

        @Override
        public void groupArrived() {
            arrived = true;
        }

        @Override
        public void groupArrived(final int handle, final int attachment) {
            groups.arrived(handle, attachment, expiry.arrivalNanos());
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
