/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.PaddedWord;

/**
 * The way in which the user world has the kernel world answer all groups of an attachment: one order at a time, and
 * the number of groups on the way back. Neither side waits.
 */
final class AutoResponseOrder {

    /** Orders given; written by the user world. */
    private final PaddedWord given = new PaddedWord();
    /** Orders carried out; written by the kernel world. */
    private final PaddedWord done = new PaddedWord();
    /** Written by the user world before it raises given. */
    private int attachment;
    /** Written by the kernel world before it raises done. */
    private int groups;
    /** Read by the user world alone. */
    private boolean isOutstanding;

    /** User world: give the order, or see what became of it. */
    int ask(final int newAttachment) {
        if (!isOutstanding) {
            isOutstanding = true;
            attachment = newAttachment;
            groups = 0;
            // Release, paired with the acquire in isOpen().
            given.setRelease(given.get() + 1);
            return FaultObject.PENDING;
        }
        if (attachment != newAttachment) {
            throw new IllegalStateException(
                    "attachment=" + newAttachment + " while attachment=" + attachment + " is being answered");
        }
        // Acquire, paired with the release in carriedOut().
        if (done.getAcquire() != given.get()) {
            return FaultObject.PENDING;
        }
        isOutstanding = false;
        return groups;
    }

    /** Kernel world: whether there is something to do. */
    boolean isOpen() {
        // Acquire, paired with the release in ask().
        return given.getAcquire() != done.get();
    }

    int attachment() {
        return attachment;
    }

    /** Kernel world: one more group is answered. */
    void answeredOne() {
        groups++;
    }

    /** Kernel world: no group of the attachment is left. */
    void carriedOut() {
        // Release, paired with the acquire in ask().
        done.setRelease(given.getAcquire());
    }
}
