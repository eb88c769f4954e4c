/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;

/**
 * Linux's driver for SMMUv3, as far as faults go (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, Linux 7.2): stalls
 * become page requests, and their answers CMD_RESUME ({@code arm_smmu_page_response}); every PCIe page request is
 * answered with Response Failure. {@link Smmuv3PriDriver} is what makes page requests usable.
 *
 * <p>Linux reads STALL_MAX and never uses it, so the devices share it as they come. Answers are not followed by a
 * CMD_SYNC, which would say nothing about them.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class Smmuv3Driver implements IommuDriver {

    private final SmmuControl control;
    private final LinuxPriThread requests;
    private final StreamTable streams;
    private final CommandIssuer commands;
    private final StreamDirectory directory;

    /**
     * A driver that has not started.
     *
     * @param iommu    to drive
     * @param memory   for the queues
     * @param settings of the driver
     * @param tally    of the world that calls
     * @throws IllegalArgumentException if the hardware's command queue has no more than 64 entries
     */
    public Smmuv3Driver(final Smmuv3Iommu iommu, final DmaMemory memory, final Smmuv3DriverSettings settings,
            final Tally tally) {
        this(iommu, iommu.registers(), memory, settings, tally);
    }

    Smmuv3Driver(final Smmuv3Iommu iommu, final RegisterFile bus, final DmaMemory memory,
            final Smmuv3DriverSettings settings, final Tally tally) {
        streams = iommu.streams();
        control = new SmmuControl(bus, iommu.interrupts(), memory, settings, tally);
        commands = control.commands();
        directory = control.directory();
        requests = new LinuxPriThread(control.requests(), iommu.interrupts().pageRequests(), commands, tally);
    }

    @Override
    public void reportTo(final ReportPort reporter) {
        control.events().reportTo(reporter);
    }

    /**
     * Set-up: where events of devices with a virtual stream go; without it they are only printed.
     *
     * @param sink takes records of {@link EventRecord#LENGTH_BYTES}
     */
    public void forwardTo(final EventSink sink) {
        control.events().forwardTo(sink);
    }

    @Override
    public void start() {
        control.start();
    }

    /** Set-up: know a master whose firmware says that it may stall ({@code dma-can-stall}). */
    @Override
    public void addDevice(final int streamId, final int device) {
        directory.add(streamId, device, true);
        streams.set(streamId, StreamTable.VALID | StreamTable.STALL | StreamTable.RECORD | StreamTable.ABORT);
    }

    /**
     * Set-up: know a device that is not meant to stall. If it does all the same, because a guest said so in a context
     * descriptor of its own, no answer will come.
     *
     * @param streamId of the device
     * @param device   its number in the fault reporter
     */
    public void addDeviceWithoutStalls(final int streamId, final int device) {
        directory.add(streamId, device, false);
        streams.set(streamId, StreamTable.VALID | StreamTable.RECORD | StreamTable.ABORT);
    }

    /**
     * Set-up: a virtual machine has the device ({@code arm_smmu_vmaster}, arm-smmu-v3-iommufd.c); repeats of its events
     * may be merged from now on.
     *
     * @param device          its number in the fault reporter
     * @param virtualStreamId as which the machine knows it, 32 bits
     */
    public void setVirtualStream(final int device, final int virtualStreamId) {
        directory.setVirtualStream(device, virtualStreamId);
        final int streamId = directory.streamOf(device);
        streams.set(streamId, streams.flags(streamId) | StreamTable.MEV);
    }

    /** Linux enables page requests of no function behind an SMMU: 0. */
    @Override
    public int grantedCredits() {
        return 0;
    }

    @Override
    public int doWork() {
        return control.doWork() + requests.doWork();
    }

    /**
     * Invalidate pages of a device's address space, in the SMMU and then in the device; one at a time.
     *
     * @param device  its number in the fault reporter
     * @param asid    of the address space, 16 bits
     * @param pasid   of the address space, or {@link org.faultring.hwmodel.pci.PageRequestMessage#NO_PASID}
     * @param address of the first page
     * @param pages   of 4 KiB, from 1
     * @return false if another invalidation is under way or the command queue too full; try again later
     */
    public boolean invalidate(final int device, final int asid, final int pasid, final long address,
            final long pages) {
        return control.invalidation().begin(directory.streamOf(device), asid, pasid, address, pages);
    }

    @Override
    public int room() {
        return commands.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        commands.issue(Command.resumeQw0(directory.streamOf(device), action(code)), Command.resumeQw1(groupIndex));
    }

    private static long action(final int code) {
        if (code == PageResponseFlyweight.SUCCESS) {
            return Command.RESUME_RETRY;
        }
        return code == PageResponseFlyweight.INVALID || code == PageResponseFlyweight.FAILURE ? Command.RESUME_ABORT
                : Command.RESUME_TERMINATE;
    }

    @Override
    public void submit() {
        commands.announce();
    }

    @Override
    public boolean isAtRest() {
        return control.isAtRest() && requests.isAtRest();
    }

    /** Entries in the event queue and the PRI queue: a stall is a request of its own. */
    @Override
    public int queuedRequests() {
        return control.events().queued() + requests.queued();
    }

    /**
     * Times that the event queue was found to have lost events.
     *
     * @return the count
     */
    public long eventOverflows() {
        return control.events().overflows();
    }

    /**
     * Times that the PRI queue was found to have lost requests.
     *
     * @return the count
     */
    public long requestOverflows() {
        return requests.overflows();
    }

    /** What Linux does alike for all its purposes. */
    SmmuControl control() {
        return control;
    }
}
