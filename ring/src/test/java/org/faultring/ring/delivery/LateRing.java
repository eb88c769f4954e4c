/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.faultring.ring.ControlledFaultSlotHandler;
import org.faultring.ring.FaultRing;
import org.faultring.ring.FaultSlotHandler;

/** A ring into which something arrives right after the first poll found nothing. */
final class LateRing implements FaultRing {

    private final FaultRing ring;
    private final Runnable arrival;
    private int polls;

    LateRing(final FaultRing ring, final Runnable arrival) {
        this.ring = ring;
        this.arrival = arrival;
    }

    int polls() {
        return polls;
    }

    @Override
    public int poll(final FaultSlotHandler handler, final int limit) {
        final int handed = ring.poll(handler, limit);
        if (polls++ == 0) {
            arrival.run();
        }
        return handed;
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        return ring.buffer();
    }

    @Override
    public int slotOffset(final long position) {
        return ring.slotOffset(position);
    }

    @Override
    public long tryClaim(final int slots) {
        return ring.tryClaim(slots);
    }

    @Override
    public void commit(final long position, final int slots) {
        ring.commit(position, slots);
    }

    @Override
    public void abort(final long position, final int slots) {
        ring.abort(position, slots);
    }

    @Override
    public int drain(final FaultSlotHandler handler, final int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean unblock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        return ring.controlledPoll(handler, limit);
    }

    @Override
    public int available(final int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void take(final int slots) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    @Override
    public int peekGroupLength() {
        return ring.peekGroupLength();
    }

    @Override
    public int size() {
        return ring.size();
    }

    @Override
    public int highWaterMark() {
        return ring.highWaterMark();
    }

    @Override
    public long producerPosition() {
        return ring.producerPosition();
    }

    @Override
    public long consumerPosition() {
        return ring.consumerPosition();
    }
}
