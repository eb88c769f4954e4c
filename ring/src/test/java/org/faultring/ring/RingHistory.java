/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import org.faultring.ring.ControlledFaultSlotHandler.Action;

/** A random history of one ring, on one thread, beside a {@link RingModel}: each step must do the same to both. */
final class RingHistory {

    private static final int MAX_LIMIT = 12;

    private enum Step {
        CLAIM(6), WRITE(2), COMMIT(6), ABORT(2), DIE(1), POLL(3), DRAIN(3), CONTROLLED_POLL(3), PEEK(1), LOOK(2),
        UNBLOCK(2);

        private static final Step[] BY_WEIGHT = Arrays.stream(values())
                .flatMap(step -> Collections.nCopies(step.weight, step).stream()).toArray(Step[]::new);

        private final int weight;

        Step(final int weight) {
            this.weight = weight;
        }
    }

    private final RingKind kind;
    private final long seed;
    private final Random random;
    private final FaultRing ring;
    private final RingModel model;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();
    private final RuntimeException failure = new RuntimeException("handler");
    /** Claims of living producers. */
    private final List<RingModel.Claim> open = new ArrayList<>();
    private Step step;

    RingHistory(final RingKind kind, final int capacity, final long seed) {
        this.kind = kind;
        this.seed = seed;
        this.random = new Random(seed);
        final long start = switch (random.nextInt(4)) {
            case 0 -> (1L << 32) - random.nextInt(2 * capacity);
            case 1 -> (1L << 31) - random.nextInt(2 * capacity);
            case 2 -> random.nextLong() >>> 2;
            default -> 0;
        };
        this.ring = start == 0 ? kind.create(capacity) : kind.createAt(capacity, start);
        this.model = new RingModel(capacity, start);
    }

    void run(final int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                step = Step.BY_WEIGHT[random.nextInt(Step.BY_WEIGHT.length)];
                take();
                checkState();
            } catch (final AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed=" + seed + " kind=" + kind + " capacity=" + ring.capacity() + " step=" + i
                                + " " + step + ": " + e.getMessage(),
                        e);
            }
        }
    }

    private void take() {
        switch (step) {
            case CLAIM -> claim();
            case WRITE -> openClaim().forEach(this::write);
            case COMMIT -> openClaim().forEach(this::commit);
            case ABORT -> openClaim().forEach(this::abort);
            case DIE -> die();
            case POLL -> poll();
            case DRAIN -> drain();
            case CONTROLLED_POLL -> controlledPoll();
            case PEEK -> assertEquals(model.peekGroupLength(), ring.peekGroupLength(), "length of the next group");
            case LOOK -> look();
            default -> unblock();
        }
    }

    private void claim() {
        final int most = random.nextInt(4) == 0 ? ring.capacity() : Math.min(ring.capacity(), 4);
        final int length = 1 + random.nextInt(most);
        final RingModel.Claim claim = model.claim(length);
        assertEquals(claim == null ? FaultRing.INSUFFICIENT_CAPACITY : claim.position, ring.tryClaim(length),
                "claim of " + length);
        if (claim != null) {
            open.add(claim);
        }
    }

    /** One of the open claims, often not the oldest; or none. */
    private List<RingModel.Claim> openClaim() {
        return open.isEmpty() ? List.of() : List.of(open.get(random.nextInt(open.size())));
    }

    private void write(final RingModel.Claim claim) {
        NumberedFault.writeGroup(ring, slot, claim.position, claim.number, claim.length);
    }

    private void commit(final RingModel.Claim claim) {
        write(claim);
        ring.commit(claim.position, claim.length);
        claim.commit();
        open.remove(claim);
    }

    private void abort(final RingModel.Claim claim) {
        ring.abort(claim.position, claim.length);
        claim.abort();
        open.remove(claim);
    }

    /** A producer dies over its claim, at any of its stores. */
    private void die() {
        if (open.isEmpty() || !kind.canUnblock()) {
            return;
        }
        final RingModel.Claim claim = open.remove(random.nextInt(open.size()));
        final int rear = random.nextInt(claim.length);
        final long first = claim.position + claim.length - rear;
        switch (random.nextInt(5)) {
            case 0 -> {
                if (rear > 0) {
                    ring.commit(first, rear);
                }
            }
            case 1 -> {
                if (rear > 0) {
                    ring.abort(first, rear);
                }
            }
            case 2 -> {
                if (ring instanceof StampedFaultRing) {
                    loseTheMark(claim);
                }
            }
            case 3 -> {
                if (ring instanceof StampedFaultRing) {
                    loseTheLength(claim);
                }
            }
            default -> {
            }
        }
        claim.die(markLost(claim));
    }

    private boolean markLost(final RingModel.Claim claim) {
        final int offset = ring.slotOffset(claim.position) + FaultRingDescriptor.STAMP_OFFSET;
        return ring instanceof StampedFaultRing
                && LittleEndian.getLong(ring.buffer(), offset) != -(claim.position + 1);
    }

    /** As if death had come between the claim and its mark: the stamp is an older one. */
    private void loseTheMark(final RingModel.Claim claim) {
        LittleEndian.putLong(ring.buffer(), ring.slotOffset(claim.position) + FaultRingDescriptor.STAMP_OFFSET,
                random.nextBoolean() ? 0 : claim.position + 1 - ring.capacity());
    }

    /** As if death had come before the last store of an abort. */
    private void loseTheLength(final RingModel.Claim claim) {
        ring.abort(claim.position + 1, claim.length - 1);
        LittleEndian.putShort(ring.buffer(),
                ring.slotOffset(claim.position) + FaultRingDescriptor.GROUP_LENGTH_OFFSET, FaultRingDescriptor.PADDING);
    }

    private int limit() {
        return random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(MAX_LIMIT);
    }

    private void poll() {
        final int limit = limit();
        handOver(limit, limit, false);
    }

    private void drain() {
        final int limit = limit();
        handOver(limit, model.drainLimit(limit), true);
    }

    /** A poll or drain, often with a handler that throws. */
    private void handOver(final int limit, final int looksAt, final boolean drains) {
        final int faults = model.faults(looksAt);
        final List<Action> actions = new ArrayList<>(Collections.nCopies(faults, Action.CONTINUE));
        final boolean throwing = faults > 0 && random.nextInt(4) == 0;
        if (throwing) {
            actions.set(random.nextInt(faults), null);
        }
        final Deque<RingModel.Slot> expected = new ArrayDeque<>(model.poll(looksAt, actions.iterator()));
        final int handed = expected.size();
        final FaultSlotHandler handler = fault -> {
            expected.remove().check(fault);
            if (throwing && expected.isEmpty()) {
                throw failure;
            }
        };
        if (throwing) {
            assertSame(failure, assertThrows(RuntimeException.class,
                    () -> assertEquals(-1, drains ? ring.drain(handler, limit) : ring.poll(handler, limit))));
        } else {
            assertEquals(handed, drains ? ring.drain(handler, limit) : ring.poll(handler, limit), "limit " + limit);
        }
        assertEquals(0, expected.size(), "faults that were not handed over, limit " + limit);
    }

    private void controlledPoll() {
        final int limit = limit();
        final List<Action> actions = new ArrayList<>();
        for (int i = model.faults(limit); i > 0; i--) {
            actions.add(switch (random.nextInt(16)) {
                case 0 -> Action.ABORT;
                case 1 -> Action.BREAK;
                case 2, 3, 4, 5 -> Action.COMMIT;
                case 6 -> null;
                default -> Action.CONTINUE;
            });
        }
        final Deque<RingModel.Slot> expected = new ArrayDeque<>(model.poll(limit, actions.iterator()));
        final Action last = expected.isEmpty() ? Action.CONTINUE : actions.get(expected.size() - 1);
        final int taken = expected.size() - (last == Action.ABORT ? 1 : 0);
        final Iterator<Action> script = actions.iterator();
        final ControlledFaultSlotHandler handler = fault -> {
            expected.remove().check(fault);
            final Action action = script.next();
            if (action == null) {
                throw failure;
            }
            return action;
        };
        if (last == null) {
            assertSame(failure, assertThrows(RuntimeException.class, () -> ring.controlledPoll(handler, limit)));
        } else {
            assertEquals(taken, ring.controlledPoll(handler, limit), "limit " + limit + ", " + actions);
        }
        assertEquals(0, expected.size(), "faults that were not handed over, limit " + limit + ", " + actions);
    }

    /** Looks at what is visible without a handler, and takes some of it. */
    private void look() {
        final int limit = limit();
        final int available = ring.available(limit);
        assertEquals(model.available(limit), available, "available, limit " + limit);
        final Iterator<RingModel.Slot> expected = model.look(available).iterator();
        for (int i = 0; i < available; i++) {
            slot.wrap(ring.buffer(), ring.slotOffset(ring.consumerPosition() + i));
            if (!slot.isPadding()) {
                expected.next().check(slot);
            }
        }
        final int taken = random.nextInt(available + 1);
        ring.take(taken);
        model.consume(taken);
    }

    private void unblock() {
        if (kind.canUnblock() && !model.isHeldByTheLiving()) {
            assertEquals(model.unblock(), ring.unblock(), "unblocked");
        }
    }

    private void checkState() {
        assertEquals(model.consumerPosition(), ring.consumerPosition(), "consumer's position");
        assertEquals(model.producerPosition(), ring.producerPosition(), "producer's position");
        assertEquals(model.size(), ring.size(), "size");
        assertEquals(model.isEmpty(), ring.isEmpty(), "empty");
        assertTrue(ring.highWaterMark() <= model.fullest(), "high-water mark " + ring.highWaterMark());
    }
}
