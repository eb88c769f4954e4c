/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.records;

import java.util.Arrays;
import java.util.List;

import org.faultring.hwmodel.amd.AmdRecords;
import org.faultring.hwmodel.layout.RecordFamily;
import org.faultring.hwmodel.pci.PciRecords;
import org.faultring.hwmodel.riscv.RiscvRecords;
import org.faultring.hwmodel.smmuv3.Smmuv3Records;
import org.faultring.hwmodel.vtd.VtdRecords;

/** Whose records they are. */
public enum Vendor {

    /** Intel VT-d. */
    VTD("vtd", VtdRecords.FAMILIES),
    /** Arm SMMUv3. */
    SMMUV3("smmuv3", List.of(Smmuv3Records.PRQ, Smmuv3Records.EVENT, Smmuv3Records.COMMAND, Smmuv3Records.CMDQV)),
    /** AMD IOMMU. */
    AMD("amd", List.of(AmdRecords.PRQ, AmdRecords.EVENT, AmdRecords.COMMAND)),
    /** RISC-V IOMMU. */
    RISCV("riscv", List.of(RiscvRecords.PRQ, RiscvRecords.FAULT, RiscvRecords.COMMAND)),
    /** Messages of PCI Express. */
    PCI("pci", PciRecords.families());

    private final String label;
    private final List<RecordFamily> families;

    Vendor(final String label, final List<RecordFamily> families) {
        this.label = label;
        this.families = families;
    }

    /**
     * A vendor by its name.
     *
     * @param label the name
     * @return the vendor
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Vendor of(final String label) {
        return Arrays.stream(values()).filter(vendor -> vendor.label.equals(label)).findFirst()
                .orElseThrow(() -> Names.unknown("vendor", label, labels()));
    }

    /**
     * Names of all.
     *
     * @return in the order of this enum
     */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Vendor::label).toList();
    }

    /**
     * Name on the command line.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * Kinds of records.
     *
     * @return one family for each queue or message
     */
    public List<RecordFamily> families() {
        return families;
    }

    /**
     * A kind of records by its name.
     *
     * @param name of the family
     * @return the family
     * @throws IllegalArgumentException if there is none of that name
     */
    public RecordFamily family(final String name) {
        return families.stream().filter(family -> family.name().equals(name)).findFirst()
                .orElseThrow(() -> Names.unknown(label + " record", name, familyNames()));
    }

    /**
     * Names of its kinds of records.
     *
     * @return in the order of {@link #families()}
     */
    public List<String> familyNames() {
        return families.stream().map(RecordFamily::name).toList();
    }
}
