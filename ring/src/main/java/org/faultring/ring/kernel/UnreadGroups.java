/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageResponseFlyweight;

/**
 * Answers groups that nobody has read. They stay in the ring, dead: the first slot's handle gives way to
 * {@link #DEAD}, and readers skip them. None ever stands first, so that the ring is empty when there is nothing to
 * read.
 *
 * <p>Used by the ring's consumer.
 */
final class UnreadGroups {

    /** In place of the handle of a group that has been answered. */
    static final int DEAD = GroupTable.NONE;

    private final FaultRing faults;
    private final OneToOneResponseRing answers;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    UnreadGroups(final FaultRing faults, final OneToOneResponseRing answers) {
        this.faults = faults;
        this.answers = answers;
    }

    static void answerInvalid(final OneToOneResponseRing answers, final int handle) {
        if (!answers.offer(handle, PageResponseFlyweight.INVALID)) {
            throw new IllegalStateException("responses=" + answers.capacity()
                    + " (expected: room for every group of the table of open groups)");
        }
    }

    /**
     * Answer Invalid to the groups of an attachment.
     *
     * @param attachment number of the attachment
     * @return groups answered
     */
    int answer(final int attachment) {
        final int visible = faults.available(faults.capacity());
        int answered = 0;
        for (int i = 0; i < visible; i++) {
            moveTo(i);
            if (slot.groupLength() > 0 && slot.attachment() == attachment && slot.cookie() != DEAD
                    && !slot.isPadding()) {
                answerInvalid(answers, slot.cookie());
                slot.cookie(DEAD);
                answered++;
            }
        }
        takeDead(visible);
        return answered;
    }

    private void takeDead(final int visible) {
        int taken = 0;
        while (taken < visible) {
            moveTo(taken);
            if (slot.isPadding()) {
                taken++;
            } else if (slot.cookie() == DEAD) {
                taken += slot.groupLength();
            } else {
                break;
            }
        }
        faults.take(taken);
    }

    private void moveTo(final int index) {
        slot.wrap(faults.buffer(), faults.slotOffset(faults.consumerPosition() + index));
    }
}
