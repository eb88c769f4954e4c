/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.util.Arrays;

/**
 * When each sampled group passed each {@link Stage} of its way: a side table, so that groups that are not sampled carry
 * no stamps.
 *
 * <p>A row belongs to one group at a time: the row of (device ID, group index), because a device may not reuse an index
 * before its answer arrived (PCIe, Page Request Interface). The device opens a row before it sends the group's first
 * request; after that each stage is stamped by the one world in which it happens.
 *
 * <p>All accesses are plain. The queues order them: a world stamps before it releases the group to the next one, and
 * reads after it acquired the group.
 */
public final class StageTimes {

    /** A moment on a group's way, in the order in which they happen. */
    public enum Stage {
        /** The device raised the group, or should have, when an open-loop schedule asked for it earlier. */
        RAISED,
        /** The driver took the group's last request from the hardware queue and reported it. */
        REPORTED,
        /** User space has the group's last record in hand. */
        DELIVERED,
        /** User space gave its answer away. */
        HANDLED,
        /** The driver wrote the page group response for the hardware. */
        SUBMITTED,
        /** The device accepted the answer. */
        ACCEPTED
    }

    /** Raise time of a group that is not sampled. */
    public static final long NOT_SAMPLED = -1;
    /** Group indexes of a device: 9 bits (PCIe, Page Request message). */
    public static final int GROUPS_PER_DEVICE = 512;

    /** Words of a row: one cache line. */
    private static final int ROW_WORDS = RingMemory.CACHE_LINE_BYTES / Long.BYTES;

    private static final int STAGES = Stage.values().length;
    private static final long NOT_STAMPED = Long.MIN_VALUE;

    private final boolean[] sampled;
    private final long[] nanos;

    /**
     * A table in which nothing is sampled.
     *
     * @param devices number of devices, 1..1024; their IDs are 1..devices
     */
    public StageTimes(final int devices) {
        Checks.range("devices", devices, 1, 1024);
        final int rows = (devices + 1) * GROUPS_PER_DEVICE;
        this.sampled = new boolean[rows];
        this.nanos = new long[rows * ROW_WORDS];
    }

    /**
     * Row of a group.
     *
     * @param deviceId   1..devices
     * @param groupIndex 0..511
     * @return number of the row
     */
    public int row(final int deviceId, final int groupIndex) {
        return deviceId * GROUPS_PER_DEVICE + groupIndex;
    }

    /**
     * Called by the device before the group's first request: sample the group.
     *
     * @param row         of the group
     * @param raisedNanos when it was raised, or should have been
     */
    public void open(final int row, final long raisedNanos) {
        sampled[row] = true;
        Arrays.fill(nanos, row * ROW_WORDS, (row + 1) * ROW_WORDS, NOT_STAMPED);
        stamp(row, Stage.RAISED, raisedNanos);
    }

    /**
     * Whether all stages of a row have been stamped. One that hardware answered by itself lacks some.
     *
     * @param row of a sampled group
     * @return true if so
     */
    public boolean isComplete(final int row) {
        for (int i = 0; i < STAGES; i++) {
            if (nanos[row * ROW_WORDS + i] == NOT_STAMPED) {
                return false;
            }
        }
        return true;
    }

    /**
     * Called by the device before the group's first request: do not sample the group.
     *
     * @param row of the group
     */
    public void skip(final int row) {
        // Read first: the line stays shared between the cores for as long as nothing changes.
        if (sampled[row]) {
            sampled[row] = false;
        }
    }

    /**
     * Whether the group in a row is sampled. Groups of devices that the table was not made for never are.
     *
     * @param row of the group, anything
     * @return true if its stages are to be stamped
     */
    public boolean isSampled(final int row) {
        return Integer.compareUnsigned(row, sampled.length) < 0 && sampled[row];
    }

    /**
     * Called by the world in which the stage happens, for a sampled group.
     *
     * @param row   of the group
     * @param stage that was reached
     * @param atNanos of the path's clock
     */
    public void stamp(final int row, final Stage stage, final long atNanos) {
        nanos[row * ROW_WORDS + stage.ordinal()] = atNanos;
    }

    /**
     * When a stage was reached.
     *
     * @param row   of a sampled group
     * @param stage asked for
     * @return ns of the path's clock
     */
    public long nanos(final int row, final Stage stage) {
        return nanos[row * ROW_WORDS + stage.ordinal()];
    }
}
