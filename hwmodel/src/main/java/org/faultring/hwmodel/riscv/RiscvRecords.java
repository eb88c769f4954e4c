/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

import static org.faultring.hwmodel.layout.RecordField.bit;
import static org.faultring.hwmodel.layout.RecordField.bits;
import static org.faultring.hwmodel.layout.RecordField.inPlace;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.layout.RecordField;
import org.faultring.hwmodel.layout.RecordLayout;

/**
 * The records of the RISC-V IOMMU's queues as data: see {@link PageRequestRecord}, {@link FaultRecord} and
 * {@link RiscvCommand} (RISC-V IOMMU specification; drivers/iommu/riscv/iommu-bits.h). Any thread.
 */
public final class RiscvRecords {

    private static final RecordField PV = bit("pv", 0, 32);
    private static final RecordField PID = bits("pid", 0, 31, 12);
    private static final RecordField DID = bits("did", 0, 63, 40);
    private static final RecordField OP = bits("op", 0, 6, 0).meaning(RiscvCommand.IOTINVAL, "IOTINVAL")
            .meaning(RiscvCommand.IOFENCE, "IOFENCE").meaning(RiscvCommand.IODIR, "IODIR")
            .meaning(RiscvCommand.ATS, "ATS");
    private static final RecordField FUNC = bits("func", 0, 9, 7);

    /** Page request queue: every record is a page request. */
    public static final RecordFamily PRQ = new RecordFamily("prq",
            RecordLayout.of("page-request", 2, PID, PV, bit("priv", 0, 33), bit("exec", 0, 34), DID, bit("r", 1, 0),
                    bit("w", 1, 1), bit("l", 1, 2), bits("prgi", 1, 11, 3), inPlace("address", 1, 63, 12)));

    /** Fault queue: every record is a fault. */
    public static final RecordFamily FAULT = new RecordFamily("fault",
            RecordLayout.of("fault", 4, cause(), PID, PV, bit("priv", 0, 33), ttyp(), DID, bits("custom", 1, 31, 0),
                    bits("iotval", 2, 63, 0), bits("iotval2", 3, 63, 0)));

    /** Command queue. */
    public static final RecordFamily COMMAND = new RecordFamily("command", iotinval("iotinval.vma", 0),
            iotinval("iotinval.gvma", 1),
            RecordLayout.of("iofence.c", 2, OP, FUNC, bit("av", 0, 10), bit("wsi", 0, 11), bit("pr", 0, 12),
                    bit("pw", 0, 13), bits("data", 0, 63, 32), bits("address-63-2", 1, 61, 0))
                    .fix("op", RiscvCommand.IOFENCE).fix("func", 0),
            iodir("iodir.inval-ddt", 0), iodir("iodir.inval-pdt", 1),
            ats("ats.inval", RiscvCommand.ATS_INVAL, bit("g", 1, 0), bit("s", 1, 11), inPlace("address", 1, 63, 12)),
            ats("ats.prgr", RiscvCommand.ATS_PRGR, bits("prgi", 1, 40, 32),
                    bits("code", 1, 47, 44).meaning(0, "success").meaning(1, "invalid request").meaning(0xF,
                            "response failure")),
            RecordLayout.of("unknown", 2, OP, FUNC));

    private RiscvRecords() {}

    private static RecordLayout iotinval(final String name, final int func) {
        return RecordLayout.of(name, 2, OP, FUNC, bit("av", 0, 10), bits("pscid", 0, 31, 12), bit("pscv", 0, 32),
                bit("gv", 0, 33), bit("nl", 0, 34), bits("gscid", 0, 59, 44), bit("s", 1, 9),
                bits("page-number", 1, 61, 10)).fix("op", RiscvCommand.IOTINVAL).fix("func", func);
    }

    private static RecordLayout iodir(final String name, final int func) {
        return RecordLayout.of(name, 2, OP, FUNC, PID, bit("dv", 0, 33), DID).fix("op", RiscvCommand.IODIR)
                .fix("func", func);
    }

    private static RecordLayout ats(final String name, final int func, final RecordField... payload) {
        final RecordField[] head = {OP, FUNC, PID, PV, bit("dsv", 0, 33), bits("rid", 0, 55, 40),
            bits("dseg", 0, 63, 56)};
        final RecordField[] fields = java.util.Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, fields, head.length, payload.length);
        return RecordLayout.of(name, 2, fields).fix("op", RiscvCommand.ATS).fix("func", func);
    }

    private static RecordField cause() {
        return bits("cause", 0, 11, 0).meaning(1, "instruction access fault").meaning(4, "read address misaligned")
                .meaning(5, "read access fault").meaning(6, "write address misaligned")
                .meaning(7, "write access fault").meaning(12, "instruction page fault")
                .meaning(13, "read page fault").meaning(15, "write page fault")
                .meaning(20, "instruction guest page fault").meaning(21, "read guest page fault")
                .meaning(23, "write guest page fault").meaning(256, "all inbound transactions disallowed")
                .meaning(257, "DDT entry load access fault").meaning(258, "DDT entry not valid")
                .meaning(259, "DDT entry misconfigured").meaning(260, "transaction type disallowed")
                .meaning(261, "MSI PTE load access fault").meaning(262, "MSI PTE not valid")
                .meaning(263, "MSI PTE misconfigured").meaning(264, "MRIF access fault")
                .meaning(265, "PDT entry load access fault").meaning(266, "PDT entry not valid")
                .meaning(267, "PDT entry misconfigured").meaning(268, "DDT data corruption")
                .meaning(269, "PDT data corruption").meaning(270, "MSI PT data corruption")
                .meaning(271, "MSI MRIF data corruption").meaning(272, "internal data path error")
                .meaning(273, "IOMMU MSI write access fault").meaning(274, "first/second-stage PT data corruption");
    }

    private static RecordField ttyp() {
        return bits("ttyp", 0, 39, 34).meaning(0, "none").meaning(1, "untranslated read for execute")
                .meaning(2, "untranslated read").meaning(3, "untranslated write or AMO")
                .meaning(5, "translated read for execute").meaning(6, "translated read")
                .meaning(7, "translated write or AMO").meaning(8, "ATS translation request")
                .meaning(9, "message request");
    }
}
