/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

import org.agrona.collections.Object2IntHashMap;
import org.faultring.ring.FaultRing;

/**
 * The fault sinks of all attachments, each once, at places that do not change while a sink has a user. Place 0 is for
 * attachments without a sink. A place that is given back is taken again, so what walks over all sinks walks over as
 * many places as were in use at once.
 */
final class AttachedSinks {

    private static final int NONE = 0;

    private final Object2IntHashMap<FaultSink> places = new Object2IntHashMap<>(NONE);
    private FaultSink[] sinkAt = new FaultSink[8];
    private FaultRing[] ringAt = new FaultRing[8];
    /** Attachments by place. */
    private int[] users = new int[8];
    /** Places that may be taken again, the next one last. */
    private int[] free = new int[8];
    private int freeCount;
    /** Places ever taken. */
    private int count;

    /** One more attachment uses a sink, which may be null: its place. */
    int add(final FaultSink sink) {
        if (sink == null) {
            return NONE;
        }
        int place = places.getValue(sink);
        if (place == NONE) {
            place = take();
            places.put(sink, place);
            sinkAt[place] = sink;
            ringAt[place] = sink.ring();
        }
        users[place]++;
        return place;
    }

    private int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        final int place = ++count;
        if (place == sinkAt.length) {
            sinkAt = Arrays.copyOf(sinkAt, 2 * place);
            ringAt = Arrays.copyOf(ringAt, 2 * place);
            users = Arrays.copyOf(users, 2 * place);
            free = Arrays.copyOf(free, 2 * place);
        }
        return place;
    }

    /** One attachment less uses a sink, which may be null; without any it is forgotten. */
    void remove(final FaultSink sink) {
        if (sink == null) {
            return;
        }
        final int place = places.getValue(sink);
        users[place]--;
        if (users[place] == 0) {
            places.removeKey(sink);
            sinkAt[place] = null;
            ringAt[place] = null;
            free[freeCount++] = place;
        }
    }

    FaultSink sink(final int place) {
        return sinkAt[place];
    }

    FaultRing ring(final int place) {
        return ringAt[place];
    }

    /** Each sink hears once of the end of a duty cycle. */
    void cycleEnded() {
        for (int place = 1; place <= count; place++) {
            final FaultSink sink = sinkAt[place];
            if (sink != null) {
                sink.cycleEnded();
            }
        }
    }
}
