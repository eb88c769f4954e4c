/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import static org.faultring.bench.records.KernelFormat.hex;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.vtd.VtdRecords;

/**
 * What Linux prints of VT-d: trace events {@code prq_report} and {@code qi_submit} (drivers/iommu/intel/trace.h,
 * {@code decode_prq_descriptor} in drivers/iommu/intel/iommu.h), and faults ({@code dmar_fault_do_one} in
 * drivers/iommu/intel/dmar.c, today's form and the two before it, without 0x).
 */
final class VtdFormats {

    private static final int PAGE_SHIFT = 12;

    private static final Pattern PRQ_REPORT = Pattern.compile("\\S+/\\S+ seq# -?\\d+: rid=0x" + hex(4) + " addr=0x"
            + hex(13) + " ([r-])([w-])([x-])([p-])([l-]) pasid=0x" + hex(5) + " index=0x" + hex(3)
            + "(?: private=0x" + hex(16) + "/0x" + hex(16) + ")?\\s*$");
    private static final Pattern QI_SUBMIT = Pattern.compile(
            "(?:cc_inv|iotlb_inv|dev_tlb_inv|iec_inv|inv_wait|p_iotlb_inv|pc_inv|p_dev_tlb_inv|page_grp_resp"
                    + "|qi_submit: 0x\\p{XDigit}+) \\S+: 0x" + hex(16) + " 0x" + hex(16) + " 0x" + hex(16) + " 0x"
                    + hex(16) + "\\s*$");
    private static final String DEVICE = "Request device \\[(?:0x)?" + hex(2) + ":(?:0x)?" + hex(2) + "\\.([0-7])\\] ";
    private static final Pattern FAULT = Pattern.compile("\\[DMA (Read|Write)(?: NO_PASID| PASID 0x" + hex(5) + ")\\] "
            + DEVICE + "fault addr 0x" + hex(16) + " \\[fault reason 0x" + hex(2) + "\\]");
    private static final Pattern OLD_FAULT = Pattern.compile("\\[DMA (Read|Write)\\] " + DEVICE + "(?:PASID "
            + hex(8) + " )?fault addr " + hex(16) + " \\[fault reason (\\d{2,3})\\]");
    private static final Pattern INTERRUPT = Pattern.compile("\\[INTR-REMAP\\] " + DEVICE + "fault index (?:0x"
            + hex(4) + " \\[fault reason 0x" + hex(2) + "\\]|" + hex(4) + " \\[fault reason (\\d{2,3})\\])");

    /** What Linux prints before the faults it found in one go. */
    static final List<Pattern> EXPLANATIONS =
            List.of(Pattern.compile("\\bDRHD: handling fault status reg \\p{XDigit}+"));

    static final List<KernelFormat> ALL = List.of(
            new KernelFormat("trace event prq_report", Vendor.VTD, List.of("prq"), List.of(PRQ_REPORT),
                    lines -> request(lines.get(0))),
            new KernelFormat("trace event qi_submit", Vendor.VTD, List.of("command", "command-128"),
                    List.of(QI_SUBMIT), lines -> submission(lines.get(0))),
            new KernelFormat("DMAR fault", Vendor.VTD, List.of("fault"), List.of(FAULT), lines -> fault(lines.get(0))),
            new KernelFormat("DMAR fault, old form", Vendor.VTD, List.of("fault"), List.of(OLD_FAULT),
                    lines -> oldFault(lines.get(0))),
            new KernelFormat("DMAR interrupt fault", Vendor.VTD, List.of("fault"), List.of(INTERRUPT),
                    lines -> interrupt(lines.get(0))));

    private VtdFormats() {}

    /** The address is printed as the number of a page. */
    private static RawRecord request(final MatchResult line) {
        final Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("pp", 1L);
        fields.put("rid", hex(line, 1));
        fields.put("address", hex(line, 2) << PAGE_SHIFT);
        fields.put("rd", flag(line, 3));
        fields.put("wr", flag(line, 4));
        fields.put("exr", flag(line, 5));
        fields.put("pmr", flag(line, 6));
        fields.put("lpig", flag(line, 7));
        fields.put("pasid", hex(line, 8));
        fields.put("prgi", hex(line, 9));
        String layout = "page-request";
        if (line.group(10) != null) {
            layout = "page-request-with-private-data";
            fields.put("private-data-low", hex(line, 10));
            fields.put("private-data-high", hex(line, 11));
        }
        return record(VtdRecords.PRQ, layout, fields, "prq_report",
                "not in the line: type and pp (1: Linux reports no other), reserved bits");
    }

    private static long flag(final MatchResult line, final int group) {
        return line.group(group).equals("-") ? 0 : 1;
    }

    private static RawRecord submission(final MatchResult line) {
        return new RawRecord(new long[] {hex(line, 1), hex(line, 2), hex(line, 3), hex(line, 4)}, "qi_submit",
                List.of());
    }

    private static RawRecord fault(final MatchResult line) {
        final Map<String, Long> fields = fault(line, hex(line, 6), hex(line, 7));
        if (line.group(2) != null) {
            fields.put("pp", 1L);
            fields.put("pasid", hex(line, 2));
        }
        return fault(fields, 3, line);
    }

    private static RawRecord oldFault(final MatchResult line) {
        final Map<String, Long> fields = fault(line, hex(line, 6), Long.parseLong(line.group(7)));
        if (line.group(5) != null && !line.group(5).equals("ffffffff")) { // Linux has -1 for none
            fields.put("pp", 1L);
            fields.put("pasid", hex(line, 5));
        }
        return fault(fields, 2, line);
    }

    private static Map<String, Long> fault(final MatchResult line, final long address, final long reason) {
        final Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("f", 1L);
        fields.put("t2-t1", line.group(1).equals("Read") ? 2L : 0L);
        fields.put("fi", address);
        fields.put("fr", reason);
        return fields;
    }

    private static RawRecord fault(final Map<String, Long> fields, final int device, final MatchResult line) {
        fields.put("sid", KernelFormat.requester(line, device));
        return record(VtdRecords.FAULT, "fault", fields, "dmar_fault",
                "not in the line: t2, exe, priv, at, reserved bits; Linux prints only faults with f set");
    }

    private static RawRecord interrupt(final MatchResult line) {
        final Map<String, Long> fields = new LinkedHashMap<>();
        fields.put("f", 1L);
        fields.put("sid", KernelFormat.requester(line, 1));
        final boolean old = line.group(4) == null;
        fields.put("fi", hex(line, old ? 6 : 4) << 48);
        fields.put("fr", old ? Long.parseLong(line.group(7)) : hex(line, 5));
        return record(VtdRecords.FAULT, "fault", fields, "dmar_fault",
                "not in the line: t2-t1, exe, priv, at, reserved bits; fi 63:48 is the interrupt index");
    }

    private static RawRecord record(final RecordFamily family, final String layout, final Map<String, Long> fields,
            final String source, final String note) {
        return new RawRecord(family.layout(layout).orElseThrow().encode(fields), source, List.of(note));
    }
}
