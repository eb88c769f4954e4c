/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

/**
 * Register offsets and bits of the AMD IOMMU (AMD I/O Virtualization Technology (IOMMU) Specification, MMIO registers;
 * drivers/iommu/amd/amd_iommu_types.h).
 *
 * <p>The second PPR and event logs and the guest virtual APIC log are not modelled: their registers read 0 and their
 * feature bits are clear.
 */
public final class AmdRegisters {

    /** Length of the register window, 16 KiB. */
    public static final int LENGTH_BYTES = 1 << 14;

    /** Command Buffer Base, 64 bits: base 51:12, length 59:56. */
    public static final int COMMAND_BASE = 0x08;
    /** Event Log Base, 64 bits: base 51:12, length 59:56. */
    public static final int EVENT_BASE = 0x10;
    /** Control, 64 bits. */
    public static final int CONTROL = 0x18;
    /** Extended Features, 64 bits, read only. */
    public static final int EXTENDED_FEATURES = 0x30;
    /** PPR Log Base, 64 bits: base 51:12, length 59:56. */
    public static final int PPR_BASE = 0x38;
    /** Command Buffer Head, 64 bits, byte offset 18:4. */
    public static final int COMMAND_HEAD = 0x2000;
    /** Command Buffer Tail, 64 bits, byte offset 18:4. */
    public static final int COMMAND_TAIL = 0x2008;
    /** Event Log Head, 64 bits, byte offset 18:4. */
    public static final int EVENT_HEAD = 0x2010;
    /** Event Log Tail, 64 bits, byte offset 18:4. */
    public static final int EVENT_TAIL = 0x2018;
    /** Status, 64 bits. */
    public static final int STATUS = 0x2020;
    /** PPR Log Head, 64 bits, byte offset 18:4. */
    public static final int PPR_HEAD = 0x2030;
    /** PPR Log Tail, 64 bits, byte offset 18:4. */
    public static final int PPR_TAIL = 0x2038;
    /** PPR Log Auto Response, 64 bits: code 3:0, MaskGn 4. */
    public static final int PPR_AUTO_RESPONSE = 0x2080;
    /** PPR Log Overflow Early Indicator, 64 bits: threshold 14:0, interrupt enable 30, enable 31. */
    public static final int PPR_OVERFLOW_EARLY = 0x2088;

    /** Control: log events. */
    public static final long EVENT_LOG_EN = 1L << 2;
    /** Control: interrupt for events. */
    public static final long EVENT_INT_EN = 1L << 3;
    /** Control: interrupt for COMPLETION_WAIT. */
    public static final long COM_WAIT_INT_EN = 1L << 4;
    /** Control: time limit of device TLB invalidations, 7:5. Stored; the model has no clock. */
    public static final long INV_TIMEOUT = 7L << 5;
    /** Control: fetch commands. */
    public static final long CMD_BUF_EN = 1L << 12;
    /** Control: log page requests. */
    public static final long PPR_LOG_EN = 1L << 13;
    /** Control: interrupt for page requests. */
    public static final long PPR_INT_EN = 1L << 14;
    /** Control: take page requests at all. */
    public static final long PPR_EN = 1L << 15;
    /** Control: guest translation, that is PASIDs. Stored, without effect here. */
    public static final long GT_EN = 1L << 16;
    /** Control: answer requests that are not logged. */
    public static final long PPR_AUTO_RSP_EN = 1L << 39;
    /** Control: hold stop markers back. */
    public static final long BLK_STOP_MRK_EN = 1L << 41;
    /** Control: always answer automatically. Stored, without effect here. */
    public static final long PPR_AUTO_RSP_ALWAYS_ON = 1L << 42;
    /** Control: enhanced page request handling. Stored, without effect here. */
    public static final long EPH_EN = 1L << 45;

    /** Extended features: page requests. */
    public static final long PPR_SUP = 1L << 1;
    /** Extended features: guest translation. */
    public static final long GT_SUP = 1L << 4;
    /** Extended features: early indication of an overflow. */
    public static final long PPR_OVRFLW_EARLY_SUP = 1L << 40;
    /** Extended features: automatic response. */
    public static final long PPR_AUTO_RSP_SUP = 1L << 41;
    /** Extended features: stop markers can be held back. */
    public static final long BLK_STOP_MRK_SUP = 1L << 44;

    /** Status: the event log overflowed; cleared by writing 1. */
    public static final int EVENT_OVERFLOW = 1;
    /** Status: an event was logged; cleared by writing 1. */
    public static final int EVENT_LOG_INT = 1 << 1;
    /** Status: a COMPLETION_WAIT that asked for it is done; cleared by writing 1. */
    public static final int COM_WAIT_INT = 1 << 2;
    /** Status: events are logged; read only. */
    public static final int EVENT_LOG_RUN = 1 << 3;
    /** Status: commands are fetched; read only. */
    public static final int CMD_BUF_RUN = 1 << 4;
    /** Status: the PPR log overflowed; cleared by writing 1. */
    public static final int PPR_OVERFLOW = 1 << 5;
    /** Status: a page request was logged; cleared by writing 1. */
    public static final int PPR_LOG_INT = 1 << 6;
    /** Status: page requests are logged; read only. */
    public static final int PPR_LOG_RUN = 1 << 7;
    /** Status: free room of the PPR log fell to the threshold; cleared by writing 1. */
    public static final int PPR_EARLY_OVERFLOW = 1 << 18;

    /** Automatic response: the code, PCIe's. */
    public static final int AUTO_RESPONSE_CODE = 0xF;
    /** Automatic response: leave the PASID out. */
    public static final int MASK_GN = 1 << 4;

    /** Early overflow: free entries at or below which it is indicated. */
    public static final int EARLY_THRESHOLD = 0x7FFF;
    /** Early overflow: interrupt. */
    public static final int EARLY_INT_EN = 1 << 30;
    /** Early overflow: indicate at all. */
    public static final int EARLY_EN = 1 << 31;

    /** Device table entry, as the bits of {@link AmdIommu#deviceTable()}: page requests allowed (bit 52 in memory). */
    public static final int DTE_PPR = 1;
    /** Device table entry: the automatic response carries the PASID (bit 53 in memory). */
    public static final int DTE_GRPR = 1 << 1;
    /** Device table entry: translation requests allowed (I, bit 96 in memory). */
    public static final int DTE_I = 1 << 2;

    /** Fewest entries of a log or of the command buffer. */
    public static final int MIN_ENTRIES = 1 << 8;
    /** Most entries of a log or of the command buffer. */
    public static final int MAX_ENTRIES = 1 << 15;
    /** Length of a log entry and of a command, as a power of two. */
    static final int ENTRY_SHIFT = 4;
    /** Length of a log entry and of a command. */
    static final int ENTRY_BYTES = 1 << ENTRY_SHIFT;
    /** Bits of a head or tail register. */
    static final int INDEX_MASK = 0x7FFF0;

    private static final long BASE_MASK = 0x000F_FFFF_FFFF_F000L;
    private static final int LENGTH_SHIFT = 56;
    /** Bits of a base register. */
    static final long BASE_BITS = BASE_MASK | 0xFL << LENGTH_SHIFT;

    private AmdRegisters() {}

    /**
     * Make the value of a base register.
     *
     * @param address physical, a multiple of 4096
     * @param entries a power of two, {@link #MIN_ENTRIES} .. {@link #MAX_ENTRIES}
     * @return the 64 bits
     */
    public static long base(final long address, final int entries) {
        return address & BASE_MASK | (long) Integer.numberOfTrailingZeros(entries) << LENGTH_SHIFT;
    }

    /**
     * Address in a base register.
     *
     * @param base its value
     * @return physical address
     */
    public static long address(final long base) {
        return base & BASE_MASK;
    }

    /**
     * Entries in a base register.
     *
     * @param base its value
     * @return a power of two, or 0 if the length is none that is defined
     */
    public static int entries(final long base) {
        final int length = (int) (base >>> LENGTH_SHIFT) & 0xF;
        return 1 << length < MIN_ENTRIES ? 0 : 1 << length;
    }
}
