/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.file.Iommufd;

/**
 * What the events of a queue of a virtual IOMMU are: {@code enum iommu_veventq_type}, include/uapi/linux/iommufd.h.
 *
 * <p>Linux 7.2 gives events of SMMUv3, of Tegra's virtual command queues and of the self-test. VT-d, AMD and RISC-V
 * have no type there: those of this project have numbers that spell "FR" in their upper half, which no Linux type has.
 */
public enum VirtualEventType {

    /** An event record with the virtual StreamID ({@code IOMMU_VEVENTQ_TYPE_ARM_SMMUV3}). */
    ARM_SMMUV3(1, 32),
    /** Two words with a bit for each virtual queue in error ({@code IOMMU_VEVENTQ_TYPE_TEGRA241_CMDQV}). */
    TEGRA241_CMDQV(2, 16),
    /** The virtual ID of the device ({@code IOMMU_VEVENTQ_TYPE_SELFTEST}, drivers/iommu/iommufd/iommufd_test.h). */
    SELFTEST(Iommufd.VEVENTQ_SELFTEST, 4),
    /** This project's: a fault record of VT-d with the virtual source ID. */
    FAULT_RING_VTD(0x4652_0001, 16),
    /** This project's: an event log entry of AMD with the virtual device ID. */
    FAULT_RING_AMD(0x4652_0002, 16),
    /** This project's: a fault record of RISC-V with the virtual device ID. */
    FAULT_RING_RISCV(0x4652_0003, 32);

    /** {@code IOMMU_VEVENTQ_TYPE_DEFAULT}, which no queue can have. */
    public static final int DEFAULT = 0;

    private static final VirtualEventType[] ALL = values();

    private final int number;
    private final int payloadBytes;

    VirtualEventType(final int number, final int payloadBytes) {
        this.number = number;
        this.payloadBytes = payloadBytes;
    }

    /**
     * Number of the type in the interface.
     *
     * @return 32 bits
     */
    public int number() {
        return number;
    }

    /**
     * Length of an event behind its header.
     *
     * @return bytes
     */
    public int payloadBytes() {
        return payloadBytes;
    }

    /**
     * Whether Linux has no such type.
     *
     * @return true for the types of this project
     */
    public boolean isOurs() {
        return number >>> 16 == 0x4652;
    }

    /**
     * Length of the events of a type given by number. Linux takes any number for a queue; nothing ever comes to one
     * that no driver knows.
     *
     * @param type any number
     * @return bytes, 0 for a type that is not known
     */
    static int payloadBytes(final int type) {
        for (final VirtualEventType known : ALL) {
            if (known.number == type) {
                return known.payloadBytes;
            }
        }
        return 0;
    }
}
