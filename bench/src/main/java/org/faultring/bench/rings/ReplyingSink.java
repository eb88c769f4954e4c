/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import org.faultring.ring.Padded;

/** Answers each fault at once with one on another ring: one side of a round trip. */
final class ReplyingSink extends Padded implements FaultSink {

    private final FaultProducer replies;
    private final int step;
    private long sum;
    private long end = Long.MAX_VALUE;

    long p100, p101, p102, p103, p104, p105, p106, p107, p110, p111, p112, p113, p114, p115, p116, p117;

    /**
     * A side.
     *
     * @param replies where answers go
     * @param step    number of the answer, less the number of the fault
     */
    ReplyingSink(final FaultProducer replies, final int step) {
        this.replies = replies;
        this.step = step;
    }

    /** Numbers from here on are not sent. */
    void endAt(final long newEnd) {
        end = newEnd;
    }

    @Override
    public void onFault(final long word0, final long word1, final long word2, final long address, final long word4) {
        sum += word0 + word1 + word2 + address + word4;
        final long reply = FaultWords.number(address) + step;
        if (reply < end) {
            replies.produce(reply, 1);
        }
    }

    /** The sum since the last call. */
    long take() {
        final long taken = sum;
        sum = 0;
        return taken;
    }
}
