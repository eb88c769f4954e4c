/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.OneToOneFaultRing;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * The queue of a first owner, who hands each group on to the queue of a second: as in the proposals in which VFIO got a
 * device's faults and passed them to the owner of its page table. Not in Linux 7.2.
 *
 * <p>A group keeps its device ID, attachment and handle on the hop, and so its answer goes straight to the kernel. A
 * group that finds no room with the second owner waits with the first; what finds none with the first meets the second
 * owner's rule for overload.
 *
 * <p>A detachment has to empty this queue too, see {@link TwoOwnerRouter#drain}. While that runs, a group that finds no
 * room with the second owner is answered Success: the device asks again.
 *
 * <p>Used by the kernel world alone; allocates nothing.
 */
public final class ForwardingHop implements FaultSink, Agent {

    /** Instead of a position: the second owner's ring could never hold the group. */
    private static final long TOO_LONG = -2;

    private final FaultRing queue;
    private final FaultSink second;
    private final GroupTable groups;
    private final GroupResponse response;
    private final PageResponsePort port;
    private final Tally tally;
    private final Copier copier = new Copier();
    private boolean isDraining;

    /**
     * An empty hop.
     *
     * @param capacity faults that may wait with the first owner, a power of two
     * @param second   the second owner's queue
     * @param shared   table of open groups of sinks that have none of their own
     * @param port     way to answer
     * @param stages   stamped for sampled groups
     * @param clock    of the path
     * @param tally    of the world that calls
     */
    public ForwardingHop(final int capacity, final FaultSink second, final GroupTable shared,
            final PageResponsePort port, final StageTimes stages, final NanoClock clock, final Tally tally) {
        this.queue = new OneToOneFaultRing(capacity);
        this.second = second;
        this.groups = second.groups(shared);
        this.response = new GroupResponse(groups, port, stages, clock);
        this.port = port;
        this.tally = tally;
    }

    @Override
    public FaultRing ring() {
        return queue;
    }

    /** The groups are the second owner's from the start, by whose names they are answered. */
    @Override
    public GroupTable groups(final GroupTable shared) {
        return groups;
    }

    @Override
    public boolean admits(final int device, final int length) {
        return second.admits(device, length);
    }

    @Override
    public Overload overload(final int device, final int length) {
        // A group longer than the second owner's ring would stand first here for ever.
        return length > second.ring().capacity() ? Overload.ANSWER_FAILURE : second.overload(device, length);
    }

    @Override
    public boolean takesOver() {
        return second.takesOver();
    }

    @Override
    public void groupArrived() {
        // Handed on in a later step.
    }

    @Override
    public void cycleEnded() {
        second.cycleEnded();
    }

    /**
     * Hand on what the second owner has room for.
     *
     * @return groups handed on or answered
     */
    @Override
    public int doWork() {
        int work = 0;
        int answered = 0;
        for (int length = queue.peekGroupLength(); length > 0; length = queue.peekGroupLength()) {
            final FaultRing ring = second.ring();
            final long position = length <= ring.capacity() ? ring.tryClaim(length) : TOO_LONG;
            if (position >= 0) {
                copier.copy(ring, position, length);
            } else if ((isDraining || position == TOO_LONG) && port.room() > 0) {
                copier.answer(length, position == TOO_LONG ? PageResponseFlyweight.FAILURE
                        : PageResponseFlyweight.SUCCESS);
                answered++;
            } else {
                break;
            }
            work++;
        }
        if (answered > 0) {
            port.submit();
        }
        return work;
    }

    /** A drain begins: this queue has to become empty too, whatever the second owner does. */
    void drainBegan() {
        isDraining = true;
    }

    void drainEnded() {
        isDraining = false;
    }

    /**
     * Whether no group waits with the first owner.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    @Override
    public String roleName() {
        return "forward";
    }

    /** Moves one group. */
    private final class Copier implements FaultSlotHandler {

        private FaultRing target;
        private long at;
        private int handle;
        private int attachment;

        void copy(final FaultRing ring, final long position, final int length) {
            target = ring;
            at = position;
            queue.poll(this, length);
            if (!groups.isOpen(handle)) {
                // Its device was removed, which answered it.
                ring.abort(position, length);
                return;
            }
            ring.commit(position, length);
            tally.increment(Counter.GROUPS_FORWARDED);
            second.groupArrived(handle, attachment);
        }

        void answer(final int length, final int code) {
            target = null;
            queue.poll(this, length);
            if (groups.isOpen(handle)) {
                tally.add(Counter.REFUSED, length);
                response.send(handle, code);
            }
        }

        @Override
        public void onSlot(final FaultSlotFlyweight slot) {
            handle = slot.cookie();
            attachment = slot.attachment();
            if (target != null) {
                final int offset = target.slotOffset(at++);
                FaultSlotEncoder.fault(target.buffer(), offset, slot.flags(), slot.deviceId(), slot.pasid(),
                        slot.groupIndex(), slot.permissions(), slot.address(), handle);
                FaultSlotEncoder.route(target.buffer(), offset, slot.raiseNanos(), attachment, slot.groupLength());
            }
        }
    }
}
