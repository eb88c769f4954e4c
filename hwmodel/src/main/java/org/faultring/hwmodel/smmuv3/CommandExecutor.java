/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.iommu.DmaMemory;
import org.faultring.hwmodel.iommu.FunctionCaches;
import org.faultring.hwmodel.iommu.Functions;
import org.faultring.hwmodel.pci.InvalidateRequestMessage;
import org.faultring.hwmodel.pci.PageGroupResponseMessage;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/**
 * What the commands of an SMMU do (Arm IHI 0070, commands). Invalidations find nothing cached in the SMMU and are
 * done when they are fetched; those of a function's cache go out to it.
 *
 * <p>Hardware world; allocates nothing.
 */
final class CommandExecutor implements CommandQueue.Executor {

    private static final int ATC_SIZE_MASK = 0x3F;
    /** PCIe code for each value of CMD_PRI_RESP.Resp. */
    private static final int[] PCIE_CODE = {PageGroupResponseMessage.RESPONSE_FAILURE,
        PageGroupResponseMessage.INVALID_REQUEST, PageGroupResponseMessage.SUCCESS};

    private final Smmuv3Settings settings;
    private final DmaMemory memory;
    private final Functions functions;
    private final FunctionCaches caches;
    private final StallUnit stalls;
    private final GlobalErrors errors;
    private final Smmuv3Interrupts interrupts;
    private final Tally tally;

    CommandExecutor(final Smmuv3Settings settings, final DmaMemory memory, final Functions functions,
            final FunctionCaches caches, final StallUnit stalls, final GlobalErrors errors,
            final Smmuv3Interrupts interrupts, final Tally tally) {
        this.settings = settings;
        this.memory = memory;
        this.functions = functions;
        this.caches = caches;
        this.stalls = stalls;
        this.errors = errors;
        this.interrupts = interrupts;
        this.tally = tally;
    }

    @Override
    public int execute(final long qw0, final long qw1, final CommandQueue queue) {
        switch (Command.opcode(qw0)) {
            case Command.RESUME:
                return stalls.resume(qw0, qw1);
            case Command.PRI_RESP:
                return respond(qw0, qw1);
            case Command.STALL_TERM:
                return stalls.terminateAll(qw0);
            case Command.ATC_INV:
                return invalidateAtc(qw0, qw1, queue);
            case Command.TLBI_NH_VA:
            case Command.TLBI_NH_VAA:
            case Command.TLBI_EL2_VA:
            case Command.TLBI_S2_IPA:
                return Command.isIllegalRange(qw0, qw1) ? Smmuv3Registers.CERROR_ILL : Smmuv3Registers.CERROR_NONE;
            case Command.PREFETCH_CFG:
            case Command.CFGI_STE:
            case Command.CFGI_STE_RANGE:
            case Command.CFGI_CD:
            case Command.CFGI_CD_ALL:
            case Command.TLBI_NH_ALL:
            case Command.TLBI_NH_ASID:
            case Command.TLBI_EL2_ALL:
            case Command.TLBI_EL2_ASID:
            case Command.TLBI_S12_VMALL:
            case Command.TLBI_NSNH_ALL:
                return Smmuv3Registers.CERROR_NONE;
            default:
                return Smmuv3Registers.CERROR_ILL;
        }
    }

    private int respond(final long qw0, final long qw1) {
        final int response = Command.response(qw1);
        if (!settings.pri() || response == Command.RESP_ILLEGAL) {
            return Smmuv3Registers.CERROR_ILL;
        }
        functions.respond(Command.streamId(qw0), Command.pasid(qw0), Command.groupIndex(qw1), PCIE_CODE[response]);
        return Smmuv3Registers.CERROR_NONE;
    }

    private int invalidateAtc(final long qw0, final long qw1, final CommandQueue queue) {
        if (!settings.ats()) {
            return Smmuv3Registers.CERROR_ILL;
        }
        final int streamId = Command.streamId(qw0);
        if (!caches.isConnected(streamId)) {
            return Smmuv3Registers.CERROR_NONE;
        }
        return caches.send(streamId, Command.pasid(qw0), atcBody(qw0, qw1), queue, qw0) ? Smmuv3Registers.CERROR_NONE
                : LATER;
    }

    private static long atcBody(final long qw0, final long qw1) {
        return InvalidateRequestMessage.of(qw1, Math.min((int) qw1 & ATC_SIZE_MASK, Command.ATC_ALL),
                (qw0 & Command.ATC_GLOBAL) == 0 ? 0 : InvalidateRequestMessage.GLOBAL);
    }

    @Override
    public int complete(final long qw0, final long qw1) {
        if (Command.completion(qw0) == Command.CS_IRQ) {
            final long address = Command.msiAddress(qw1);
            if (address == 0) {
                interrupts.syncs().raise();
            } else {
                writeMessage(address, Command.msiData(qw0));
            }
        }
        return Smmuv3Registers.CERROR_NONE;
    }

    private void writeMessage(final long address, final int data) {
        final int target = memory.offset(address, Integer.BYTES);
        if (target == DmaMemory.UNREACHABLE) {
            errors.raise(Smmuv3Registers.MSI_CMDQ_ABT_ERR);
        } else {
            // Release, paired with the acquire in CommandIssuer: what was executed before is done.
            LittleEndian.putIntRelease(memory.buffer(), target, data);
        }
    }

    @Override
    public void commandError() {
        tally.increment(Counter.COMMAND_ERRORS);
        errors.announce(Smmuv3Registers.CMDQ_ERR);
    }
}
