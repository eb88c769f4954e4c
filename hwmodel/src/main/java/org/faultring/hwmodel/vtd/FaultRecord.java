/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import java.nio.ByteBuffer;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.ring.LittleEndian;

/**
 * Fault recording register of VT-d, 16 bytes (FRCD; drivers/iommu/intel/iommu.h, {@code dma_frcd_*}).
 *
 * <pre>
 *  63                                                              12 11     0
 *  +-----------------------------------------------------------------+--------+
 *  |                              FI                                 |   0    | low
 *  +-----------------------------------------------------------------+--------+
 *  63 62 61 60 59       40 39    32 31 30  29   28 27         16 15          0
 *  +-+--+-----+-----------+--------+--+---+----+--+-------------+-------------+
 *  |F|T1| AT  |   PASID   |   FR   |PP|EXE|PRIV|T2|      0      |     SID     | high
 *  +-+--+-----+-----------+--------+--+---+----+--+-------------+-------------+
 * </pre>
 *
 * <p>FI: page address; of an interrupt remapping fault its index, in bits 63:48. SID: source ID; FR: fault reason, see
 * {@link FaultReason}; PP: the PASID is valid; AT: address type of the request; T1 and T2: kind of request; F: the
 * record holds a fault, cleared by writing 1. Static functions over the words; any thread.
 */
public final class FaultRecord {

    /** The record holds a fault. */
    public static final long F = 1L << 63;
    /** PASID present. */
    public static final long PP = 1L << 31;
    /** The request asked to execute. */
    public static final long EXECUTE = 1L << 30;
    /** The request asked with privilege. */
    public static final long PRIVILEGED = 1L << 29;
    /** Kind of request: a write. */
    public static final long WRITE = 0;
    /** Kind of request: a page request. */
    public static final long PAGE_REQUEST = 1L << 28;
    /** Kind of request: a read. */
    public static final long READ = 1L << 62;
    /** Kind of request: an atomic operation. */
    public static final long ATOMIC = READ | PAGE_REQUEST;

    /** Length of a record. */
    static final int LENGTH_BYTES = 16;

    private static final int REASON_SHIFT = 32;
    private static final int PASID_SHIFT = 40;
    private static final int ADDRESS_TYPE_SHIFT = 60;
    private static final long ADDRESS_MASK = -1L << 12;
    /** Bits of the high word that {@link #high} takes as attributes. */
    private static final long ATTRIBUTES = ATOMIC | EXECUTE | PRIVILEGED | 3L << ADDRESS_TYPE_SHIFT;

    private FaultRecord() {}

    /**
     * Low word.
     *
     * @param address that faulted, or an interrupt index in bits 63:48
     * @return the word
     */
    public static long low(final long address) {
        return address & ADDRESS_MASK;
    }

    /**
     * High word, without F.
     *
     * @param sourceId   16 bits
     * @param pasid      of the request, or {@link PageRequestMessage#NO_PASID}
     * @param reason     8 bits
     * @param attributes kind of request, {@link #EXECUTE}, {@link #PRIVILEGED}, {@link #addressType(int)}
     * @return the word
     */
    public static long high(final int sourceId, final int pasid, final int reason, final long attributes) {
        final long word = sourceId & 0xFFFF | (reason & 0xFFL) << REASON_SHIFT | attributes & ATTRIBUTES;
        return pasid == PageRequestMessage.NO_PASID ? word : word | PP | (pasid & 0xF_FFFFL) << PASID_SHIFT;
    }

    /**
     * Address type, as an attribute.
     *
     * @param type 2 bits: 0 untranslated, 1 translation request, 2 translated
     * @return bits of the high word
     */
    public static long addressType(final int type) {
        return (type & 3L) << ADDRESS_TYPE_SHIFT;
    }

    /**
     * Address type.
     *
     * @param high word
     * @return 2 bits
     */
    public static int addressTypeOf(final long high) {
        return (int) (high >>> ADDRESS_TYPE_SHIFT) & 3;
    }

    /**
     * Page that faulted.
     *
     * @param low word
     * @return its address
     */
    public static long address(final long low) {
        return low & ADDRESS_MASK;
    }

    /**
     * Source ID.
     *
     * @param high word
     * @return 16 bits
     */
    public static int sourceId(final long high) {
        return (int) high & 0xFFFF;
    }

    /**
     * The same fault of another function.
     *
     * @param record   a record in memory, little-endian
     * @param offset   byte index of its first byte
     * @param sourceId of the function, 16 bits
     */
    public static void rename(final ByteBuffer record, final int offset, final long sourceId) {
        LittleEndian.putShort(record, offset + Long.BYTES, (int) sourceId);
    }

    /**
     * Fault reason.
     *
     * @param high word
     * @return 8 bits
     */
    public static int reason(final long high) {
        return (int) (high >>> REASON_SHIFT) & 0xFF;
    }

    /**
     * PASID.
     *
     * @param high word
     * @return 20 bits, whether present or not
     */
    public static int pasid(final long high) {
        return (int) (high >>> PASID_SHIFT) & 0xF_FFFF;
    }

    /**
     * Kind of request.
     *
     * @param high word
     * @return {@link #WRITE}, {@link #READ}, {@link #ATOMIC} or {@link #PAGE_REQUEST}
     */
    public static long kind(final long high) {
        return high & ATOMIC;
    }
}
