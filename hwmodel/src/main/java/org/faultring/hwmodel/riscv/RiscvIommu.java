/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.DeviceTable;
import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.TranslationAnswers;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * A RISC-V IOMMU, as far as faults reach: page request queue, fault queue, command queue, and the registers that govern
 * them (RISC-V IOMMU Architecture Specification 1.0).
 *
 * <p>A register write only stores; this agent acts on it in its next duty cycle. What becomes of a page request:
 *
 * <table>
 * <caption>In the order in which it is looked at</caption>
 * <tr><th>situation</th><th>closes its group: answer</th><th>its PASID in the answer</th><th>fault record</th></tr>
 * <tr><td>mode Off</td><td>Response Failure</td><td>yes</td><td>256</td></tr>
 * <tr><td>mode Bare, or device ID too wide</td><td>Invalid Request</td><td>no</td><td>260</td></tr>
 * <tr><td>no device context to be had</td><td>Response Failure</td><td>yes</td><td>257..259</td></tr>
 * <tr><td>EN_PRI = 0</td><td>Invalid Request</td><td>if PRPR = 1</td><td>260</td></tr>
 * <tr><td>queue off, or pqmf</td><td>Response Failure</td><td>yes</td><td>none</td></tr>
 * <tr><td>pqof, or full, which sets it</td><td>Success</td><td>if PRPR = 1</td><td>none</td></tr>
 * <tr><td>none of these</td><td>none: queued</td><td></td><td>none</td></tr>
 * </table>
 *
 * <p>Requests that do not close their group, and stop markers, vanish without an answer where others get one; they are
 * queued like any other. Device contexts are those of requester IDs in segment 0; for mode Bare and IDs that are too
 * wide there is none, so no PRPR either.
 */
public final class RiscvIommu implements Iommu {

    private final RegisterFile registers = new RegisterFile(RiscvRegisters.LENGTH_BYTES);
    private final DeviceTable deviceTable = new DeviceTable();
    private final Interrupts interrupts = new Interrupts(registers);
    private final StopMarkerRule stopMarkers;
    private final Admission admission;
    private final RecordQueue requests;
    private final RecordQueue faults;
    private final CommandQueue commands;
    private final Functions functions;
    private final FunctionCaches caches = new FunctionCaches();
    private final TranslationAnswers translations;
    private final Tally tally;

    /**
     * An IOMMU in mode Off.
     *
     * @param memory      that software and hardware share
     * @param format      of the device directory; {@link DirectoryFormat#BASE} unless you know better
     * @param stopMarkers what is taken for a stop marker; {@link StopMarkerRule#WITH_PASID} unless you know better
     * @param tally       of the world that calls
     */
    public RiscvIommu(final DmaMemory memory, final DirectoryFormat format, final StopMarkerRule stopMarkers,
            final Tally tally) {
        this.stopMarkers = stopMarkers;
        this.tally = tally;
        functions = new Functions(tally);
        translations = new TranslationAnswers(PrivilegeBits.PRIV_ABOVE_EXE, tally);
        admission = new Admission(format, deviceTable, registers);
        requests = new RecordQueue(RecordQueue.Kind.PAGE_REQUESTS, memory, interrupts, registers, tally);
        faults = new RecordQueue(RecordQueue.Kind.FAULTS, memory, interrupts, registers, tally);
        commands = new CommandQueue(memory, interrupts, registers, functions::respond, caches, tally);
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        functions.connect(requesterId, port);
    }

    @Override
    public RegisterFile registers() {
        return registers;
    }

    /**
     * The device directory: the context of each function, as the {@code DC_} bits of {@link RiscvRegisters}.
     *
     * @return the table, for software to fill
     */
    public DeviceTable deviceTable() {
        return deviceTable;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return interrupts.cause(RiscvRegisters.PIP);
    }

    /**
     * Interrupt that announces faults, whatever its vector.
     *
     * @return the line
     */
    public InterruptLine faultInterrupt() {
        return interrupts.cause(RiscvRegisters.FIP);
    }

    /**
     * Interrupt that announces errors of commands and wired fences, whatever its vector.
     *
     * @return the line
     */
    public InterruptLine commandInterrupt() {
        return interrupts.cause(RiscvRegisters.CIP);
    }

    /**
     * Interrupt of a vector, whatever its causes.
     *
     * @param number 0..15
     * @return the line
     */
    public InterruptLine vector(final int number) {
        return interrupts.vector(number);
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        final int refusal = admission.refusal(requesterId, RiscvRegisters.DC_EN_PRI);
        if (refusal != Admission.ADMITTED) {
            refuse(requesterId, prefix, message, refusal);
            return;
        }
        final RecordQueue.Outcome outcome = requests.offer(PageRequestRecord.qw0(requesterId, prefix), message);
        if (outcome != RecordQueue.Outcome.QUEUED) {
            drop(requesterId, prefix, message, codeOf(outcome));
        }
    }

    private static int codeOf(final RecordQueue.Outcome outcome) {
        return outcome == RecordQueue.Outcome.OVERFLOWED || outcome == RecordQueue.Outcome.CLOSED
                ? PageGroupResponseMessage.SUCCESS
                : PageGroupResponseMessage.RESPONSE_FAILURE;
    }

    @Override
    public void translateBy(final TranslationSource source) {
        translations.translateBy(source);
    }

    /**
     * A request that is not admitted is unsupported, one for which the tables cannot be read is aborted. Neither is
     * recorded (RISC-V IOMMU reference model, which records no faults of translation requests).
     */
    @Override
    public long translate(final int requesterId, final int prefix, final long message) {
        if (admission.refusal(requesterId, RiscvRegisters.DC_EN_ATS) != Admission.ADMITTED) {
            return translations.unsupported();
        }
        final long found = translations.find(requesterId, prefix, message);
        return (found & TranslationSource.ERROR) != 0 ? translations.abort()
                : translations.complete(prefix, message, found);
    }

    /** A request that is not admitted leaves a fault record. */
    private void refuse(final int requesterId, final int prefix, final long message, final int cause) {
        fault(cause, FaultRecord.TTYP_MESSAGE_REQUEST, requesterId, prefix, FaultRecord.PAGE_REQUEST_MESSAGE_CODE, 0);
        drop(requesterId, prefix, message, cause == FaultRecord.TRANSACTION_TYPE_DISALLOWED
                ? PageGroupResponseMessage.INVALID_REQUEST
                : PageGroupResponseMessage.RESPONSE_FAILURE);
    }

    /** A request that is not queued: answered if it closes its group. */
    private void drop(final int requesterId, final int prefix, final long message, final int code) {
        if (stopMarkers.isStopMarker(message, prefix)) {
            tally.increment(Counter.STOP_MARKERS_DROPPED);
        } else if (PageRequestMessage.isLast(message)) {
            final boolean withPasid = code == PageGroupResponseMessage.RESPONSE_FAILURE
                    || (admission.context(requesterId) & RiscvRegisters.DC_PRPR) != 0;
            tally.increment(Counter.AUTO_ANSWERED);
            functions.respond(requesterId, withPasid ? PasidPrefix.pasid(prefix) : PageRequestMessage.NO_PASID,
                    PageRequestMessage.groupIndex(message), code);
        } else {
            tally.increment(Counter.DROPPED_IN_OVERFLOW);
        }
    }

    /**
     * A fault that cannot be recovered from: record it, unless the device context suppresses its cause, or the fault
     * queue does not take it. Suppressed faults are not counted as lost.
     *
     * @param cause    12 bits, see {@link FaultRecord}
     * @param ttyp     kind of transaction, 6 bits
     * @param deviceId of the function, 16 bits
     * @param pasid    of the transaction, or {@link PageRequestMessage#NO_PASID}
     * @param iotval   its address, or the code of a message
     * @param iotval2  guest physical address of a guest page fault
     */
    public void fault(final int cause, final int ttyp, final int deviceId, final int pasid, final long iotval,
            final long iotval2) {
        if ((admission.context(deviceId) & RiscvRegisters.DC_DTF) != 0 && FaultRecord.isSuppressedByDtf(cause)) {
            return;
        }
        final RecordQueue.Outcome outcome = faults.offer(FaultRecord.qw0(cause, ttyp, deviceId, pasid), iotval,
                iotval2);
        tally.increment(outcome == RecordQueue.Outcome.QUEUED ? Counter.EVENTS_RECORDED : Counter.EVENTS_LOST);
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

    /** The next fence sets cmd_to. */
    @Override
    public boolean timeOutInvalidations(final int requesterId) {
        return caches.timeOut(requesterId);
    }

    @Override
    public int doWork() {
        requests.applyWrites();
        faults.applyWrites();
        commands.applyWrites();
        // After the queues, as software switches them on before it lets devices in.
        admission.applyWrites();
        interrupts.applyWrites();
        requests.endCycle();
        faults.endCycle();
        return commands.doWork();
    }
}
