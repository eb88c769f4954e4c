/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import org.faultring.hwmodel.iommu.DeviceTable;
import org.faultring.hwmodel.iommu.Register;
import org.faultring.hwmodel.iommu.RegisterFile;
import org.faultring.hwmodel.iommu.StoredRegister;
import org.faultring.ring.PaddedWord;

/**
 * Which requests of functions are let in: the mode in ddtp, the width of device IDs, the device context and its EN_PRI
 * for page requests, EN_ATS for translation requests, looked at in this order (RISC-V IOMMU reference model, page
 * request handling). Hardware world.
 */
final class Admission {

    /** The request may be queued. */
    static final int ADMITTED = 0;

    private final DirectoryFormat format;
    private final DeviceTable contexts;
    private final Directory directory = new Directory();
    private int mode;
    /** First device ID that the directory cannot look up. */
    private int deviceIds;

    Admission(final DirectoryFormat format, final DeviceTable contexts, final RegisterFile registers) {
        this.format = format;
        this.contexts = contexts;
        registers.define64(RiscvRegisters.DDTP, directory);
    }

    /** Act on a new ddtp. */
    void applyWrites() {
        final long written = directory.wanted.read();
        if (written == directory.applied.get()) {
            return;
        }
        mode = (int) (written & RiscvRegisters.DDTP_MODE);
        deviceIds = mode > RiscvRegisters.MODE_BARE ? 1 << format.deviceIdBits(mode) : 0;
        // Release, paired with the acquire in Directory.read().
        directory.applied.setRelease(written);
    }

    /** Cause for which a request that needs a bit of the context is refused, or {@link #ADMITTED}. */
    int refusal(final int deviceId, final int enabled) {
        if (deviceId < deviceIds) {
            final int context = contexts.bits(deviceId);
            return (context & (RiscvRegisters.DC_V | enabled | RiscvRegisters.DC_LOAD_FAULT
                    | RiscvRegisters.DC_MISCONFIGURED)) == (RiscvRegisters.DC_V | enabled) ? ADMITTED
                            : refusalByContext(context);
        }
        return mode == RiscvRegisters.MODE_OFF ? FaultRecord.ALL_INBOUND_DISALLOWED
                : FaultRecord.TRANSACTION_TYPE_DISALLOWED;
    }

    private static int refusalByContext(final int context) {
        if ((context & RiscvRegisters.DC_LOAD_FAULT) != 0) {
            return FaultRecord.DDT_ENTRY_LOAD_FAULT;
        }
        if ((context & RiscvRegisters.DC_V) == 0) {
            return FaultRecord.DDT_ENTRY_NOT_VALID;
        }
        if ((context & RiscvRegisters.DC_MISCONFIGURED) != 0) {
            return FaultRecord.DDT_ENTRY_MISCONFIGURED;
        }
        return FaultRecord.TRANSACTION_TYPE_DISALLOWED;
    }

    /** Context of a device, 0 where the mode has none for it. */
    int context(final int deviceId) {
        return deviceId < deviceIds ? contexts.bits(deviceId) : 0;
    }

    /** ddtp: busy until hardware has acted on it. A mode that is not defined leaves the register as it is. */
    private static final class Directory implements Register {

        private final StoredRegister wanted = new StoredRegister(RiscvRegisters.DDTP_BITS);
        private final PaddedWord applied = new PaddedWord();

        @Override
        public long read() {
            final long written = wanted.read();
            // Acquire, paired with the release in applyWrites(): the mode is in force before it says so.
            return written | (written == applied.getAcquire() ? 0 : RiscvRegisters.DDTP_BUSY);
        }

        @Override
        public void write(final long value) {
            if ((value & RiscvRegisters.DDTP_MODE) <= RiscvRegisters.MODE_3LVL) {
                wanted.write(value);
            }
        }
    }
}
