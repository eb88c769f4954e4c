/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Register offsets and bits of VT-d that carry page requests and invalidations (Intel Virtualization Technology for
 * Directed I/O specification, register descriptions; drivers/iommu/intel/iommu.h).
 */
public final class VtdRegisters {

    /** Length of the register page. */
    public static final int LENGTH_BYTES = 4096;

    /** Global Command, 32 bits. */
    public static final int GCMD = 0x18;
    /** Global Status, 32 bits. */
    public static final int GSTS = 0x1C;
    /** GCMD and GSTS: queued invalidation enable. */
    public static final int QIE = 1 << 26;

    /** Fault Status, 32 bits. */
    public static final int FSTS = 0x34;
    /** FSTS: invalidation queue error, cleared by writing 1. */
    public static final int IQE = 1 << 4;

    /** Invalidation Queue Head, 64 bits, byte offset. */
    public static final int IQH = 0x80;
    /** Invalidation Queue Tail, 64 bits, byte offset. */
    public static final int IQT = 0x88;
    /** Invalidation Queue Address, 64 bits: size 2:0, descriptor width 11 (1 = 256 bits), base 63:12. */
    public static final int IQA = 0x90;
    /** IQA: descriptors of 256 bits. */
    public static final long IQA_DW = 1 << 11;

    /** Page Request Queue Head, 64 bits, byte offset. */
    public static final int PQH = 0xC0;
    /** Page Request Queue Tail, 64 bits, byte offset. */
    public static final int PQT = 0xC8;
    /** Page Request Queue Address, 64 bits: size 2:0, base 63:12. The queue has 2^(size + 7) entries. */
    public static final int PQA = 0xD0;

    /** Page Request Status, 32 bits, cleared by writing 1. */
    public static final int PRS = 0xDC;
    /** PRS: a request was queued since the bit was last cleared. */
    public static final int PPR = 1;
    /** PRS: the queue overflowed. Nothing is queued until the bit is cleared. */
    public static final int PRO = 1 << 1;

    /** IQA and PQA: the size field. */
    static final long SIZE_MASK = 7;
    /** IQA and PQA: the base address. */
    static final long BASE_MASK = -1L << 12;
    /** Entries of a page request queue of size 0, as a power of two. */
    static final int PQ_ENTRIES_SHIFT = 7;
    /** 256-bit descriptors of an invalidation queue of size 0, as a power of two. */
    static final int IQ_ENTRIES_SHIFT = 7;
    /** Length of a page request descriptor and of a 256-bit invalidation descriptor: 32 bytes, as a power of two. */
    static final int DESCRIPTOR_SHIFT = 5;
    static final int DESCRIPTOR_BYTES = 1 << DESCRIPTOR_SHIFT;

    private VtdRegisters() {}
}
