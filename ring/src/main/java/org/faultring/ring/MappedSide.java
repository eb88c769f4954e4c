/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * One side of a {@link MappedRing}, owned by whoever holds this object: what device and handler have in common. One
 * thread; no operation waits, allocates or reads a clock.
 */
public abstract class MappedSide implements AutoCloseable {

    final MappedRole role;
    final OneToOneFaultRing ring;
    final OneToOneResponseRing responses;
    final int mask;
    private final MappedRing file;
    private final MappedRole neighbour;
    /** Somebody has shortened the file. */
    private boolean cut;

    MappedSide(final MappedRing file, final MappedRole role, final int neighbourBlock) {
        this.file = file;
        this.role = role;
        neighbour = new MappedRole(file.buffer(), neighbourBlock);
        ring = file.faultRing();
        responses = file.responseRing();
        mask = file.capacity() - 1;
    }

    /**
     * Give a sign of life.
     *
     * @param nowNanos value of the clock
     * @return false if another owner has taken the side, or {@link #isCut} has said true: stop, and use this object no
     *         more
     */
    public final boolean heartbeat(final long nowNanos) {
        return !cut && role.heartbeat(nowNanos);
    }

    /**
     * Whether the other side is there.
     *
     * @param nowNanos   value of the clock
     * @param staleNanos silence after which it is taken for dead
     * @return true if it holds its side and gave a sign of life
     */
    public final boolean isNeighbourAlive(final long nowNanos, final long staleNanos) {
        return neighbour.isAlive(nowNanos, staleNanos);
    }

    /**
     * Whether somebody has shortened the file. Ask this after an {@link InternalError}, which an access to what is
     * missing leads to: at once, or when this thread next calls something native, and until then what was read is any
     * number. Asks the operating system, so not for each fault. A true is counted, see {@link MappedRing#cuts}, and
     * stays: the heartbeat answers false, and {@link #close} leaves the memory alone.
     *
     * @return true if what this side needs is not there: stop, and use this object no more
     */
    public final boolean isCut() {
        if (!cut && file.isCut()) {
            cut = true;
            file.countCut();
        }
        return cut;
    }

    /**
     * Memory of the fault ring.
     *
     * @return the buffer that {@link #slotOffset} points into
     */
    public final ByteBuffer buffer() {
        return ring.buffer();
    }

    /**
     * Place of a slot.
     *
     * @param position of the slot
     * @return byte index in {@link #buffer()}
     */
    public final int slotOffset(final long position) {
        return ring.slotOffset(position);
    }

    /**
     * What the other side wrote and cannot have meant.
     *
     * @return count since the file was made
     */
    public final long refused() {
        return role.getLong(MappedRingDescriptor.BLOCK_REFUSED);
    }

    /**
     * What dead predecessors left half done: at a device slots of claims, which were made padding; at a handler groups
     * that were found answered.
     *
     * @return count since the file was made
     */
    public final long repaired() {
        return role.getLong(MappedRingDescriptor.BLOCK_REPAIRED);
    }

    /** Before the side is given back, in memory that is there. */
    abstract void settle();

    /** Give the side back. A device's open claim is aborted; groups that are not answered stay for a successor. */
    @Override
    public final void close() {
        if (!cut) {
            settle();
            role.leave();
        }
    }
}
