/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

/**
 * A driver's invalidation of a range, for the SMMU and then for the device's cache
 * ({@code arm_smmu_tlb_inv_range_domain} and {@code arm_smmu_atc_inv_domain}, arm-smmu-v3.c): TLBI commands, a
 * CMD_SYNC, CMD_ATC_INV, a CMD_SYNC. The device must not fill its cache again from what the SMMU still has, hence the
 * order. One at a time; where Linux polls, this keeps a state.
 *
 * <p>Kernel world; allocates nothing.
 */
final class Invalidation {

    /** Commands of one invalidation at most: 7 ranges of 5 bits, CMD_ATC_INV, two CMD_SYNC. */
    static final int MAX_COMMANDS = 10;

    private static final int PAGE_SHIFT = 12;
    private static final int MAX_NUM = 0x1F;
    /** What SCALE, 5 bits, can name; more than that is forgotten by ASID. */
    private static final long MAX_PAGES = 0xFFFFFFFFL;
    private static final int GRANULE_4K = 1;
    private static final int LEVEL_3 = 3;

    private enum State {
        IDLE, SMMU, DEVICE_NEXT, DEVICE
    }

    private final CommandIssuer commands;
    private State state = State.IDLE;
    private long atcQw0;
    private long atcQw1;

    Invalidation(final CommandIssuer commands) {
        this.commands = commands;
    }

    /**
     * Begin.
     *
     * @param pasid   or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param address of the first page
     * @param pages   from 1
     * @return false if another invalidation is under way, or the command queue is too full
     */
    boolean begin(final int streamId, final int asid, final int pasid, final long address, final long pages) {
        if (state != State.IDLE || commands.isWaiting() || commands.room() < MAX_COMMANDS) {
            return false;
        }
        if (pages > MAX_PAGES) {
            commands.issue(Command.tlbiQw0(Command.TLBI_NH_ASID, asid, 0, 0, 0), 0);
        } else {
            invalidateRange(asid, address, pages);
        }
        commands.sync();
        atcQw0 = Command.atcInvQw0(streamId, pasid);
        atcQw1 = atcQw1(address, pages);
        state = State.SMMU;
        return true;
    }

    private void invalidateRange(final int asid, final long address, final long pages) {
        long left = pages;
        long at = address;
        while (left > 0) {
            final int scale = Long.numberOfTrailingZeros(left);
            final long num = left >>> scale & MAX_NUM;
            commands.issue(Command.tlbiQw0(Command.TLBI_NH_VA, asid, 0, (int) num - 1, scale),
                    Command.tlbiQw1(at, GRANULE_4K, LEVEL_3, 1));
            left -= num << scale;
            at += num << scale + PAGE_SHIFT;
        }
    }

    /**
     * Second word of the one CMD_ATC_INV that covers a range: the smallest power of two of pages, at a multiple of
     * itself, in which the range lies.
     */
    static long atcQw1(final long address, final long pages) {
        final long first = address >>> PAGE_SHIFT;
        final int size = Long.SIZE - Long.numberOfLeadingZeros(first ^ first + pages - 1);
        return size >= Command.ATC_ALL ? Command.atcInvQw1(0, Command.ATC_ALL)
                : Command.atcInvQw1(first >>> size << size + PAGE_SHIFT, size);
    }

    int doWork() {
        if (state == State.IDLE) {
            return 0;
        }
        if (state == State.DEVICE_NEXT) {
            return sendAtc();
        }
        if (!commands.pollSync()) {
            return 0;
        }
        state = state == State.SMMU ? State.DEVICE_NEXT : State.IDLE;
        return 1;
    }

    private int sendAtc() {
        // Somebody else's CMD_SYNC may be under way since the first one completed.
        if (commands.isWaiting() || commands.room() < 2) {
            return 0;
        }
        commands.issue(atcQw0, atcQw1);
        commands.sync();
        state = State.DEVICE;
        return 1;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }
}
