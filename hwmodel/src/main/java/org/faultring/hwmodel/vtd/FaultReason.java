/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.util.SortedMap;
import java.util.TreeMap;

import org.faultring.hwmodel.iommu.FaultLevel;

/**
 * Fault reasons of VT-d: what they mean and which level of translation they concern (VT-d specification, fault
 * conditions; drivers/iommu/intel/dmar.c, {@code dma_remap_fault_reasons} and the tables beside it).
 *
 * <p>Any thread.
 */
public final class FaultReason {

    /** Number of reasons, known or not. */
    public static final int COUNT = 256;
    /** A page request from a function whose page requests are not enabled. */
    public static final int PAGE_REQUEST_BLOCKED = 0x47;
    /** A translation request from a function whose device TLB is not enabled. */
    public static final int TRANSLATION_REQUEST_BLOCKED = 0x44;
    /** First-level entry cannot be read. */
    public static final int FIRST_LEVEL_ACCESS = 0x70;
    /** First-level entry not present. */
    public static final int FIRST_LEVEL_NOT_PRESENT = 0x71;
    /** Second-level access not permitted. */
    public static final int SECOND_LEVEL_DENIED = 0x79;

    private static final SortedMap<Integer, String> TEXTS = new TreeMap<>();
    private static final FaultLevel[] LEVELS = new FaultLevel[COUNT];

    static {
        describe(0x01, "root entry not present", "context entry not present", "context entry invalid",
                "address beyond width", "no write permission", "no read permission", "next table address invalid",
                "root table address invalid", "context table address invalid", "reserved bits in root entry",
                "reserved bits in context entry", "reserved bits in page table entry",
                "translation request type blocked", "interrupt address range");
        describe(0x20, "interrupt: reserved field in request", "interrupt: index too large",
                "interrupt: entry not present", "interrupt: entry access failed", "interrupt: reserved field in entry",
                "interrupt: compatibility format blocked", "interrupt: source not allowed");
        describe(0x30, "root table address invalid", "translation mode blocks requests with pasid",
                "translation mode blocks page group requests");
        describe(0x38, "scalable root entry: access failed", "scalable root entry: not present",
                "scalable root entry: reserved bits");
        describe(0x40, "scalable context entry: access failed", "scalable context entry: not present",
                "scalable context entry: reserved bits", "scalable context entry: invalid",
                "scalable context entry: device tlb not enabled", "scalable context entry: pasid not enabled",
                "scalable context entry: pasid too large", "scalable context entry: page requests not enabled",
                "scalable context entry: rid-pasid invalid");
        describe(0x50, "pasid directory entry: access failed", "pasid directory entry: not present",
                "pasid directory entry: reserved bits");
        describe(0x58, "pasid table entry: access failed", "pasid table entry: not present",
                "pasid table entry: reserved bits", "pasid table entry: invalid",
                "pasid table entry: execute requests not enabled",
                "pasid table entry: supervisor requests not enabled");
        describe(0x70, "first level: access failed", "first level: not present", "first level: reserved bits",
                "first level: pml4 access failed", "first level, nested: address beyond width",
                "first level, nested: table read denied", "first level, nested: page read denied",
                "first level, nested: write denied");
        describe(0x78, "second level: access failed", "second level: read or write denied",
                "second level: reserved bits", "second level: table pointer invalid",
                "second level: accessed or dirty update without snoop");
        describe(0x80, "address not canonical", "user access to supervisor page", "no execute permission",
                "address beyond dma width", "address beyond second-level width", "no write permission",
                "no read permission", "interrupt address range");
        describe(0x90, "first level: accessed or dirty update without snoop");
        for (int reason = 0; reason < COUNT; reason++) {
            LEVELS[reason] = levelOf(reason);
        }
    }

    private FaultReason() {}

    private static void describe(final int first, final String... texts) {
        for (int i = 0; i < texts.length; i++) {
            TEXTS.put(first + i, texts[i]);
        }
    }

    private static FaultLevel levelOf(final int reason) {
        return switch (reason) {
            // Without scalable mode there are second-level tables only.
            case 0x05, 0x06, 0x07, 0x0C, 0x78, 0x79, 0x7A, 0x7B, 0x7C, 0x84 -> FaultLevel.SECOND;
            // The last two do not say which level denied; a process' or guest's tables are the likelier ones.
            case 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x80, 0x81, 0x82, 0x90, 0x85, 0x86 -> FaultLevel.FIRST;
            default -> FaultLevel.CONFIGURATION;
        };
    }

    /**
     * What a reason means.
     *
     * @param reason 8 bits
     * @return a few words, empty for a reason without a meaning here
     */
    public static String text(final int reason) {
        return TEXTS.getOrDefault(reason, "");
    }

    /**
     * Level of translation that failed. Reasons 85 and 86 leave it open and count as first level.
     *
     * @param reason 8 bits
     * @return the level, {@link FaultLevel#CONFIGURATION} for all that come before translation and all without a
     *         meaning
     */
    public static FaultLevel level(final int reason) {
        return LEVELS[reason & COUNT - 1];
    }

    /**
     * Reasons that have a meaning.
     *
     * @return texts by reason
     */
    static SortedMap<Integer, String> texts() {
        return TEXTS;
    }
}
