/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.riscv;

/**
 * Register offsets and bits of the RISC-V IOMMU that carry faults (RISC-V IOMMU Architecture Specification 1.0,
 * memory-mapped register interface; drivers/iommu/riscv/iommu-bits.h). Others read 0.
 */
public final class RiscvRegisters {

    /** Length of the register page. */
    public static final int LENGTH_BYTES = 4096;

    /** Device directory table pointer, 64 bits: mode 3:0, busy 4, PPN 53:10. */
    public static final int DDTP = 0x10;
    /** Command queue base, 64 bits: LOG2SZ-1 4:0, PPN 53:10. */
    public static final int CQB = 0x18;
    /** Command queue head, 32 bits, number of the entry. */
    public static final int CQH = 0x20;
    /** Command queue tail, 32 bits, number of the entry. */
    public static final int CQT = 0x24;
    /** Fault queue base, 64 bits. */
    public static final int FQB = 0x28;
    /** Fault queue head, 32 bits. */
    public static final int FQH = 0x30;
    /** Fault queue tail, 32 bits. */
    public static final int FQT = 0x34;
    /** Page request queue base, 64 bits. */
    public static final int PQB = 0x38;
    /** Page request queue head, 32 bits. */
    public static final int PQH = 0x40;
    /** Page request queue tail, 32 bits. */
    public static final int PQT = 0x44;
    /** Command queue control and status, 32 bits. */
    public static final int CQCSR = 0x48;
    /** Fault queue control and status, 32 bits. */
    public static final int FQCSR = 0x4C;
    /** Page request queue control and status, 32 bits. */
    public static final int PQCSR = 0x50;
    /** Interrupt pending status, 32 bits, cleared by writing 1. */
    public static final int IPSR = 0x54;
    /** Interrupt cause to vector, 64 bits: civ 3:0, fiv 7:4, pmiv 11:8, piv 15:12. */
    public static final int ICVEC = 0x2F8;
    /** MSI configuration table: for each vector address 64 bits, data 32 bits, vector control 32 bits (mask 0). */
    public static final int MSI_CFG_TBL = 0x300;
    /** Bytes of an entry of the MSI configuration table. */
    public static final int MSI_CFG_STRIDE = 0x10;
    /** Interrupt vectors. */
    public static final int VECTORS = 16;

    /** Mode: no inbound transaction is allowed. */
    public static final int MODE_OFF = 0;
    /** Mode: no translation, no device contexts. */
    public static final int MODE_BARE = 1;
    /** Mode: a device directory of one level. */
    public static final int MODE_1LVL = 2;
    /** Mode: a device directory of two levels. */
    public static final int MODE_2LVL = 3;
    /** Mode: a device directory of three levels, the highest mode. */
    public static final int MODE_3LVL = 4;
    /** ddtp: the mode. */
    public static final long DDTP_MODE = 0xF;
    /** ddtp: hardware has not acted on the last write; read only. */
    public static final long DDTP_BUSY = 1 << 4;

    /** Any control and status: switch the queue on. */
    public static final int ENABLE = 1;
    /** Any control and status: interrupt. */
    public static final int INTERRUPT_ENABLE = 1 << 1;
    /** Any control and status: the queue's memory could not be accessed; cleared by writing 1. */
    public static final int MEMORY_FAULT = 1 << 8;
    /** fqcsr, pqcsr: the queue overflowed; cleared by writing 1. */
    public static final int OVERFLOW = 1 << 9;
    /** cqcsr: an earlier ATS.INVAL timed out; cleared by writing 1. */
    public static final int CMD_TO = 1 << 9;
    /** cqcsr: illegal command; cleared by writing 1. */
    public static final int CMD_ILL = 1 << 10;
    /** cqcsr: a fence that asked for a wired interrupt is done, no error; cleared by writing 1. */
    public static final int FENCE_W_IP = 1 << 11;
    /** Any control and status: the queue is on; read only. */
    public static final int ON = 1 << 16;
    /** Any control and status: hardware has not acted on the last write; read only. */
    public static final int BUSY = 1 << 17;

    /** ipsr: command queue. */
    public static final int CIP = 1;
    /** ipsr: fault queue. */
    public static final int FIP = 1 << 1;
    /** ipsr: performance monitoring, which is not modelled. */
    public static final int PMIP = 1 << 2;
    /** ipsr: page request queue. */
    public static final int PIP = 1 << 3;

    /** Device context (tc), as the bits of {@link RiscvIommu#deviceTable()}: it is valid. */
    public static final int DC_V = 1;
    /** Device context: the function may use ATS. */
    public static final int DC_EN_ATS = 1 << 1;
    /** Device context: the function may send page requests. */
    public static final int DC_EN_PRI = 1 << 2;
    /** Device context: faults are not recorded, but for the causes that the specification names. */
    public static final int DC_DTF = 1 << 4;
    /** Device context: automatic answers carry the PASID. */
    public static final int DC_PRPR = 1 << 6;
    /** In place of a device context: it could not be loaded, cause 257. */
    public static final int DC_LOAD_FAULT = 1 << 30;
    /** In place of a device context: it is misconfigured, cause 259. */
    public static final int DC_MISCONFIGURED = 1 << 31;

    /** Most entries of a queue in the model; the format goes to 2^32. */
    public static final int MAX_ENTRIES = 1 << 19;

    private static final int PPN_SHIFT = 10;
    private static final int PAGE_SHIFT = 12;
    private static final long PPN_MASK = (1L << 44) - 1;
    private static final long SIZE_MASK = 0x1F;
    /** Bits of a queue base register. */
    static final long BASE_BITS = PPN_MASK << PPN_SHIFT | SIZE_MASK;
    /** Bits of ddtp that software writes. */
    static final long DDTP_BITS = PPN_MASK << PPN_SHIFT | DDTP_MODE;

    private RiscvRegisters() {}

    /**
     * Make the value of a queue base register.
     *
     * @param address physical, a multiple of 4096
     * @param entries a power of two, from 2
     * @return the 64 bits
     */
    public static long base(final long address, final int entries) {
        return (address >>> PAGE_SHIFT & PPN_MASK) << PPN_SHIFT | Integer.numberOfTrailingZeros(entries) - 1;
    }

    /**
     * Address in a queue base register or in ddtp.
     *
     * @param base its value
     * @return physical address
     */
    public static long address(final long base) {
        return (base >>> PPN_SHIFT & PPN_MASK) << PAGE_SHIFT;
    }

    /**
     * Entries in a queue base register.
     *
     * @param base its value
     * @return a power of two, 2 .. 2^32
     */
    public static long entries(final long base) {
        return 2L << (base & SIZE_MASK);
    }
}
