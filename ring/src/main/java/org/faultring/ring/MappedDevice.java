/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

/**
 * The device's side of a {@link MappedRing}: raises groups of faults and takes their answers.
 *
 * <pre>{@code
 * final long position = device.tryClaim(1);
 * if (position >= 0) {
 *     FaultSlotEncoder.fault(device.buffer(), device.slotOffset(position), flags, id, pasid, group, READ, address, 7);
 *     FaultSlotEncoder.route(device.buffer(), device.slotOffset(position), StageTimes.NOT_SAMPLED, 0, 1);
 *     device.commit(7);
 * }
 * device.poll((cookie, code) -> answered(cookie, code), 64);
 * device.heartbeat(System.nanoTime());
 * }</pre>
 *
 * <p>What is outstanding is remembered here and not in the file: an answer to anything else is refused and counted, and
 * no slot is claimed again before its group is answered, whatever the handler tells. Each group is answered once. A
 * device that succeeds a dead one makes padding of a claim that was not committed; groups that were committed stay, and
 * their answers are dropped and counted. One thread; no operation waits or allocates.
 */
public final class MappedDevice extends MappedSide {

    /** A class, because the first lambda of a JVM costs it 2 ms. */
    private final class Answers implements PageResponseHandler {
        @Override
        public void onResponse(final int handle, final int code) {
            take(handle, code);
        }
    }

    /** Position + 1 of the unanswered group that begins in a slot, else 0. */
    private final long[] outstanding;
    private final int[] cookies;
    private final long firstPosition;
    private final PageResponseHandler onResponse = new Answers();
    private PageResponseHandler handler;
    private long nextPosition;
    private int openSlots;
    private int delivered;

    MappedDevice(final MappedRing file, final MappedRole role) {
        super(file, role, MappedRingDescriptor.HANDLER_BLOCK);
        this.outstanding = new long[file.capacity()];
        this.cookies = new int[file.capacity()];
        repairClaims();
        this.firstPosition = ring.producerPosition();
        this.nextPosition = firstPosition;
    }

    long nextPosition() {
        return nextPosition;
    }

    /** Make padding of what a dead predecessor has claimed and not committed. */
    private void repairClaims() {
        long position = ring.consumerPosition();
        final long end = Math.min(ring.producerPosition(), position + ring.capacity());
        while (position < end) {
            final int slots = ring.claimedSlots(position);
            if (ring.stampAt(position) == -(position + 1)) {
                ring.abort(position, slots);
                role.count(MappedRingDescriptor.BLOCK_REPAIRED, slots);
            }
            position += slots;
        }
    }

    /**
     * Take slots for one group; it is committed or aborted before the next claim.
     *
     * @param slots 1..capacity
     * @return position of the first, or {@link FaultRing#INSUFFICIENT_CAPACITY}: take answers, or try later
     * @throws IllegalArgumentException if the ring could never hold so many slots
     * @throws IllegalStateException    if a claim is open
     */
    public long tryClaim(final int slots) {
        if (openSlots != 0) {
            throw new IllegalStateException("openSlots=" + openSlots + " (expected: 0, one claim at a time)");
        }
        final int last = Math.min(slots, mask + 1);
        for (int i = 0; i < last; i++) {
            if (outstanding[(int) (nextPosition + i) & mask] != 0) {
                return FaultRing.INSUFFICIENT_CAPACITY;
            }
        }
        final long position = ring.tryClaim(slots);
        if (position < 0) {
            checkConsumer();
            return position;
        }
        openSlots = slots;
        nextPosition = position + slots;
        return position;
    }

    /** A position that no handler can have come to leaves the ring full, and is counted each time. */
    private void checkConsumer() {
        final long used = nextPosition - ring.consumerPosition();
        if (used < 0 || used > ring.capacity()) {
            role.count(MappedRingDescriptor.BLOCK_REFUSED, 1);
        }
    }

    /**
     * Make the claimed slots visible as one group. Their group lengths are written here.
     *
     * @param cookie that {@link #poll} gives back with the answer
     */
    public void commit(final int cookie) {
        final int slots = openSlots();
        final long position = nextPosition - slots;
        for (int i = slots - 1; i >= 0; i--) {
            // Group length, and the answered mark behind it.
            LittleEndian.putInt(ring.buffer(),
                    ring.slotOffset(position + i) + FaultRingDescriptor.GROUP_LENGTH_OFFSET, i == 0 ? slots : 0);
        }
        final int index = (int) position & mask;
        outstanding[index] = position + 1;
        cookies[index] = cookie;
        openSlots = 0;
        ring.commit(position, slots);
    }

    /** Turn the claimed slots into padding, which no handler sees. */
    public void abort() {
        final int slots = openSlots();
        openSlots = 0;
        ring.abort(nextPosition - slots, slots);
    }

    private int openSlots() {
        if (openSlots == 0) {
            throw new IllegalStateException("openSlots=0 (expected: a claim)");
        }
        return openSlots;
    }

    /**
     * Take answers.
     *
     * @param answers called with cookie and code of each; a code that no handler may give comes as
     *                {@link PageResponseFlyweight#INVALID}
     * @param limit   most answers to look at, at least 1
     * @return answers handed over
     */
    public int poll(final PageResponseHandler answers, final int limit) {
        handler = answers;
        delivered = 0;
        responses.poll(onResponse, limit);
        return delivered;
    }

    private void take(final int handle, final int code) {
        final int index = handle & mask;
        final long position = outstanding[index] - 1;
        if (position < 0 || (int) position != handle) {
            final boolean stale = handle - (int) firstPosition < 0;
            role.count(stale ? MappedRingDescriptor.BLOCK_STALE : MappedRingDescriptor.BLOCK_REFUSED, 1);
            return;
        }
        outstanding[index] = 0;
        delivered++;
        if (PageResponseFlyweight.isUserCode(code)) {
            handler.onResponse(cookies[index], code);
        } else {
            role.count(MappedRingDescriptor.BLOCK_REFUSED, 1);
            handler.onResponse(cookies[index], PageResponseFlyweight.INVALID);
        }
    }

    /**
     * Answers to groups of predecessors.
     *
     * @return count since the file was made
     */
    public long stale() {
        return role.getLong(MappedRingDescriptor.BLOCK_STALE);
    }

    /** A claim that is open when the side is given back is aborted. */
    @Override
    void settle() {
        if (openSlots != 0) {
            abort();
        }
    }
}
