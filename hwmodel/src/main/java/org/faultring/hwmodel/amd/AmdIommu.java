/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.iommu.DeviceTable;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.TranslationAnswers;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * An AMD IOMMU, as far as faults reach: PPR log, event log, command buffer, and the registers that govern them (AMD
 * IOMMU specification).
 *
 * <p>A register write only stores; this agent acts on it in its next duty cycle. A request that finds the PPR log full
 * stops it: PPROverflow is set, PPRLogRun drops, and nothing is logged until software switches the log off and on. What
 * comes meanwhile and closes its group is answered by the hardware with the code of the auto response register if
 * PPRAutoRspEn is set; if not, it gets no answer at all, which is counted as {@link Counter#UNANSWERED}. Anything else
 * vanishes. A log that was never switched on is such a log too.
 *
 * <p>Whether the automatic answer carries the PASID is for {@link AmdRegisters#DTE_GRPR} to say, and for MaskGn, which
 * takes it away. A request of a function without {@link AmdRegisters#DTE_PPR} is answered Invalid if it closes its
 * group, and is event 9; that rule was not verified on hardware.
 *
 * <p>Interrupts: page requests have a line of their own, events and COMPLETION_WAIT share the other, as with INTCAPXT
 * (drivers/iommu/amd/init.c).
 */
public final class AmdIommu implements Iommu {

    private static final long FEATURES = AmdRegisters.PPR_SUP | AmdRegisters.GT_SUP
            | AmdRegisters.PPR_OVRFLW_EARLY_SUP | AmdRegisters.PPR_AUTO_RSP_SUP | AmdRegisters.BLK_STOP_MRK_SUP;

    private final RegisterFile registers = new RegisterFile(AmdRegisters.LENGTH_BYTES);
    private final InterruptLine requestInterrupt = new InterruptLine();
    private final InterruptLine eventInterrupt = new InterruptLine();
    private final DeviceTable deviceTable = new DeviceTable();
    private final ControlRegister control = new ControlRegister();
    private final StatusRegister status = new StatusRegister();
    private final StoredRegister autoResponse = new StoredRegister(
            AmdRegisters.AUTO_RESPONSE_CODE | AmdRegisters.MASK_GN);
    private final StoredRegister overflowEarly = new StoredRegister(
            (AmdRegisters.EARLY_EN | AmdRegisters.EARLY_INT_EN | AmdRegisters.EARLY_THRESHOLD) & 0xFFFFFFFFL);
    private final LogQueue requests;
    private final LogQueue events;
    private final CommandBuffer commands;
    private final Functions functions;
    private final FunctionCaches caches = new FunctionCaches();
    private final TranslationAnswers translations;
    private final Tally tally;

    private boolean takesRequests;
    private boolean blocksStopMarkers;
    private long appliedOverflowEarly;

    /**
     * An IOMMU that is switched off.
     *
     * @param memory that software and hardware share
     * @param tally  of the world that calls
     */
    public AmdIommu(final DmaMemory memory, final Tally tally) {
        this.tally = tally;
        functions = new Functions(tally);
        translations = new TranslationAnswers(PrivilegeBits.PRIV_ABOVE_EXE, tally);
        requests = new LogQueue(LogKind.PPR, memory, control, status, requestInterrupt, registers, tally);
        events = new LogQueue(LogKind.EVENT, memory, control, status, eventInterrupt, registers, tally);
        commands = new CommandBuffer(memory, control, status, registers, new CommandEffects(), caches,
                tally);
        registers.define64(AmdRegisters.CONTROL, control);
        registers.define64(AmdRegisters.STATUS, status);
        registers.define64(AmdRegisters.EXTENDED_FEATURES, new ReadOnlyRegister(() -> FEATURES));
        registers.define64(AmdRegisters.PPR_AUTO_RESPONSE, autoResponse);
        registers.define64(AmdRegisters.PPR_OVERFLOW_EARLY, overflowEarly);
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        functions.connect(requesterId, port);
    }

    @Override
    public RegisterFile registers() {
        return registers;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return requestInterrupt;
    }

    /**
     * Interrupt that announces events, and COMPLETION_WAITs that ask for one.
     *
     * @return the line
     */
    public InterruptLine eventInterrupt() {
        return eventInterrupt;
    }

    /**
     * The device table: {@link AmdRegisters#DTE_PPR} and {@link AmdRegisters#DTE_GRPR} of each function.
     *
     * @return the table, for software to fill
     */
    public DeviceTable deviceTable() {
        return deviceTable;
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        if ((deviceTable.bits(requesterId) & AmdRegisters.DTE_PPR) == 0) {
            refuse(requesterId, prefix, message);
            return;
        }
        if (blocksStopMarkers && PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
            return;
        }
        if (!takesRequests || !requests.offer(PprLogEntry.qw0(requesterId, prefix, message),
                PageRequestMessage.address(message))) {
            drop(requesterId, prefix, message);
        }
    }

    @Override
    public void translateBy(final TranslationSource source) {
        translations.translateBy(source);
    }

    /**
     * A function without {@link AmdRegisters#DTE_I} gets Completer Abort, which the AMD IOMMU specification calls
     * target abort (device table entry, I). That this leaves no event is not verified.
     */
    @Override
    public long translate(final int requesterId, final int prefix, final long message) {
        if ((deviceTable.bits(requesterId) & AmdRegisters.DTE_I) == 0) {
            return translations.abort();
        }
        final long found = translations.find(requesterId, prefix, message);
        if ((found & TranslationSource.ERROR) != 0) {
            final boolean hasPasid = PasidPrefix.isPresent(prefix);
            fault(EventLogEntry.qw0(EventLogEntry.PAGE_TAB_HARDWARE_ERROR, requesterId,
                    hasPasid ? PasidPrefix.pasid(prefix) : 0,
                    EventLogEntry.TR | (hasPasid ? EventLogEntry.GN : 0)), TranslationRequestMessage.address(message));
            return translations.abort();
        }
        return translations.complete(prefix, message, found);
    }

    /** A request that is not logged. */
    private void drop(final int requesterId, final int prefix, final long message) {
        if (PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else if (!PageRequestMessage.isLast(message)) {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        } else if ((control.read() & AmdRegisters.PPR_AUTO_RSP_EN) == 0) {
            tally.increment(Counter.UNANSWERED);
        } else {
            final int response = (int) autoResponse.read();
            final boolean withPasid = (response & AmdRegisters.MASK_GN) == 0
                    && (deviceTable.bits(requesterId) & AmdRegisters.DTE_GRPR) != 0;
            tally.increment(Counter.AUTO_ANSWERED);
            functions.respond(requesterId, withPasid ? PasidPrefix.pasid(prefix) : PageRequestMessage.NO_PASID,
                    PageRequestMessage.groupIndex(message), response & AmdRegisters.AUTO_RESPONSE_CODE);
        }
    }

    /** A request that the function may not make. */
    private void refuse(final int requesterId, final int prefix, final long message) {
        final boolean hasPasid = PasidPrefix.isPresent(prefix);
        fault(EventLogEntry.qw0(EventLogEntry.INVALID_PPR_REQUEST, requesterId,
                hasPasid ? PasidPrefix.pasid(prefix) : 0,
                hasPasid ? EventLogEntry.GN : 0), PageRequestMessage.address(message));
        if (PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else if (PageRequestMessage.isLast(message)) {
            tally.increment(Counter.AUTO_ANSWERED);
            functions.respond(requesterId, PasidPrefix.pasid(prefix), PageRequestMessage.groupIndex(message),
                    PageGroupResponseMessage.INVALID_REQUEST);
        } else {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        }
    }

    /**
     * A fault that cannot be recovered from, or an error: log it, if the event log takes it.
     *
     * @param qw0 first word of the record, see {@link EventLogEntry}
     * @param qw1 second word
     */
    public void fault(final long qw0, final long qw1) {
        tally.increment(events.offer(qw0, qw1) ? Counter.EVENTS_RECORDED : Counter.EVENTS_LOST);
    }

    @Override
    public void connectDeviceTlb(final int requesterId, final InvalidateRequestPort port) {
        caches.connect(requesterId, port);
    }

    @Override
    public void invalidateCompletion(final int requesterId, final long message) {
        caches.complete(requesterId, message);
    }

    /** To this IOMMU it is an invalidation like any other that is never completed. */
    @Override
    public void invalidateUnsupported(final int requesterId, final int tag) {
        // Nothing happens until its time is over.
    }

    /** Each invalidation ends in event 7, and COMPLETION_WAITs go on. */
    @Override
    public boolean timeOutInvalidations(final int requesterId) {
        return caches.timeOut(requesterId);
    }

    @Override
    public int doWork() {
        applyWrites();
        requests.endCycle();
        events.endCycle();
        return commands.doWork();
    }

    private void applyWrites() {
        final long written = control.read();
        takesRequests = (written & AmdRegisters.PPR_EN) != 0;
        blocksStopMarkers = (written & AmdRegisters.BLK_STOP_MRK_EN) != 0;
        requests.applyWrites();
        events.applyWrites();
        commands.applyWrites();
        final long early = overflowEarly.read();
        if (early != appliedOverflowEarly) {
            appliedOverflowEarly = early;
            if ((early & AmdRegisters.EARLY_EN & 0xFFFFFFFFL) == 0) {
                requests.indicateNothingEarly();
            } else {
                requests.indicateEarly((int) early & AmdRegisters.EARLY_THRESHOLD,
                        (early & AmdRegisters.EARLY_INT_EN) != 0);
            }
        }
    }

    /** What commands do. */
    private final class CommandEffects implements CommandBuffer.Effects {

        @Override
        public void respond(final int requesterId, final int pasid, final int groupIndex, final int code) {
            functions.respond(requesterId, pasid, groupIndex, code);
        }

        @Override
        public void invalidationTimedOut(final int requesterId, final long commandAddress) {
            fault(EventLogEntry.qw0(EventLogEntry.IOTLB_INV_TIMEOUT, requesterId, 0, 0), commandAddress);
        }

        @Override
        public void error(final int eventType, final long commandAddress) {
            fault(EventLogEntry.qw0(eventType, 0, 0, 0), commandAddress);
        }

        @Override
        public void waitInterrupt() {
            if ((control.read() & AmdRegisters.COM_WAIT_INT_EN) != 0
                    && status.raise(AmdRegisters.COM_WAIT_INT) != 0) {
                tally.increment(Counter.EVENT_INTERRUPTS);
                eventInterrupt.raise();
            }
        }
    }
}
