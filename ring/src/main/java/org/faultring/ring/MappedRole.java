/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/** One side of a {@link MappedRing}: who holds it, and the words that only its owner writes. One thread each. */
final class MappedRole {

    private static final long HELD = 1;

    private final ByteBuffer buffer;
    private final int block;
    /** The owner word while we hold the side, 0 while we do not. */
    private long mine;

    MappedRole(final ByteBuffer buffer, final int block) {
        this.buffer = buffer;
        this.block = block;
    }

    /** Hold the side, if nobody does or its owner has been silent for long. */
    boolean take(final long nowNanos, final long staleNanos) {
        // Acquire, paired with the releases in leave() and take(): what the owner before us did is read after it.
        final long owner = LittleEndian.getLongAcquire(buffer, block + MappedRingDescriptor.BLOCK_OWNER);
        if ((owner & HELD) != 0 && isRecent(nowNanos, staleNanos)) {
            return false;
        }
        // A new generation also from a free side, so that who comes back after a long sleep is not taken for us.
        final long next = (owner | HELD) + 2;
        // The heartbeat first: a side is never held with the silence of another.
        putLong(MappedRingDescriptor.BLOCK_HEARTBEAT, nowNanos);
        if (!LittleEndian.compareAndSetLong(buffer, block + MappedRingDescriptor.BLOCK_OWNER, owner, next)) {
            return false;
        }
        mine = next;
        return true;
    }

    boolean heartbeat(final long nowNanos) {
        if (!isMine()) {
            return false;
        }
        putLong(MappedRingDescriptor.BLOCK_HEARTBEAT, nowNanos);
        return true;
    }

    boolean isMine() {
        return mine != 0 && LittleEndian.getLongAcquire(buffer, block + MappedRingDescriptor.BLOCK_OWNER) == mine;
    }

    void leave() {
        if (mine != 0) {
            // Volatile, paired with the acquire in take(); nothing where the side was taken from us.
            LittleEndian.compareAndSetLong(buffer, block + MappedRingDescriptor.BLOCK_OWNER, mine, mine - HELD);
            mine = 0;
        }
    }

    /** Whether somebody holds the side and gave a sign of life not longer ago, in either direction. */
    boolean isAlive(final long nowNanos, final long staleNanos) {
        return (LittleEndian.getLongAcquire(buffer, block + MappedRingDescriptor.BLOCK_OWNER) & HELD) != 0
                && isRecent(nowNanos, staleNanos);
    }

    private boolean isRecent(final long nowNanos, final long staleNanos) {
        final long silence = nowNanos - getLong(MappedRingDescriptor.BLOCK_HEARTBEAT);
        return silence < staleNanos && silence > -staleNanos;
    }

    long getLong(final int word) {
        // Acquire, paired with the release in putLong().
        return LittleEndian.getLongAcquire(buffer, block + word);
    }

    void putLong(final int word, final long value) {
        // Release, paired with the acquire in getLong(): words are seen in the order they are written.
        LittleEndian.putLongRelease(buffer, block + word, value);
    }

    void count(final int word, final long more) {
        putLong(word, getLong(word) + more);
    }
}
