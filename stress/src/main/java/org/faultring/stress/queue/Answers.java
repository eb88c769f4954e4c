/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageResponseHandler;
import org.faultring.stress.RingEnd;

/**
 * A response ring and answers numbered from 1. What was handed over is written as in
 * {@link RingEnd}.
 */
final class Answers implements PageResponseHandler {

    private static final int NUMBERS_PER_USE = 16;
    private static final int BROKEN = 9;

    final OneToOneResponseRing ring;
    private int number;
    private int handed;

    Answers(final int capacity) {
        this.ring = new OneToOneResponseRing(capacity);
    }

    /** Begin a use: from its numbers on, no answer was ever in the ring. */
    Answers begin() {
        number += NUMBERS_PER_USE;
        return this;
    }

    /** 1 if there was room, else 0. */
    int offer(final int answer) {
        return ring.offer(number + answer, ~(number + answer)) ? 1 : 0;
    }

    /** As soon as there is room. */
    int offerWithTries(final int answer) {
        int room = 0;
        for (int i = 0; i < RingEnd.TRIES && room == 0; i++) {
            room = offer(answer);
        }
        return room;
    }

    /** Until something is handed over. */
    int pollWithTries() {
        int digits = 0;
        for (int i = 0; i < RingEnd.TRIES && digits == 0; i++) {
            digits = poll();
        }
        return digits;
    }

    int poll() {
        handed = 0;
        ring.poll(this, RingEnd.ALL);
        return handed;
    }

    @Override
    public void onResponse(final int handle, final int code) {
        final int answer = handle - number;
        handed = handed * 10 + (answer >= 1 && answer < BROKEN && code == ~handle ? answer : BROKEN);
    }
}
