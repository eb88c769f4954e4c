/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import java.nio.ByteBuffer;

import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.kernel.VirtualEventQueue;
import org.faultring.ring.kernel.VirtualEventType;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * An event queue of a virtual IOMMU and events numbered from 1. What was read is written as digits: the number of an
 * event, the number and 5 for the loss of events up to it.
 */
final class Events {

    private static final int TYPE = VirtualEventType.SELFTEST.number();
    private static final int PAYLOAD_BYTES = VirtualEventType.SELFTEST.payloadBytes();
    private static final int LENGTH_BYTES = 1024;
    private static final int LOST = 5;
    private static final int BROKEN = 9;
    private static final int LARGEST = 4;

    private final VirtualIommu viommu = new VirtualIommu(new Counters().tally());
    private final VirtualEventQueue queue;
    private final ByteBuffer reported = RingMemory.allocate(PAYLOAD_BYTES);
    private final ByteBuffer read = RingMemory.allocate(LENGTH_BYTES);
    private final EventHeaderFlyweight header = new EventHeaderFlyweight();
    private int before;
    private int events;

    Events(final int depth) {
        viommu.addQueue(TYPE, depth);
        queue = viommu.queue(TYPE);
        queue.register(read);
    }

    /** Begin a use: the queue is empty, and its next event is number 1. */
    Events begin() {
        before = events;
        return this;
    }

    /** Report the next event. */
    void report() {
        LittleEndian.putInt(reported, 0, events++);
        viommu.report(TYPE, reported, 0, PAYLOAD_BYTES);
    }

    /** Read all there is. */
    int read() {
        final int bytes = queue.read(0, 0, LENGTH_BYTES);
        int digits = 0;
        int at = 0;
        while (at < bytes) {
            header.wrap(read, at);
            at += EventHeaderFlyweight.LENGTH_BYTES;
            final int number = header.sequence() - (before & EventHeaderFlyweight.SEQUENCE_MASK) + 1;
            boolean isBroken = number < 1 || number > LARGEST;
            if (!header.isLostEvents()) {
                isBroken |= LittleEndian.getInt(read, at) - before + 1 != number;
                at += PAYLOAD_BYTES;
            }
            digits = digits * 10 + (isBroken ? BROKEN : header.isLostEvents() ? number + LOST : number);
        }
        return digits;
    }
}
