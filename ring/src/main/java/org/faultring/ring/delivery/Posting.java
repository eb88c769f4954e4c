/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.util.function.IntPredicate;

import org.agrona.collections.IntArrayQueue;
import org.faultring.ring.file.IoRing;

/** Requests known by a number that wait to be posted, in order. */
final class Posting {

    private Posting() {}

    /**
     * Prepare all, or as many as a submission queue takes that has been emptied once more.
     *
     * @param numbers waiting; those that are prepared leave
     * @param ring    to post to
     * @param prepare false if the submission queue is full
     */
    static void postAll(final IntArrayQueue numbers, final IoRing ring, final IntPredicate prepare) {
        while (!numbers.isEmpty()) {
            if (!prepare.test(numbers.peekInt())) {
                ring.submit();
                if (!prepare.test(numbers.peekInt())) {
                    return;
                }
            }
            numbers.pollInt();
        }
    }
}
