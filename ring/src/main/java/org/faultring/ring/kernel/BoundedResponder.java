/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.StageTimes;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * Answers the groups of a {@link BoundedFaultObject}: those that its handler answers, those of an attachment that has
 * gone, and those whose handler is too late.
 *
 * <p>What a handler sends is not trusted. It may name groups of its own object alone, for no other table is looked at,
 * and a group that has been answered in any of the three ways no longer has a name. Used by the kernel world alone;
 * allocates nothing.
 */
public final class BoundedResponder extends PageResponder {

    private final BoundedGroups groups;
    private final AutoResponseOrder order;
    private final Expiry expiry;
    private final int ringCapacity;
    private boolean wasOpen;
    /** Answers taken since detachments and deadlines had room. */
    private int takenFirst;

    BoundedResponder(final BoundedFaultObject object, final BoundedGroups groups, final AutoResponseOrder order,
            final Expiry expiry, final PageResponsePort port, final StageTimes stages, final NanoClock clock,
            final Tally tally) {
        super(object.responses(), groups, port, stages, clock, tally);
        this.groups = groups;
        this.order = order;
        this.expiry = expiry;
        ringCapacity = object.responses().capacity();
    }

    /**
     * Answer what has to be answered, as far as the driver has room: first what the handler answered, so that an answer
     * which is there in time counts; but not for ever, so that a busy handler holds up no detachment and no deadline.
     *
     * @return answers taken or given
     */
    @Override
    public int doWork() {
        return order.isOpen() || expiry != Expiry.NEVER ? answerAll() : super.doWork();
    }

    private int answerAll() {
        if (order.isOpen() != wasOpen) {
            wasOpen = order.isOpen();
            takenFirst = 0;
        }
        // By then all has been taken that was in the ring when the others found no room.
        final boolean othersFirst = takenFirst >= ringCapacity;
        int work = othersFirst ? answerOthers() : 0;
        // An answer that is refused takes no room, so there may be more of them than the driver had room for.
        for (int taken = super.doWork(); taken > 0; taken = super.doWork()) {
            work += taken;
            takenFirst += taken;
        }
        if (othersFirst || hasRoom()) {
            takenFirst = 0;
        }
        return othersFirst ? work : work + answerOthers();
    }

    private int answerOthers() {
        final int given = answerDetached() + expiry.doWork(groups, this);
        if (given > 0) {
            submit();
        }
        return given;
    }

    private int answerDetached() {
        if (!order.isOpen()) {
            return 0;
        }
        int answered = 0;
        int place = groups.oldest();
        while (place != BoundedGroups.NIL) {
            final int next = groups.next(place);
            if (groups.attachment(place) == order.attachment()) {
                if (!hasRoom()) {
                    return answered;
                }
                onResponse(groups.handle(place), PageResponseFlyweight.INVALID);
                order.answeredOne();
                answered++;
            }
            place = next;
        }
        order.carriedOut();
        return answered + 1;
    }

    /** A group was not answered in time. */
    void expire(final int handle, final int code) {
        tally.increment(Counter.GROUPS_EXPIRED);
        tally.add(Counter.REFUSED, GroupTable.length(groups.find(handle)));
        respond(handle, code);
    }
}
