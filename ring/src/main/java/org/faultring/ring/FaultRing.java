/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * A bounded, lock-free ring of page faults in off-heap slots of one cache line each.
 *
 * <p>A producer claims slots, fills them in place and commits them:
 *
 * <pre>{@code
 * final long position = ring.tryClaim(1);
 * if (position >= 0) {
 *     final int offset = ring.slotOffset(position);
 *     FaultSlotEncoder.fault(ring.buffer(), offset, flags, deviceId, pasid, groupIndex, permissions, address, cookie);
 *     FaultSlotEncoder.route(ring.buffer(), offset, StageTimes.NOT_SAMPLED, attachment, 1);
 *     ring.commit(position, 1);
 * }
 * }</pre>
 *
 * <p>A consumer polls: {@code ring.poll(slot -> handle(slot.address()), 64)}.
 *
 * <p>Assumptions on the callers:
 * <ol>
 * <li>Only as many threads produce, and only as many consume, as the class name says.</li>
 * <li>Every claim is committed or aborted exactly once, with the numbers it was claimed with, unless its producer
 * dies.</li>
 * <li>A slot is written only between its claim and its commit, and read, but for {@link #available}, only inside a
 * handler.</li>
 * <li>The first slot of a claim is given the number of its slots as group length, the others 0.</li>
 * <li>{@link #unblock()} is called only while the producer of the claim at the consumer's position is known to be
 * dead, with all that it did seen by the caller (a joined thread, an ended process).</li>
 * </ol>
 *
 * <p>Guarantees in return:
 * <ol>
 * <li>What was written to a slot before the commit is seen by the handler that gets the slot.</li>
 * <li>Slots are handed over in the order of their claims, each exactly once; aborted ones are skipped.</li>
 * <li>Slots committed together become visible together: a consumer sees all of a group or none of it.</li>
 * <li>A handler that throws has consumed its slot; the next call goes on behind it, and the exception reaches the
 * caller.</li>
 * <li>No operation waits, allocates or takes a lock. A claim that does not fit returns a code.</li>
 * <li>A producer that dies between claim and commit stops the consumer at its claim, and nothing worse: what was
 * committed before it is handed over, and {@link #unblock()} opens the way.</li>
 * </ol>
 *
 * <p>Who may call what is said at each method. "The consumer" is the one thread that polls.
 */
public interface FaultRing {

    /** The claim does not fit now: poll, or try later. */
    long INSUFFICIENT_CAPACITY = -1;

    /**
     * Slots of the ring.
     *
     * @return a power of two
     */
    int capacity();

    /**
     * Memory of the ring.
     *
     * @return the buffer that {@link #slotOffset} points into
     */
    ByteBuffer buffer();

    /**
     * Place of a slot.
     *
     * @param position of the slot, as returned by a claim
     * @return byte index in {@link #buffer()}
     */
    int slotOffset(long position);

    /**
     * Called by a producer: take slots, which become visible together at their commit.
     *
     * @param slots 1..capacity
     * @return position of the first, the others follow; or {@link #INSUFFICIENT_CAPACITY}
     * @throws IllegalArgumentException if the ring could never hold so many slots
     */
    long tryClaim(int slots);

    /**
     * Called by the producer that made the claim: make the slots visible.
     *
     * @param position returned by the claim
     * @param slots    given to the claim
     */
    void commit(long position, int slots);

    /**
     * Called by the producer that made the claim: turn the slots into padding, which no handler sees.
     *
     * @param position returned by the claim
     * @param slots    given to the claim
     */
    void abort(long position, int slots);

    /**
     * Called by the consumer: hand over what is visible.
     *
     * @param handler called with each fault
     * @param limit   most slots to look at, at least 1; a group may be cut by it, its rest comes with the next poll
     * @return slots handed over, padding left out
     */
    int poll(FaultSlotHandler handler, int limit);

    /**
     * Called by the consumer: hand over whole groups.
     *
     * @param handler called with each fault
     * @param limit   most slots to look at, at least 1; a group that does not fit into what is left of it is not begun
     * @return slots handed over, padding left out; 0 with a visible group longer than the limit
     */
    int drain(FaultSlotHandler handler, int limit);

    /**
     * Called by the consumer: hand over what is visible for as long as the handler wants more.
     *
     * @param handler called with each fault, steers the poll
     * @param limit   most slots to look at, at least 1
     * @return slots taken, padding and an aborted slot left out
     */
    int controlledPoll(ControlledFaultSlotHandler handler, int limit);

    /**
     * Called by the consumer: how far it may look at the slots itself, from its position on and without a handler. It
     * reads them at {@link #slotOffset} and may write to their faults, but not to their group lengths, until it takes
     * them. Of a group whose first slot is counted all are there, also those beyond the limit.
     *
     * @param limit most slots to count, at least 1
     * @return slots, padding counted as any other
     */
    int available(int limit);

    /**
     * Called by the consumer: take slots without a handler.
     *
     * @param slots counted by {@link #available}, or of a group that begins with one that was
     */
    void take(int slots);

    /**
     * Called by the consumer: whether the next poll would find nothing.
     *
     * @return true if the slot at the consumer's position is not visible
     */
    boolean isEmpty();

    /**
     * Called by the consumer: number of slots in the group that the next poll begins with.
     *
     * @return the length, or 0 if nothing is visible or a poll has cut the group; padding before it is consumed
     */
    int peekGroupLength();

    /**
     * Called by the consumer: turn the claim at its position into padding, because the claim's producer is dead. A
     * claim of several slots goes as a whole, unless its producer died before it could say how many: then a slot at a
     * time.
     *
     * @return true if there was a claim that was not visible; false if there was nothing to do
     * @throws UnsupportedOperationException if the ring says that its claims are repaired in another way
     */
    boolean unblock();

    /**
     * Slots between the two positions; any thread.
     *
     * @return a snapshot, 0..capacity, exact when nobody works on the ring
     */
    int size();

    /**
     * Fullest the ring was seen by a producer when it re-read the consumer's position; any thread. A lower bound.
     *
     * @return slots
     */
    int highWaterMark();

    /**
     * Slots claimed since the ring was made; any thread.
     *
     * @return the producer's position
     */
    long producerPosition();

    /**
     * Slots consumed since the ring was made; any thread.
     *
     * @return the consumer's position
     */
    long consumerPosition();
}
