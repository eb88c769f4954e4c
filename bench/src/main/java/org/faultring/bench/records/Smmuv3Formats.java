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

import org.faultring.hwmodel.smmuv3.Smmuv3Records;

/**
 * What Linux prints of SMMUv3 (drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c): events with their four words
 * ({@code arm_smmu_dump_raw_event}, before it {@code arm_smmu_evtq_thread}) and page requests nobody handles
 * ({@code arm_smmu_handle_ppr}).
 */
final class Smmuv3Formats {

    private static final Pattern WORD = Pattern.compile("(?:^|\\s)0x(\\p{XDigit}{16})\\s*$");

    /** What newer kernels print below an event: the same in words, without all of its fields. */
    static final List<Pattern> EXPLANATIONS = List.of(
            Pattern.compile("\\bevent: \\S+ client: .* sid: (?:0x)?\\p{XDigit}+ ssid: (?:0x)?\\p{XDigit}+\\b"),
            Pattern.compile(
                    "\\b(?:un)?priv (?:inst|data) (?:read|write) s[12] \".*\".* stag: (?:0x)?\\p{XDigit}+\\s*$"));

    static final List<KernelFormat> ALL = List.of(
            new KernelFormat("SMMUv3 event", Vendor.SMMUV3, List.of("event"),
                    List.of(Pattern.compile("\\bevent 0x" + hex(2) + " received:\\s*$"), WORD, WORD, WORD, WORD),
                    Smmuv3Formats::event),
            new KernelFormat("SMMUv3 page request", Vendor.SMMUV3, List.of("prq"),
                    List.of(Pattern.compile("unexpected PRI request received:\\s*$"),
                            Pattern.compile(
                                    "\\bsid 0x" + hex(8) + "\\.0x" + hex(5) + ": \\[(\\d+)(L?)\\] (un)?privileged "
                                            + "(R?)(W?)(X?) access at iova 0x" + hex(16) + "\\s*$")),
                    Smmuv3Formats::request));

    private Smmuv3Formats() {}

    private static RawRecord event(final List<MatchResult> lines) {
        final long[] words = lines.stream().skip(1).mapToLong(line -> hex(line, 1)).toArray();
        final long id = hex(lines.get(0), 1);
        if ((words[0] & 0xFF) != id) {
            throw new IllegalArgumentException("event " + Hex.value(words[0] & 0xFF) + " in the words (expected: "
                    + Hex.value(id) + ", as in the line above them)");
        }
        return new RawRecord(words, "arm-smmu-v3 event", List.of());
    }

    private static RawRecord request(final List<MatchResult> lines) {
        final MatchResult line = lines.get(1);
        final Map<String, Long> fields = new LinkedHashMap<>();
        final long substream = hex(line, 2);
        fields.put("stream-id", hex(line, 1));
        fields.put("substream-id", substream);
        fields.put("ssv", substream == 0 ? 0L : 1L);
        fields.put("prg-index", Long.parseLong(line.group(3)));
        fields.put("last", flag(line, 4));
        fields.put("priv", line.group(5) == null ? 1L : 0L);
        fields.put("read", flag(line, 6));
        fields.put("write", flag(line, 7));
        fields.put("exec", flag(line, 8));
        fields.put("page-address", hex(line, 9));
        return new RawRecord(Smmuv3Records.PRQ.layout("page-request").orElseThrow().encode(fields),
                "arm-smmu-v3 PRI request",
                List.of("not in the line: ssv (taken as 1 where the substream is not 0), reserved bits"));
    }

    private static long flag(final MatchResult line, final int group) {
        return line.group(group).isEmpty() ? 0 : 1;
    }
}
