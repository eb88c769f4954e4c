/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.ring.Checks;
import org.faultring.ring.file.Errno;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.UserArray;
import org.faultring.ring.kernel.VirtualDevice;
import org.faultring.ring.kernel.VirtualIommu;

/**
 * Invalidation of a virtual SMMU ({@code arm_vsmmu_cache_invalidate},
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3-iommufd.c): the entries are the guest's own commands, 16 bytes, see
 * {@link Command}. Those that name a virtual machine or a stream are made to name the guest's own, whatever they named;
 * all go to the host's command queue, up to {@link #BATCH} and a CMD_SYNC at a time.
 *
 * <p>A command that a guest may not give, or of a stream that it does not have, ends the call with -{@link Errno#EIO}.
 * The count then has the commands before it, also those of its batch, which were converted and not sent: it is an upper
 * bound. Errors of the hardware are the host driver's to repair, and the guest is not told.
 *
 * <p>Linux polls for each CMD_SYNC, for a second at most; here that is a state, with no time limit. Kernel world;
 * allocates nothing after set-up.
 */
public final class GuestInvalidation implements InvalidationPort {

    /** Layout of the entries in the call ({@code IOMMU_VIOMMU_INVALIDATE_DATA_ARM_SMMUV3}). */
    public static final int TYPE = 1;
    /** Commands before a CMD_SYNC ({@code CMDQ_BATCH_ENTRIES} - 1). */
    public static final int BATCH = Smmuv3DriverSettings.BATCH - 1;

    private final CommandIssuer commands;
    private final StreamDirectory directory;
    private final VirtualIommu viommu;
    private final int vmid;
    private final long[] words = new long[2 * BATCH];
    private UserArray array;
    /** Commands converted. */
    private int converted;
    /** Of them, commands sent and completed. */
    private int done;
    /** The batch waits for its CMD_SYNC, not for room. */
    private boolean isSent;

    /**
     * Invalidation of one guest.
     *
     * @param driver of the SMMU
     * @param viommu of the guest, knows the streams as the devices' virtual IDs
     * @param vmid   of the guest, 16 bits
     */
    public GuestInvalidation(final Smmuv3Driver driver, final VirtualIommu viommu, final int vmid) {
        this(driver.control(), viommu, vmid);
    }

    /**
     * Invalidation of one guest.
     *
     * @param driver of the SMMU
     * @param viommu of the guest, knows the streams as the devices' virtual IDs
     * @param vmid   of the guest, 16 bits
     */
    public GuestInvalidation(final Smmuv3PriDriver driver, final VirtualIommu viommu, final int vmid) {
        this(driver.control(), viommu, vmid);
    }

    private GuestInvalidation(final SmmuControl control, final VirtualIommu viommu, final int vmid) {
        commands = control.commands();
        directory = control.directory();
        this.viommu = viommu;
        this.vmid = Checks.range("vmid", vmid, 0, 0xFFFF);
    }

    @Override
    public int begin(final UserArray newArray) {
        array = newArray;
        converted = 0;
        done = 0;
        final int result = newArray.checkAll(TYPE, Command.LENGTH_BYTES);
        return result != 0 ? result : nextBatch();
    }

    private int nextBatch() {
        while (converted < array.count()) {
            if (!convert(converted)) {
                return -Errno.EIO;
            }
            converted++;
            if (converted == array.count() || converted - done == BATCH) {
                isSent = false;
                return poll();
            }
        }
        return 0;
    }

    @Override
    public int poll() {
        if (!isSent) {
            send();
            return IN_PROGRESS;
        }
        if (!commands.pollSync()) {
            return IN_PROGRESS;
        }
        done = converted;
        return nextBatch();
    }

    private void send() {
        final int count = converted - done;
        if (commands.isWaiting() || commands.room() <= count) {
            return;
        }
        for (int i = 0; i < count; i++) {
            commands.issue(words[2 * i], words[2 * i + 1]);
        }
        commands.sync();
        isSent = true;
    }

    /** False for a command that the guest may not give. */
    private boolean convert(final int index) {
        final long qw0 = array.getLong(index, 0);
        final long qw1 = array.getLong(index, Long.BYTES);
        switch (Command.opcode(qw0)) {
            case Command.TLBI_NSNH_ALL:
                put(index, Command.tlbiQw0(Command.TLBI_NH_ALL, 0, vmid, 0, 0), 0);
                return true;
            case Command.TLBI_NH_ALL:
            case Command.TLBI_NH_ASID:
            case Command.TLBI_NH_VA:
            case Command.TLBI_NH_VAA:
                put(index, Command.withVmid(qw0, vmid), qw1);
                return true;
            case Command.ATC_INV:
            case Command.CFGI_CD:
            case Command.CFGI_CD_ALL:
                return convertStream(index, qw0, qw1);
            default:
                return false;
        }
    }

    private boolean convertStream(final int index, final long qw0, final long qw1) {
        final VirtualDevice device = viommu.deviceByVirtualId(Command.streamId(qw0) & 0xFFFF_FFFFL);
        if (device == null) {
            return false;
        }
        put(index, Command.withStreamId(qw0, directory.streamOf(device.device())), qw1);
        return true;
    }

    private void put(final int index, final long qw0, final long qw1) {
        final int at = 2 * (index - done);
        words[at] = qw0;
        words[at + 1] = qw1;
    }

    @Override
    public int handled() {
        return converted;
    }
}
