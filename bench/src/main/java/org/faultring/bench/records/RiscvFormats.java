/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import static org.faultring.bench.records.KernelFormat.hex;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.faultring.hwmodel.riscv.RiscvRecords;

/** What Linux prints of the RISC-V IOMMU: faults ({@code riscv_iommu_fault} in drivers/iommu/riscv/iommu.c). */
final class RiscvFormats {

    private static final Pattern FAULT =
            Pattern.compile("\\bFault (\\d{1,4}) devid: 0x" + hex(6) + " iotval: " + hex(16)
                    + " iotval2: " + hex(16) + "\\s*$");

    static final List<KernelFormat> ALL = List.of(new KernelFormat("RISC-V fault", Vendor.RISCV, List.of("fault"),
            List.of(FAULT), lines -> fault(lines.get(0))));

    private RiscvFormats() {}

    private static RawRecord fault(final MatchResult line) {
        return new RawRecord(
                RiscvRecords.FAULT.layout("fault").orElseThrow()
                        .encode(Map.of("cause", Long.parseLong(line.group(1)), "did", hex(line, 2), "iotval",
                                hex(line, 3), "iotval2", hex(line, 4))),
                "riscv-iommu fault", List.of("not in the line: pid, pv, priv, ttyp, custom, reserved bits"));
    }
}
