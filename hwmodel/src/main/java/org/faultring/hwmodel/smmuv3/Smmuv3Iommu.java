/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.Iommu;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.hwmodel.iommu.TransactionPort;
import org.faultring.hwmodel.iommu.TransactionResultPort;
import org.faultring.hwmodel.iommu.TranslationAnswers;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.InvalidateRequestPort;
import org.faultring.hwmodel.pci.PageGroupResponsePort;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.PrivilegeBits;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Tally;

/**
 * An Arm SMMUv3, as far as faults and commands reach: page requests of PCIe functions in the PRI queue, stalls of other
 * masters and events in the event queue, the command queue that carries the answers, and global errors (Arm IHI 0070).
 *
 * <p>A function's StreamID is its requester ID. A register write only stores; this agent acts on it in its next duty
 * cycle. What is mapped is in a {@link TranslationSource}, for translation requests alone: a page request or
 * transaction that arrives has missed.
 */
public final class Smmuv3Iommu implements Iommu, TransactionPort {

    private final RegisterFile registers = new RegisterFile(Smmuv3Registers.LENGTH_BYTES);
    private final StoredRegister control = new StoredRegister(Smmuv3Registers.CR0_MASK);
    private final StoredRegister acknowledged = new StoredRegister(Smmuv3Registers.CR0_MASK);
    private final StoredRegister control2 = new StoredRegister(0xF);
    private final StoredRegister commandBase = new StoredRegister(
            Smmuv3Registers.BASE_HINT | Smmuv3Registers.BASE_ADDRESS_MASK | Smmuv3Registers.LOG2SIZE_MASK);
    private final StreamTable streams = new StreamTable();
    private final Smmuv3Settings settings;
    private final Smmuv3Interrupts interrupts;
    private final Functions functions;
    private final FunctionCaches caches = new FunctionCaches();
    private final TranslationAnswers translations;
    private final PriQueue requests;
    private final EventQueue events;
    private final StallUnit stalls;
    private final CommandExecutor executor;
    private final CommandQueue commands;
    private int appliedControl;

    /**
     * An SMMU that is switched off.
     *
     * @param memory   that software and hardware share
     * @param settings of the implementation
     * @param tally    of the world that calls
     */
    public Smmuv3Iommu(final DmaMemory memory, final Smmuv3Settings settings, final Tally tally) {
        this.settings = settings;
        interrupts = new Smmuv3Interrupts(registers);
        final GlobalErrors errors = new GlobalErrors(registers, interrupts);
        functions = new Functions(tally);
        translations = new TranslationAnswers(PrivilegeBits.PRIV_ABOVE_EXE, tally);
        requests = new PriQueue(settings, memory, registers, streams, errors, interrupts, functions, tally);
        events = new EventQueue(settings, memory, registers, errors, interrupts, tally);
        stalls = new StallUnit(settings, streams, events, tally);
        executor = new CommandExecutor(settings, memory, functions, caches, stalls, errors, interrupts, tally);
        commands = new CommandQueue(memory, executor, errors.latch(), settings.log2Commands());
        defineRegisters();
    }

    private void defineRegisters() {
        registers.define32(Smmuv3Registers.IDR0, new ReadOnlyRegister(settings::idr0));
        registers.define32(Smmuv3Registers.IDR1, new ReadOnlyRegister(settings::idr1));
        registers.define32(Smmuv3Registers.IDR3, new ReadOnlyRegister(settings::idr3));
        registers.define32(Smmuv3Registers.IDR5, new ReadOnlyRegister(settings::idr5));
        registers.define32(Smmuv3Registers.CR0, control);
        registers.define32(Smmuv3Registers.CR0ACK, new ReadOnlyRegister(acknowledged::read));
        registers.define32(Smmuv3Registers.CR2, control2);
        registers.define64(Smmuv3Registers.CMDQ_BASE, commandBase);
        registers.define32(Smmuv3Registers.CMDQ_PROD, commands.producerRegister());
        registers.define32(Smmuv3Registers.CMDQ_CONS, commands.consumerRegister());
    }

    @Override
    public void connect(final int requesterId, final PageGroupResponsePort port) {
        functions.connect(requesterId, port);
    }

    /**
     * Set-up: put a master behind this SMMU whose transactions may stall.
     *
     * @param streamId of the master, 16 bits
     * @param master   learns how its transactions end
     * @param tags     its transactions have, counted from 0: 1..65536
     */
    public void connectMaster(final int streamId, final TransactionResultPort master, final int tags) {
        stalls.connect(streamId, master, tags);
    }

    @Override
    public RegisterFile registers() {
        return registers;
    }

    @Override
    public InterruptLine pageRequestInterrupt() {
        return interrupts.pageRequests();
    }

    /**
     * All interrupts.
     *
     * @return the lines
     */
    public Smmuv3Interrupts interrupts() {
        return interrupts;
    }

    /**
     * What software says about each stream.
     *
     * @return the table
     */
    public StreamTable streams() {
        return streams;
    }

    @Override
    public void connectDeviceTlb(final int requesterId, final InvalidateRequestPort port) {
        caches.connect(requesterId, port);
    }

    @Override
    public void invalidateCompletion(final int requesterId, final long message) {
        caches.complete(requesterId, message);
    }

    /** The CMD_ATC_INV is complete, without an error (Arm IHI 0070, CMD_ATC_INV). */
    @Override
    public void invalidateUnsupported(final int requesterId, final int tag) {
        caches.completeUnsupported(requesterId, tag);
    }

    /** The next CMD_SYNC of the queue that invalidated is in error. */
    @Override
    public boolean timeOutInvalidations(final int requesterId) {
        return caches.timeOut(requesterId);
    }

    /**
     * What executes commands, for virtual command queues that share this SMMU.
     *
     * @return the executor
     */
    CommandExecutor executor() {
        return executor;
    }

    @Override
    public void pageRequest(final int requesterId, final int prefix, final long message) {
        requests.pageRequest(requesterId, prefix, message);
    }

    @Override
    public void translateBy(final TranslationSource source) {
        translations.translateBy(source);
    }

    /**
     * Unsupported Request and F_BAD_ATS_TREQ while the SMMU is off or the stream may not use ATS; Completer Abort where
     * the stream is not valid or the tables cannot be read, with an event only if CR2.REC_CFG_ATS says so (Arm IHI
     * 0070, responses to ATS Translation Requests). An SMMU without ATS never gets to see one; here that is Unsupported
     * Request without an event.
     */
    @Override
    public long translate(final int requesterId, final int prefix, final long message) {
        if (!settings.ats()) {
            return translations.unsupported();
        }
        if ((appliedControl & Smmuv3Registers.SMMUEN) == 0) {
            record(EventRecord.F_BAD_ATS_TREQ, requesterId, prefix, message);
            return translations.unsupported();
        }
        final int stream = streams.flags(requesterId);
        if ((stream & StreamTable.VALID) == 0) {
            recordIfAsked(EventRecord.C_BAD_STE, requesterId, prefix, message);
            return translations.abort();
        }
        if ((stream & StreamTable.EATS) == 0) {
            record(EventRecord.F_BAD_ATS_TREQ, requesterId, prefix, message);
            return translations.unsupported();
        }
        final long found = translations.find(requesterId, prefix, message);
        if ((found & TranslationSource.ERROR) != 0) {
            recordIfAsked(EventRecord.F_WALK_EABT, requesterId, prefix, message);
            return translations.abort();
        }
        // Contexts that the processor shares and those that it does not would not mean the same by Global.
        return translations.complete(prefix, message, found & ~TranslationCompletionEntry.GLOBAL);
    }

    private void recordIfAsked(final int id, final int streamId, final int prefix, final long message) {
        if ((control2.read() & Smmuv3Registers.REC_CFG_ATS) != 0) {
            record(id, streamId, prefix, message);
        }
    }

    private void record(final int id, final int streamId, final int prefix, final long message) {
        recordEvent(EventRecord.qw0(id, streamId, PasidPrefix.pasid(prefix)), 0,
                TranslationRequestMessage.address(message), 0);
    }

    @Override
    public void transaction(final int streamId, final int pasid, final long address, final int access,
            final int tag) {
        stalls.transaction(streamId, pasid, address, access, tag);
    }

    /**
     * Record an event that something outside of the model found, such as a bad configuration; one that cannot be
     * written is lost. C_BAD_STREAMID is recorded only if CR2 says so.
     *
     * @param qw0 first word, see {@link EventRecord}
     * @param qw1 second word, without stall
     * @param qw2 third word
     * @param qw3 fourth word
     */
    public void recordEvent(final long qw0, final long qw1, final long qw2, final long qw3) {
        final int streamId = EventRecord.streamId(qw0);
        if (EventRecord.id(qw0) != EventRecord.C_BAD_STREAMID
                || (control2.read() & Smmuv3Registers.RECINVSID) != 0) {
            events.record(streamId >>> 16 == 0 ? streams.flags(streamId) : 0, qw0, qw1 & ~EventRecord.STALL, qw2,
                    qw3);
        }
    }

    /** For tests and experiments: the interconnect aborts the next write to the PRI queue. */
    public void abortNextRequestWrite() {
        requests.abortNextWrite();
    }

    /** For tests and experiments: the interconnect aborts the next write to the event queue. */
    public void abortNextEventWrite() {
        events.abortNextWrite();
    }

    /** For tests and experiments: the interconnect aborts the next fetch of commands. */
    public void abortNextCommandFetch() {
        commands.abortNextFetch();
    }

    /**
     * Transactions that are stalled, with events that are recorded or held back.
     *
     * @return 0..STALL_MAX
     */
    public int stalled() {
        return stalls.stalled();
    }

    /**
     * Stalled transactions whose events are held back.
     *
     * @return the count
     */
    public int heldBack() {
        return stalls.heldBack();
    }

    /**
     * Transactions that wait because STALL_MAX others are stalled.
     *
     * @return the count
     */
    public int waiting() {
        return stalls.waiting();
    }

    @Override
    public int doWork() {
        interrupts.applyWrites();
        final int wanted = (int) control.read();
        if (wanted != appliedControl) {
            applyControl(wanted);
        }
        final int work = commands.doWork() + stalls.recordHeld();
        requests.endCycle();
        events.endCycle();
        return work;
    }

    private void applyControl(final int wanted) {
        appliedControl = wanted;
        requests.applyControl(wanted);
        events.applyControl(wanted);
        stalls.applyControl(wanted);
        final boolean runsCommands = (wanted & Smmuv3Registers.CMDQEN) != 0;
        if (runsCommands && !commands.isEnabled()) {
            commands.enable(commandBase.read());
        } else if (!runsCommands) {
            commands.disable();
        }
        acknowledged.write(wanted);
    }
}
