/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.InterruptLine;
import org.faultring.hwmodel.iommu.ReadOnlyRegister;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.queue.ToggleLatch;

/**
 * One virtual interface of {@link Tegra241Cmdqv}: command queues that one virtual machine, or the host, works by
 * itself. A guest may invalidate translations and the caches of its own devices, nothing else; what else it writes is
 * an illegal command.
 *
 * <p>Hardware world, but for the registers.
 */
final class VirtualInterface implements CommandQueue.Executor {

    private static final int SID_SHIFT = 1;
    private static final int SID_MASK = 0xF_FFFF;

    private final CommandExecutor smmu;
    private final InterruptLine interrupt;
    private final Tally tally;
    private final StoredRegister configuration = new StoredRegister(0x3FFFFL);
    private final StoredRegister status = new StoredRegister(CmdqvRegisters.VINTF_EN);
    private final StoredRegister[] match = new StoredRegister[CmdqvRegisters.SIDS];
    private final StoredRegister[] replace = new StoredRegister[CmdqvRegisters.SIDS];
    private final RegisterFile guestPage = new RegisterFile(CmdqvRegisters.GUEST_LENGTH_BYTES);

    private final CommandQueue[] queues;
    private final ToggleLatch[] errors;
    private final StoredRegister[] bases;
    private final StoredRegister[] queueConfigurations;
    private final StoredRegister[] queueStatuses;

    VirtualInterface(final CommandExecutor smmu, final DmaMemory memory, final InterruptLine interrupt,
            final int queueCount, final Tally tally) {
        this.smmu = smmu;
        this.interrupt = interrupt;
        this.tally = tally;
        queues = new CommandQueue[queueCount];
        errors = new ToggleLatch[queueCount];
        bases = new StoredRegister[queueCount];
        queueConfigurations = new StoredRegister[queueCount];
        queueStatuses = new StoredRegister[queueCount];
        for (int i = 0; i < queueCount; i++) {
            errors[i] = new ToggleLatch();
            queues[i] = new CommandQueue(memory, this, errors[i], Smmuv3Registers.MAX_LOG2SIZE);
            bases[i] = new StoredRegister(Smmuv3Registers.BASE_ADDRESS_MASK | Smmuv3Registers.LOG2SIZE_MASK);
            queueConfigurations[i] = new StoredRegister(1);
            queueStatuses[i] = new StoredRegister(1);
            definePage0(guestPage, i * CmdqvRegisters.VCMDQ_STRIDE, i);
        }
        for (int s = 0; s < CmdqvRegisters.SIDS; s++) {
            match[s] = new StoredRegister(0x1FFFFFL);
            replace[s] = new StoredRegister(SID_MASK);
        }
    }

    /** The host's view: of the interface, and of its queues from a global number on. */
    void define(final RegisterFile registers, final int base, final int firstQueue) {
        registers.define32(base + CmdqvRegisters.VINTF_CONFIG, configuration);
        registers.define32(base + CmdqvRegisters.VINTF_STATUS, new ReadOnlyRegister(status::read));
        for (int s = 0; s < CmdqvRegisters.SIDS; s++) {
            registers.define32(base + CmdqvRegisters.VINTF_SID_MATCH + s * Integer.BYTES, match[s]);
            registers.define32(base + CmdqvRegisters.VINTF_SID_REPLACE + s * Integer.BYTES, replace[s]);
        }
        for (int m = 0; m < 2; m++) {
            final int first = m * Long.SIZE;
            registers.define64(base + CmdqvRegisters.VINTF_LVCMDQ_ERR_MAP + m * Long.BYTES,
                    new ReadOnlyRegister(() -> errorMap(first)));
        }
        for (int i = 0; i < queues.length; i++) {
            final int offset = (firstQueue + i) * CmdqvRegisters.VCMDQ_STRIDE;
            definePage0(registers, CmdqvRegisters.VCMDQ_PAGE_0 + offset, i);
            registers.define64(CmdqvRegisters.VCMDQ_PAGE_1 + offset + CmdqvRegisters.VCMDQ_BASE, bases[i]);
        }
    }

    private void definePage0(final RegisterFile registers, final int base, final int i) {
        registers.define32(base + CmdqvRegisters.VCMDQ_CONS, queues[i].consumerRegister());
        registers.define32(base + CmdqvRegisters.VCMDQ_PROD, queues[i].producerRegister());
        registers.define32(base + CmdqvRegisters.VCMDQ_CONFIG, queueConfigurations[i]);
        registers.define32(base + CmdqvRegisters.VCMDQ_STATUS, new ReadOnlyRegister(queueStatuses[i]::read));
        registers.define32(base + CmdqvRegisters.VCMDQ_GERROR,
                new ReadOnlyRegister(() -> errors[i].raisedWord() & 0xFFFFFFFFL));
        registers.define32(base + CmdqvRegisters.VCMDQ_GERRORN, GlobalErrors.acknowledgement(errors[i]));
    }

    RegisterFile guestPage() {
        return guestPage;
    }

    /** Queues in error, 64 of them from one on, a bit each. */
    long errorMap(final int first) {
        long map = 0;
        for (int i = first; i < Math.min(queues.length, first + Long.SIZE); i++) {
            if (errors[i].active() != 0) {
                map |= 1L << i - first;
            }
        }
        return map;
    }

    boolean hasError() {
        return errorMap(0) != 0 || errorMap(Long.SIZE) != 0;
    }

    int doWork() {
        status.write(configuration.read() & CmdqvRegisters.VINTF_EN);
        final boolean runs = status.read() != 0;
        int work = 0;
        for (int i = 0; i < queues.length; i++) {
            final boolean wanted = runs && queueConfigurations[i].read() != 0;
            if (wanted != queues[i].isEnabled()) {
                enable(i, wanted);
            }
            work += queues[i].doWork();
        }
        return work;
    }

    private void enable(final int i, final boolean wanted) {
        if (wanted) {
            queues[i].enable(bases[i].read());
        } else {
            queues[i].disable();
        }
        queueStatuses[i].write(wanted ? 1 : 0);
    }

    private boolean isHosts() {
        return (configuration.read() & CmdqvRegisters.VINTF_HYP_OWN) != 0;
    }

    @Override
    public int execute(final long qw0, final long qw1, final CommandQueue queue) {
        if (isHosts()) {
            return smmu.execute(qw0, qw1, queue);
        }
        switch (Command.opcode(qw0)) {
            case Command.TLBI_NH_ASID:
            case Command.TLBI_NH_VA:
                return smmu.execute(qw0, qw1, queue);
            case Command.ATC_INV:
                return invalidateAtc(qw0, qw1, queue);
            default:
                return Smmuv3Registers.CERROR_ILL;
        }
    }

    /** A guest names a device by its virtual StreamID, and only its own. */
    private int invalidateAtc(final long qw0, final long qw1, final CommandQueue queue) {
        final int virtual = Command.streamId(qw0);
        for (int s = 0; s < CmdqvRegisters.SIDS; s++) {
            final int entry = (int) match[s].read();
            if ((entry & 1) != 0 && entry >>> SID_SHIFT == virtual) {
                return smmu.execute(Command.withStreamId(qw0, (int) replace[s].read()), qw1, queue);
            }
        }
        return Smmuv3Registers.CERROR_ILL;
    }

    @Override
    public int complete(final long qw0, final long qw1) {
        if (isHosts()) {
            return smmu.complete(qw0, qw1);
        }
        return Command.completion(qw0) == Command.CS_NONE ? Smmuv3Registers.CERROR_NONE : Smmuv3Registers.CERROR_ILL;
    }

    @Override
    public void commandError() {
        tally.increment(Counter.COMMAND_ERRORS);
        interrupt.raise();
    }
}
