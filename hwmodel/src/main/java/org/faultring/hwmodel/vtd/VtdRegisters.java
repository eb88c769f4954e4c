/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/**
 * Register offsets and bits of VT-d that carry faults, page requests and invalidations (Intel Virtualization Technology
 * for Directed I/O specification, register descriptions; drivers/iommu/intel/iommu.h).
 */
public final class VtdRegisters {

    /** Length of the page with all registers but the fault records beyond it. */
    public static final int LENGTH_BYTES = 4096;

    /** Capability, 64 bits: FRO 33:24, fault records start at 16 FRO; NFR 47:40, number of records less 1. */
    public static final int CAP = 0x08;
    /** Extended Capability, 64 bits. */
    public static final int ECAP = 0x10;
    /** ECAP: queued invalidation. */
    public static final long ECAP_QI = 1L << 1;
    /** ECAP: device TLBs. */
    public static final long ECAP_DT = 1L << 2;
    /** ECAP: page requests. */
    public static final long ECAP_PRS = 1L << 29;
    /** ECAP: device TLB invalidation throttle. */
    public static final long ECAP_DIT = 1L << 41;
    /** ECAP: page request drain. */
    public static final long ECAP_PDS = 1L << 42;
    /** ECAP: scalable mode. */
    public static final long ECAP_SMTS = 1L << 43;

    /** Global Command, 32 bits. */
    public static final int GCMD = 0x18;
    /** Global Status, 32 bits. */
    public static final int GSTS = 0x1C;
    /** GCMD and GSTS: queued invalidation enable. */
    public static final int QIE = 1 << 26;

    /** Fault Status, 32 bits: FRI 15:8, first of the pending records. */
    public static final int FSTS = 0x34;
    /** FSTS: fault recording overflowed, cleared by writing 1. Nothing is recorded until then. */
    public static final int PFO = 1;
    /** FSTS: a fault record is pending. */
    public static final int PPF = 1 << 1;
    /** FSTS: invalidation queue error, cleared by writing 1. */
    public static final int IQE = 1 << 4;
    /** FSTS: a device's invalidation completion that belongs to no request, cleared by writing 1. */
    public static final int ICE = 1 << 5;
    /** FSTS: a device did not complete an invalidation in time, cleared by writing 1. */
    public static final int ITE = 1 << 6;
    /** FSTS: where older versions of the specification have the overflow of the page request queue. Not there now. */
    public static final int OLD_PRO = 1 << 7;

    /** Fault Event Control, 32 bits; data, address and upper address follow. */
    public static final int FECTL = 0x38;
    /** FECTL, IECTL, PECTL: the event is masked. Set after reset. */
    public static final int IM = 1 << 31;
    /** FECTL, IECTL, PECTL: the event is pending. */
    public static final int IP = 1 << 30;

    /** Invalidation Queue Head, 64 bits, byte offset. */
    public static final int IQH = 0x80;
    /** Invalidation Queue Tail, 64 bits, byte offset. */
    public static final int IQT = 0x88;
    /** Invalidation Queue Address, 64 bits: size 2:0, descriptor width 11 (1 = 256 bits), base 63:12. */
    public static final int IQA = 0x90;
    /** IQA: descriptors of 256 bits. */
    public static final long IQA_DW = 1 << 11;

    /** Invalidation Completion Status, 32 bits. */
    public static final int ICS = 0x9C;
    /** ICS: a wait that asked for an interrupt is done, cleared by writing 1. */
    public static final int IWC = 1;
    /** Invalidation Event Control, 32 bits; data, address and upper address follow. */
    public static final int IECTL = 0xA0;
    /** Invalidation Queue Error Record, 64 bits: IQEI 3:0, ITESID 47:32, ICESID 63:48. */
    public static final int IQERCD = 0xB0;

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
    /** Page Request Event Control, 32 bits; data, address and upper address follow. */
    public static final int PECTL = 0xE0;

    /** Fault records of this model begin here. */
    static final int FAULT_RECORDS = 0x220;

    /** IQA and PQA: the size field. */
    static final long SIZE_MASK = 7;
    /** IQA and PQA: the base address. */
    static final long BASE_MASK = -1L << 12;
    /** Entries of a page request queue of size 0, as a power of two. */
    static final int PQ_ENTRIES_SHIFT = 7;
    /** 256-bit descriptors of an invalidation queue of size 0, as a power of two; 128-bit ones are twice as many. */
    static final int IQ_ENTRIES_SHIFT = 7;
    /** Length of a page request descriptor and of a 256-bit invalidation descriptor: 32 bytes, as a power of two. */
    static final int DESCRIPTOR_SHIFT = 5;
    static final int DESCRIPTOR_BYTES = 1 << DESCRIPTOR_SHIFT;
    /** Length of a 128-bit invalidation descriptor. */
    static final int SHORT_DESCRIPTOR_BYTES = 16;

    private static final int FRO_SHIFT = 24;
    private static final int NFR_SHIFT = 40;
    private static final int ITESID_SHIFT = 32;
    private static final int ICESID_SHIFT = 48;
    private static final int FRI_SHIFT = 8;

    private VtdRegisters() {}

    /**
     * The capability register.
     *
     * @param recordOffset byte offset of the fault records, a multiple of 16 below 2^14
     * @param records      1..256
     * @return CAP
     */
    public static long cap(final int recordOffset, final int records) {
        return (long) (recordOffset / FaultRecord.LENGTH_BYTES) << FRO_SHIFT | (records - 1L) << NFR_SHIFT;
    }

    /**
     * Where fault records begin.
     *
     * @param cap the capability register
     * @return byte offset
     */
    public static int faultRecordOffset(final long cap) {
        return ((int) (cap >>> FRO_SHIFT) & 0x3FF) * FaultRecord.LENGTH_BYTES;
    }

    /**
     * How many fault records there are.
     *
     * @param cap the capability register
     * @return 1..256
     */
    public static int faultRecords(final long cap) {
        return ((int) (cap >>> NFR_SHIFT) & 0xFF) + 1;
    }

    /**
     * First of the pending fault records.
     *
     * @param fsts the fault status register
     * @return 0..255
     */
    public static int faultRecordIndex(final int fsts) {
        return fsts >>> FRI_SHIFT & 0xFF;
    }

    /**
     * The FRI field.
     *
     * @param index 0..255
     * @return bits of FSTS
     */
    static int fri(final int index) {
        return index << FRI_SHIFT;
    }

    /**
     * What stopped the invalidation queue.
     *
     * @param iqercd the error record register
     * @return see {@link InvalidationError}
     */
    public static int queueError(final long iqercd) {
        return (int) iqercd & 0xF;
    }

    /**
     * The function that did not complete an invalidation in time.
     *
     * @param iqercd the error record register
     * @return 16 bits
     */
    public static int timedOutSource(final long iqercd) {
        return (int) (iqercd >>> ITESID_SHIFT) & 0xFFFF;
    }

    /**
     * The function that completed what it was not asked for.
     *
     * @param iqercd the error record register
     * @return 16 bits
     */
    public static int completionSource(final long iqercd) {
        return (int) (iqercd >>> ICESID_SHIFT) & 0xFFFF;
    }

    /** The error record with another IQEI. */
    static long withQueueError(final long iqercd, final int error) {
        return iqercd & ~0xFL | error;
    }

    /** The error record with another ITESID. */
    static long withTimedOutSource(final long iqercd, final int requesterId) {
        return iqercd & ~(0xFFFFL << ITESID_SHIFT) | (requesterId & 0xFFFFL) << ITESID_SHIFT;
    }

    /** The error record with another ICESID. */
    static long withCompletionSource(final long iqercd, final int requesterId) {
        return iqercd & ~(0xFFFFL << ICESID_SHIFT) | (requesterId & 0xFFFFL) << ICESID_SHIFT;
    }
}
