/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.DeviceTable;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.EventSink;
import org.faultring.hwmodel.iommu.FunctionTable;
import org.faultring.hwmodel.iommu.IommuDriver;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.pci.PriCapability;
import org.faultring.ring.Checks;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.kernel.ReportPort;

/**
 * Linux's driver for the AMD IOMMU, as far as faults go (drivers/iommu/amd/ppr.c, iommu.c and init.c).
 *
 * <p>Its ways, kept on purpose:
 * <ul>
 * <li>a request without PASID, with PASID 0, with one too large, or malformed is answered at once with the kernel's
 * generic code 2, which is reserved on PCIe, even if it closes no group;</li>
 * <li>an entry of another type, or of a function that is not known, is dropped without an answer;</li>
 * <li>a stop marker goes up as a request;</li>
 * <li>an overflow does not throw partial groups away, so what is left of one may join a later group of the same
 * index;</li>
 * <li>an overflow at the wrong moment is cleared unseen and stops a log for good, see {@link StatusClearing};</li>
 * <li>each entry moves the head, before it is handled, and each answer moves the command tail.</li>
 * </ul>
 *
 * <p>The automatic response is the model's: Linux 7.2 leaves it off, and with it off an overflow leaves requests
 * without an answer until their device is reset.
 *
 * <p>Kernel world; allocates nothing after set-up.
 */
public final class AmdDriver implements IommuDriver {

    /** Requests in flight that Linux grants to each function. */
    public static final int GRANTED_CREDITS = 32;
    /** Auto response code: leave the automatic response off, as Linux does. */
    public static final int NO_AUTO_RESPONSE = -1;
    /** PASIDs of a function that says nothing else: all of PCIe's. */
    public static final int MAX_PASIDS = 1 << 20;
    /** Number under which the {@link EventSink} sees functions that are not known, and events of none. */
    public static final int NO_DEVICE = FunctionTable.NO_DEVICE;

    /** Entries of the event log ({@code EVT_BUFFER_SIZE}: 8 KiB). */
    private static final int EVENT_ENTRIES = 512;

    private final RegisterFile registers;
    private final DeviceTable deviceTable;
    private final CommandSubmission commands;
    private final PprLogReader requests;
    private final EventLogReader events;
    private final int pprEntries;
    private final int autoResponse;
    private final FunctionTable functions = new FunctionTable();

    /**
     * A driver that has not started.
     *
     * @param iommu        to drive
     * @param memory       for the logs and the command buffer
     * @param platform     what machine it runs on
     * @param pprEntries   entries of the PPR log, a power of two, 256..32768; Linux has
     *                     {@link AmdPlatform#pprEntries()}
     * @param autoResponse code of the automatic response, 0..15, or {@link #NO_AUTO_RESPONSE}
     * @param tally        of the world that calls
     */
    public AmdDriver(final AmdIommu iommu, final DmaMemory memory, final AmdPlatform platform, final int pprEntries,
            final int autoResponse, final Tally tally) {
        this(iommu, memory, platform, pprEntries, autoResponse, StatusClearing.AS_LINUX, tally);
    }

    /**
     * A driver that may clear the status in another way. It has not started.
     *
     * @param iommu        to drive
     * @param memory       for the logs and the command buffer
     * @param platform     what machine it runs on
     * @param pprEntries   entries of the PPR log, a power of two, 256..32768; Linux has
     *                     {@link AmdPlatform#pprEntries()}
     * @param autoResponse code of the automatic response, 0..15, or {@link #NO_AUTO_RESPONSE}
     * @param clearing     of the status bits of both logs; Linux has {@link StatusClearing#AS_LINUX}, with which an
     *                     overflow at the wrong moment stops a log for good
     * @param tally        of the world that calls
     */
    public AmdDriver(final AmdIommu iommu, final DmaMemory memory, final AmdPlatform platform, final int pprEntries,
            final int autoResponse, final StatusClearing clearing, final Tally tally) {
        this(iommu, iommu.registers(), memory, platform, pprEntries, autoResponse, clearing, tally);
    }

    /** For a bus that is listened to. */
    AmdDriver(final AmdIommu iommu, final RegisterFile registers, final DmaMemory memory, final AmdPlatform platform,
            final int pprEntries, final int autoResponse, final StatusClearing clearing, final Tally tally) {
        this.registers = registers;
        this.deviceTable = iommu.deviceTable();
        this.pprEntries = Checks.powerOfTwo("pprEntries", pprEntries, AmdRegisters.MIN_ENTRIES,
                AmdRegisters.MAX_ENTRIES);
        this.autoResponse = Checks.range("autoResponse", autoResponse, NO_AUTO_RESPONSE, 0xF);
        commands = new CommandSubmission(registers, memory, tally);
        requests = new PprLogReader(registers, iommu.pageRequestInterrupt(), memory, commands, functions, platform,
                clearing, tally);
        events = new EventLogReader(registers, iommu.eventInterrupt(), memory, functions, platform, clearing,
                tally);
    }

    @Override
    public void reportTo(final ReportPort reporter) {
        requests.reportTo(reporter);
    }

    /**
     * Set-up: where events go; nowhere if this is not called.
     *
     * @param sink takes them, with {@link #NO_DEVICE} for those of no known function
     */
    public void sendEventsTo(final EventSink sink) {
        events.sendTo(sink);
    }

    @Override
    public void start() {
        commands.start();
        setControl(AmdRegisters.CMD_BUF_EN | AmdRegisters.GT_EN | AmdRegisters.PPR_EN);
        events.start(EVENT_ENTRIES);
        requests.start(pprEntries);
        if (autoResponse != NO_AUTO_RESPONSE) {
            registers.write64(AmdRegisters.PPR_AUTO_RESPONSE, autoResponse);
            setControl(AmdRegisters.PPR_AUTO_RSP_EN);
        }
    }

    private void setControl(final long bits) {
        registers.write64(AmdRegisters.CONTROL, registers.read64(AmdRegisters.CONTROL) | bits);
    }

    @Override
    public void addDevice(final int requesterId, final int device) {
        addDevice(requesterId, device, MAX_PASIDS, PriCapability.PASID_REQUIRED);
    }

    /**
     * Set-up: know a function, so that its requests are taken and its number can be answered.
     *
     * @param requesterId of the function
     * @param device      its number in the fault reporter
     * @param maxPasids   its PASIDs are below, 1..2^20
     * @param priStatus   its PRI status register, which says whether answers must carry the PASID
     *                    ({@link PriCapability#PASID_REQUIRED})
     */
    public void addDevice(final int requesterId, final int device, final int maxPasids, final int priStatus) {
        Checks.range("maxPasids", maxPasids, 1, MAX_PASIDS);
        functions.add(requesterId, device);
        requests.addDevice(device, maxPasids,
                (priStatus & PriCapability.PASID_REQUIRED) != 0 ? AmdCommand.GN : 0);
        deviceTable.set(requesterId, AmdRegisters.DTE_I | AmdRegisters.DTE_PPR | AmdRegisters.DTE_GRPR);
    }

    @Override
    public int grantedCredits() {
        return GRANTED_CREDITS;
    }

    @Override
    public int doWork() {
        commands.doWork();
        return requests.doWork() + events.doWork();
    }

    @Override
    public int room() {
        return commands.room();
    }

    @Override
    public void respond(final int device, final int flags, final int pasid, final int groupIndex, final int code) {
        requests.respond(functions.requesterId(device), device, pasid, groupIndex, code);
    }

    @Override
    public void submit() {
        // Each answer is handed over by itself.
    }

    @Override
    public boolean isAtRest() {
        return requests.isAtRest() && events.isAtRest() && commands.isAtRest();
    }

    @Override
    public int queuedRequests() {
        return requests.queued();
    }
}
