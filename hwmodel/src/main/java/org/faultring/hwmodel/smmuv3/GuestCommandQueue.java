/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Tally;

/**
 * A virtual machine's side of one of its command queues, with the steps by which it recovers when it is told of an
 * error. They are those of the host's own queues ({@code tegra241_vintf0_handle_error},
 * drivers/iommu/arm/arm-smmu-v3/tegra241-cmdqv.c): read GERROR; read the error from CONS; overwrite an illegal command
 * with a CMD_SYNC of the "none" form, which is the only one a guest may use; acknowledge with GERRORN, which makes the
 * hardware go on at the same entry.
 *
 * <p>Belongs to whoever plays the guest; allocates nothing after {@link #start()}.
 */
public final class GuestCommandQueue {

    private final RegisterFile page;
    private final int base;
    private final int queue;
    private final CommandIssuer commands;

    /**
     * A queue that has not started.
     *
     * @param page     of the interface, see {@link Tegra241Cmdqv#guestPage(int)}
     * @param queue    logical number
     * @param memory   for the queue
     * @param log2Size of the queue, 1..19
     * @param tally    of the world that calls
     */
    public GuestCommandQueue(final RegisterFile page, final int queue, final DmaMemory memory, final int log2Size,
            final Tally tally) {
        Checks.range("queue", queue, 0, CmdqvRegisters.MAX_QUEUES - 1);
        Checks.range("log2Size", log2Size, 1, Smmuv3Registers.MAX_LOG2SIZE);
        this.page = page;
        this.queue = queue;
        this.base = queue * CmdqvRegisters.VCMDQ_STRIDE;
        this.commands = new CommandIssuer(page, base + CmdqvRegisters.VCMDQ_PROD, base + CmdqvRegisters.VCMDQ_CONS,
                memory, log2Size, Smmuv3DriverSettings.BATCH, false, Command.CS_NONE, tally);
    }

    /**
     * Set-up: take memory for the queue.
     *
     * @return what the host needs to open it, see {@link Tegra241CmdqvDriver#openGuestQueue}
     */
    public long start() {
        return commands.start();
    }

    /**
     * Commands that can be written now.
     *
     * @return the count
     */
    public int room() {
        return commands.room();
    }

    /**
     * Write a command; needs room.
     *
     * @param qw0 first word, see {@link Command}
     * @param qw1 second word
     */
    public void issue(final long qw0, final long qw1) {
        commands.issue(qw0, qw1);
    }

    /** Write a CMD_SYNC and tell the hardware of everything; needs room, and no other CMD_SYNC under way. */
    public void sync() {
        commands.sync();
    }

    /**
     * Whether the CMD_SYNC has completed.
     *
     * @return true if it has, once
     */
    public boolean pollSync() {
        return commands.pollSync();
    }

    /**
     * The machine is told of queues in error; recover if this is one of them.
     *
     * @param low  first word of the record, queues 0 to 63
     * @param high second word, queues 64 to 127
     * @return the error, see {@link Smmuv3Registers#CERROR_NONE} and so on; none if this queue is not named
     */
    public int recover(final long low, final long high) {
        final long map = queue < Long.SIZE ? low : high;
        if ((map >>> queue & 1) == 0) {
            return Smmuv3Registers.CERROR_NONE;
        }
        final int raised = page.read32(base + CmdqvRegisters.VCMDQ_GERROR);
        final int error = commands.skipError();
        page.write32(base + CmdqvRegisters.VCMDQ_GERRORN, raised);
        return error;
    }
}
