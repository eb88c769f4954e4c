/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/** A ring that does what another does, for those that change one call of it. The thread contract is that ring's. */
public abstract class ForwardingFaultRing implements FaultRing {

    private final FaultRing ring;

    /**
     * In front of another.
     *
     * @param ring does what is asked
     */
    protected ForwardingFaultRing(final FaultRing ring) {
        this.ring = ring;
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
    public int poll(final FaultSlotHandler handler, final int limit) {
        return ring.poll(handler, limit);
    }

    @Override
    public int drain(final FaultSlotHandler handler, final int limit) {
        return ring.drain(handler, limit);
    }

    @Override
    public int controlledPoll(final ControlledFaultSlotHandler handler, final int limit) {
        return ring.controlledPoll(handler, limit);
    }

    @Override
    public int available(final int limit) {
        return ring.available(limit);
    }

    @Override
    public void take(final int slots) {
        ring.take(slots);
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
    public boolean unblock() {
        return ring.unblock();
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
