/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

/** What the driver knows of the machine: with Secure Nested Paging the logs are laid out and treated otherwise. */
public enum AmdPlatform {

    /** Linux zeroes each entry it has read, to see whether the next one was written already (erratum 733). */
    PLAIN(512),

    /**
     * Secure Nested Paging: the logs cannot be written by software, so entries stay as they are; the PPR log has the
     * largest size (family 0x19 erratum; {@code PPRLOG_SIZE_MAX}, drivers/iommu/amd/amd_iommu_types.h).
     */
    SNP(32768);

    private final int pprEntries;

    AmdPlatform(final int pprEntries) {
        this.pprEntries = pprEntries;
    }

    /**
     * Entries of the PPR log in Linux.
     *
     * @return a power of two
     */
    public int pprEntries() {
        return pprEntries;
    }
}
