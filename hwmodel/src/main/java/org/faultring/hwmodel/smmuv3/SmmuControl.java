/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.ring.counter.Tally;

/**
 * What every driver of an SMMU does alike, as Linux does it: {@code arm_smmu_device_reset},
 * {@code arm_smmu_gerror_handler} (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c) and the event queue.
 *
 * <p>Kernel world; allocates nothing after {@link #start()}.
 */
final class SmmuControl {

    private final RegisterFile registers;
    private final Smmuv3Interrupts interrupts;
    private final boolean hasRequests;
    private final CommandIssuer commands;
    private final QueueReader requests;
    private final EventThread events;
    private final Invalidation invalidation;
    private final QueueReader eventQueue;
    private final StreamDirectory directory = new StreamDirectory();
    private long errorsHandled;
    private boolean disabled;

    SmmuControl(final RegisterFile registers, final Smmuv3Interrupts interrupts, final DmaMemory memory,
            final Smmuv3DriverSettings settings, final Tally tally) {
        this.registers = registers;
        this.interrupts = interrupts;
        final int idr0 = registers.read32(Smmuv3Registers.IDR0);
        hasRequests = (idr0 & Smmuv3Registers.IDR0_PRI) != 0;
        commands = new CommandIssuer(registers, Smmuv3Registers.CMDQ_PROD, Smmuv3Registers.CMDQ_CONS, memory,
                commandSize(settings.log2Commands()), settings.responsesPerSubmission(),
                (idr0 & Smmuv3Registers.IDR0_MSI) != 0, Command.CS_SEV, tally);
        eventQueue = new QueueReader(registers, Smmuv3Registers.EVENTQ_PROD, Smmuv3Registers.EVENTQ_CONS, memory,
                EventRecord.LENGTH_BYTES, size(settings.log2Events(), Smmuv3Registers.IDR1_EVENTQS_SHIFT));
        invalidation = new Invalidation(commands);
        events = new EventThread(eventQueue, interrupts.events(), directory, commands, tally);
        requests = new QueueReader(registers, Smmuv3Registers.PRIQ_PROD, Smmuv3Registers.PRIQ_CONS, memory,
                PriQueueEntry.LENGTH_BYTES, size(settings.log2Requests(), Smmuv3Registers.IDR1_PRIQS_SHIFT));
    }

    private int commandSize(final int wanted) {
        final int log2Size = size(wanted, Smmuv3Registers.IDR1_CMDQS_SHIFT);
        if (1 << log2Size <= Smmuv3DriverSettings.BATCH) {
            throw new IllegalArgumentException("log2Commands=" + log2Size + " (expected: more than "
                    + Smmuv3DriverSettings.BATCH + " entries)");
        }
        return log2Size;
    }

    private int size(final int wanted, final int shift) {
        return Math.min(wanted, registers.read32(Smmuv3Registers.IDR1) >>> shift & 0x1F);
    }

    /** Program the queues and switch everything on. Linux does it piece by piece and waits for each in CR0ACK. */
    void start() {
        registers.write64(Smmuv3Registers.CMDQ_BASE, commands.start());
        registers.write64(Smmuv3Registers.EVENTQ_BASE, eventQueue.start());
        int control = Smmuv3Registers.SMMUEN | Smmuv3Registers.EVENTQEN | Smmuv3Registers.CMDQEN;
        int interruptControl = Smmuv3Registers.IRQ_GERROR | Smmuv3Registers.IRQ_EVENTQ;
        if (hasRequests) {
            registers.write64(Smmuv3Registers.PRIQ_BASE, requests.start());
            control |= Smmuv3Registers.PRIQEN;
            interruptControl |= Smmuv3Registers.IRQ_PRIQ;
        }
        registers.write32(Smmuv3Registers.CR2, Smmuv3Registers.RECINVSID);
        registers.write32(Smmuv3Registers.IRQ_CTRL, interruptControl);
        registers.write32(Smmuv3Registers.CR0, control);
    }

    CommandIssuer commands() {
        return commands;
    }

    /** The PRI queue; not set up if the hardware has none. */
    QueueReader requests() {
        return requests;
    }

    EventThread events() {
        return events;
    }

    StreamDirectory directory() {
        return directory;
    }

    Invalidation invalidation() {
        return invalidation;
    }

    int doWork() {
        return handleErrors() + invalidation.doWork() + events.doWork();
    }

    /** The acknowledgement comes last: with it the hardware takes commands again. */
    private int handleErrors() {
        if (!interrupts.globalErrors().take()) {
            return 0;
        }
        final int raised = registers.read32(Smmuv3Registers.GERROR);
        final int active = (raised ^ registers.read32(Smmuv3Registers.GERRORN)) & Smmuv3Registers.GERROR_MASK;
        if (active == 0) {
            return 0;
        }
        errorsHandled++;
        if ((active & Smmuv3Registers.SFM_ERR) != 0) {
            disabled = true;
            registers.write32(Smmuv3Registers.CR0, 0);
        }
        if ((active & Smmuv3Registers.CMDQ_ERR) != 0) {
            commands.skipError();
        }
        registers.write32(Smmuv3Registers.GERRORN, raised);
        return 1;
    }

    /** Times that global errors were handled. */
    long errorsHandled() {
        return errorsHandled;
    }

    /** Whether service failure made the driver switch the SMMU off. */
    boolean isDisabled() {
        return disabled;
    }

    boolean isAtRest() {
        return events.isAtRest() && invalidation.isIdle() && commands.isAtRest();
    }
}
