/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.ControlledFaultSlotHandler;
import org.faultring.ring.ControlledFaultSlotHandler.Action;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotFlyweight;
import org.faultring.ring.FaultSlotHandler;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageResponseFlyweight;

/**
 * Answers groups that nobody has read. They stay in the ring, dead: the first slot's handle gives way to 0, and readers
 * skip them. None ever stands first, so that the ring is empty when there is nothing to read.
 *
 * <p>Used by the ring's consumer.
 */
final class UnreadGroups {

    private final FaultRing faults;
    private final OneToOneResponseRing answers;
    private final FaultSlotHandler killer = this::kill;
    private final ControlledFaultSlotHandler sweeper = this::sweep;
    private int attachment;
    private int answered;
    private boolean sweeping;

    UnreadGroups(final FaultRing faults, final OneToOneResponseRing answers) {
        this.faults = faults;
        this.answers = answers;
    }

    /** Whether the group that begins with a slot has been answered. */
    static boolean isDead(final FaultSlotFlyweight first) {
        return first.cookie() == GroupTable.NONE;
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
     * @param newAttachment number of the attachment
     * @return groups answered
     */
    int answer(final int newAttachment) {
        attachment = newAttachment;
        answered = 0;
        faults.peek(killer);
        faults.controlledPoll(sweeper, Integer.MAX_VALUE);
        return answered;
    }

    private void kill(final FaultSlotFlyweight slot) {
        if (slot.groupLength() > 0 && slot.attachment() == attachment && !isDead(slot)) {
            answerInvalid(answers, slot.cookie());
            slot.cookie(GroupTable.NONE);
            answered++;
        }
    }

    private Action sweep(final FaultSlotFlyweight slot) {
        if (slot.groupLength() > 0) {
            sweeping = isDead(slot);
        }
        return sweeping ? Action.CONTINUE : Action.ABORT;
    }
}
