/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.function.BooleanSupplier;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.TranslationAnswers;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.AddressType;
import org.faultring.hwmodel.pci.InvalidateCompletionMessage;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.hwmodel.pci.RequesterId;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * An Intel VT-d IOMMU in scalable mode, as far as faults reach: the page request queue and its overflow, the
 * invalidation queue that carries answers and invalidations, and the fault recording registers.
 *
 * <p>A register write only stores; this agent acts on it in its next duty cycle. While the page request queue is in
 * overflow a request that closes its group is answered by the hardware itself, any other vanishes, and stop markers
 * vanish too. Requests are answered in the same way, with another code, before software has set the queue up and when
 * they come from a function whose page requests are not enabled; the latter are recorded as faults as well. What is in
 * doubt is in {@link VtdSettings}.
 *
 * <p>What is mapped is in a {@link TranslationSource}, for translation requests alone; who finds that
 * another request cannot be translated calls {@link #fault}.
 */
public final class VtdIommu implements VtdHardware {

    private final RegisterFile registers;
    private final PendingEvents events = new PendingEvents();
    private final PageRequestQueue requests;
    private final FaultStatus faultStatus;
    private final FaultRecorder faults;
    private final DeviceTlbInvalidations deviceTlbs = new DeviceTlbInvalidations();
    private final InvalidationWaits waits;
    private final InvalidationQueue invalidations;
    private final Functions functions;
    private final TranslationAnswers translations;
    private final Tally tally;
    private final VtdSettings settings;
    /** Functions whose page requests are not enabled: PRE of their context entry is 0. */
    private final boolean[] blocked = new boolean[RequesterId.COUNT];
    private boolean isAnyBlocked;
    /** Functions whose device TLB is not enabled: DTE of their context entry is 0. */
    private final boolean[] translationBlocked = new boolean[RequesterId.COUNT];
    /** Requests can be queued without a further look. */
    private boolean isOpen;

    /**
     * An IOMMU whose queues are not set up yet.
     *
     * @param memory       that software and hardware share
     * @param autoResponse code of the hardware's own answer in overflow, 0..15;
     *                     {@link PageGroupResponseMessage#SUCCESS} unless you know better
     * @param tally        of the world that calls
     */
    public VtdIommu(final DmaMemory memory, final int autoResponse, final Tally tally) {
        this(memory, VtdSettings.DEFAULT.withAutoResponse(autoResponse), tally);
    }

    /**
     * An IOMMU whose queues are not set up yet.
     *
     * @param memory   that software and hardware share
     * @param settings what an implementation may choose
     * @param tally    of the world that calls
     */
    public VtdIommu(final DmaMemory memory, final VtdSettings settings, final Tally tally) {
        this.settings = settings;
        this.functions = new Functions(tally);
        this.translations = new TranslationAnswers(PrivilegeBits.PRIV_ABOVE_EXE, tally);
        this.tally = tally;
        registers = new RegisterFile(settings.registersLengthBytes());
        final long cap = VtdRegisters.cap(VtdRegisters.FAULT_RECORDS, settings.faultRecords());
        registers.define64(VtdRegisters.CAP, new ReadOnlyRegister(() -> cap));
        registers.define64(VtdRegisters.ECAP, new ReadOnlyRegister(() -> VtdRegisters.ECAP_QI | VtdRegisters.ECAP_DT
                | VtdRegisters.ECAP_PRS | VtdRegisters.ECAP_PDS | VtdRegisters.ECAP_SMTS));
        requests = new PageRequestQueue(memory, registers, events, tally);
        final FaultRecordRegisters records = new FaultRecordRegisters(registers, VtdRegisters.FAULT_RECORDS,
                settings.faultRecords());
        faultStatus = new FaultStatus(registers, records, events, tally);
        faults = new FaultRecorder(records, faultStatus, settings.merging(), tally);
        waits = new InvalidationWaits(memory, registers, deviceTlbs, events, tally);
        invalidations = new InvalidationQueue(memory, registers, new InvalidationErrors(registers, faultStatus, tally),
                deviceTlbs, waits, functions::respond);
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        functions.connect(requesterId, port);
    }

    /**
     * Put the device TLB of a function behind this IOMMU. A function without one has nothing to invalidate.
     *
     * @param requesterId of the function, 16 bits
     * @param port        where its invalidations go
     */
    @Override
    public void connectDeviceTlb(final int requesterId, final InvalidateRequestPort port) {
        deviceTlbs.connect(requesterId, port);
    }

    /**
     * Set-up: page requests of a function are not enabled (PRE of its context entry is 0). They are answered by the
     * hardware and recorded as faults.
     *
     * @param requesterId of the function, 16 bits
     */
    public void blockPageRequests(final int requesterId) {
        blocked[requesterId] = true;
        isAnyBlocked = true;
        isOpen = false;
    }

    @Override
    public void translateBy(final TranslationSource source) {
        translations.translateBy(source);
    }

    /**
     * Set-up: translation requests of a function are not enabled (DTE of its context entry is 0). They are completed as
     * unsupported and recorded as faults.
     *
     * @param requesterId of the function, 16 bits
     */
    public void blockTranslationRequests(final int requesterId) {
        translationBlocked[requesterId] = true;
    }

    /**
     * Set-up: whether page requests are under way that have not reached the IOMMU, which a wait with page request drain
     * waits for. None are unless this is called.
     *
     * @param underWay asked in the hardware world
     */
    public void watchRequestsUnderWay(final BooleanSupplier underWay) {
        waits.watch(underWay);
    }

    @Override
    public RegisterFile registers() {
        return registers;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return requests.interrupt();
    }

    @Override
    public InterruptLine faultInterrupt() {
        return faultStatus.interrupt();
    }

    @Override
    public InterruptLine invalidationInterrupt() {
        return waits.interrupt();
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        if (!isOpen && isRefused(requesterId, prefix, message)) {
            drop(requesterId, prefix, message, settings.blockedResponse());
            return;
        }
        final PageRequestQueue.Outcome outcome =
                requests.offer(PageRequestDescriptor.qw0(requesterId, prefix), message);
        if (outcome == PageRequestQueue.Outcome.QUEUED) {
            return;
        }
        if (outcome == PageRequestQueue.Outcome.OVERFLOWED) {
            tally.increment(Counter.OVERFLOWS);
        }
        drop(requesterId, prefix, message, settings.autoResponse());
    }

    /**
     * A page that is missing is no fault. The statuses of the two faults are not verified: Unsupported Request where
     * the function may not ask, Completer Abort where the tables cannot be read.
     */
    @Override
    public long translate(final int requesterId, final int prefix, final long message) {
        if (translationBlocked[requesterId]) {
            translationFault(requesterId, prefix, message, FaultReason.TRANSLATION_REQUEST_BLOCKED);
            return translations.unsupported();
        }
        final long found = translations.find(requesterId, prefix, message);
        if ((found & TranslationSource.ERROR) != 0) {
            translationFault(requesterId, prefix, message, FaultReason.FIRST_LEVEL_ACCESS);
            return translations.abort();
        }
        return translations.complete(prefix, message, found);
    }

    private void translationFault(final int requesterId, final int prefix, final long message, final int reason) {
        fault(requesterId, PasidPrefix.pasid(prefix), TranslationRequestMessage.address(message), reason,
                (TranslationRequestMessage.isNoWrite(message) ? FaultRecord.READ : FaultRecord.WRITE)
                        | FaultRecord.addressType(AddressType.TRANSLATION_REQUEST.at()) | attributes(prefix));
    }

    private boolean isRefused(final int requesterId, final int prefix, final long message) {
        if (blocked[requesterId]) {
            fault(requesterId, PasidPrefix.pasid(prefix), PageRequestMessage.address(message),
                    FaultReason.PAGE_REQUEST_BLOCKED, FaultRecord.PAGE_REQUEST | attributes(prefix));
            return true;
        }
        return !requests.isEnabled();
    }

    private static long attributes(final int prefix) {
        if (!PasidPrefix.isPresent(prefix)) {
            return 0;
        }
        return ((prefix & PasidPrefix.EXECUTE_REQUESTED) == 0 ? 0 : FaultRecord.EXECUTE)
                | ((prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) == 0 ? 0 : FaultRecord.PRIVILEGED);
    }

    /** A request that is not queued: answered if it closes its group. */
    private void drop(final int requesterId, final int prefix, final long message, final int code) {
        if (PageRequestMessage.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else if (PageRequestMessage.isLast(message)) {
            tally.increment(Counter.AUTO_ANSWERED);
            functions.respond(requesterId, PasidPrefix.pasid(prefix), PageRequestMessage.groupIndex(message), code);
        } else {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        }
    }

    /**
     * A request failed in a way that cannot be recovered from: record it.
     *
     * @param requesterId of the function, 16 bits
     * @param pasid       of the request, or {@link PageRequestMessage#NO_PASID}
     * @param address     that it asked for, or an interrupt index in bits 63:48
     * @param reason      8 bits, see {@link FaultReason}
     * @param attributes  of the record, see {@link FaultRecord#high}
     */
    public void fault(final int requesterId, final int pasid, final long address, final int reason,
            final long attributes) {
        faults.record(FaultRecord.low(address), FaultRecord.high(requesterId, pasid, reason, attributes));
    }

    /** A completion of something that is not out at the function sets FSTS.ICE. */
    @Override
    public void invalidateCompletion(final int requesterId, final long message) {
        invalidations.complete(requesterId, InvalidateCompletionMessage.tags(message),
                InvalidateCompletionMessage.count(message));
    }

    /** To this IOMMU it is an invalidation like any other that is never completed. */
    @Override
    public void invalidateUnsupported(final int requesterId, final int tag) {
        // Nothing happens until its time is over.
    }

    /**
     * The time for a function to complete invalidations is over. There is no clock here: who has one, or no patience,
     * calls. Everything that is out at the function is given up, waits that were fetched are aborted, FSTS.ITE is set.
     *
     * @param requesterId of the function, 16 bits
     * @return false if nothing was out at it, and nothing happened
     */
    @Override
    public boolean timeOutInvalidations(final int requesterId) {
        return invalidations.timeOut(requesterId);
    }

    @Override
    public int doWork() {
        requests.applyWrites();
        isOpen = !isAnyBlocked && requests.isEnabled();
        requests.endCycle();
        invalidations.applyWrites();
        final int sent = events.isEmpty() ? 0 : events.resolve();
        return sent + invalidations.doWork();
    }
}
