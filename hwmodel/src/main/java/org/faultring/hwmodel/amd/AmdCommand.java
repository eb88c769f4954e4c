/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.amd;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.SizedAddress;

/**
 * The commands that answer page requests and wait for answers, 16 bytes each (AMD IOMMU specification, commands;
 * {@code build_complete_ppr} and {@code build_completion_wait}, drivers/iommu/amd/iommu.c).
 *
 * <p>COMPLETE_PPR_REQUEST, type 7:
 *
 * <pre>
 *  63   60 59       52 51          32 31           16 15            0
 *  +------+-----------+--------------+---------------+---------------+
 *  |type 7|     0     |    PASID     |       0       |   device ID   | qw0
 *  +------+-----------+--------------+---------------+---------------+
 *  63          48 47  44 43     41 40           32 31    3  2  1    0
 *  +-------------+------+---------+---------------+-------+--+-------+
 *  |      0      | code |    0    |     PRGI      |   0   |GN|   0   | qw1
 *  +-------------+------+---------+---------------+-------+--+-------+
 * </pre>
 *
 * <p>COMPLETION_WAIT, type 1:
 *
 * <pre>
 *  63   60 59  52 51                                      3  2  1  0
 *  +------+------+-----------------------------------------+--+--+--+
 *  |type 1|  0   |              store address              | F| I| S| qw0
 *  +------+------+-----------------------------------------+--+--+--+
 *  63                                                              0
 *  +---------------------------------------------------------------+
 *  |                          store data                           | qw1
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>INVALIDATE_IOTLB_PAGES, type 4:
 *
 * <pre>
 *  63   60 59      56 55     48 47      32 31     24 23        16 15      0
 *  +------+----------+---------+----------+---------+------------+---------+
 *  |type 4|PASID high|PASID low| queue ID | MaxPend |PASID middle|device ID| qw0
 *  +------+----------+---------+----------+---------+------------+---------+
 *  63                                                12 11     3  2  1    0
 *  +---------------------------------------------------+--------+--+---+---+
 *  |                      address                      |   0    |GN| 0 | S | qw1
 *  +---------------------------------------------------+--------+--+---+---+
 * </pre>
 *
 * <p>There S says that the address carries a size, as {@link SizedAddress} has it but for the place of the bit; GN that
 * the PASID counts; MaxPend is how many the function can hold (AMD IOMMU specification, commands;
 * {@code build_inv_iotlb_pages}, drivers/iommu/amd/iommu.c).
 *
 * <p>Elsewhere GN: the answer carries the PASID; S: store the data at the address; I: interrupt; F: flush the queue,
 * without effect here since commands are executed in order anyway. Static functions over the words; any thread.
 */
public final class AmdCommand {

    /** Type: wait until earlier commands are done. */
    public static final int COMPLETION_WAIT = 0x1;
    /** Type: forget a device table entry, the first of the invalidations. */
    public static final int INVALIDATE_DEVTAB_ENTRY = 0x2;
    /** Type: forget translations of a domain. */
    public static final int INVALIDATE_IOMMU_PAGES = 0x3;
    /** Type: make a function forget translations. */
    public static final int INVALIDATE_IOTLB_PAGES = 0x4;
    /** Type: forget an interrupt table. */
    public static final int INVALIDATE_INTERRUPT_TABLE = 0x5;
    /** Type: fetch translations ahead. */
    public static final int PREFETCH_IOMMU_PAGES = 0x6;
    /** Type: answer a page request group. */
    public static final int COMPLETE_PPR_REQUEST = 0x7;
    /** Type: forget everything, the highest type there is. */
    public static final int INVALIDATE_IOMMU_ALL = 0x8;

    /** COMPLETE_PPR_REQUEST and INVALIDATE_IOTLB_PAGES, second word: with a PASID. */
    public static final long GN = 1 << 2;
    /** INVALIDATE_IOTLB_PAGES, second word: the address carries a size. */
    public static final long SIZE = 1;
    /** COMPLETION_WAIT: store the data. */
    public static final long STORE = 1;
    /** COMPLETION_WAIT: interrupt. */
    public static final long INTERRUPT = 1 << 1;

    private static final int MAX_PENDING_SHIFT = 24;
    private static final int QUEUE_ID_SHIFT = 32;
    /** PASID of an invalidation: where its bits 7:0, 15:8 and 19:16 are. */
    private static final int PASID_LOW_SHIFT = 48;
    private static final int PASID_MIDDLE_SHIFT = 16;
    private static final int PASID_HIGH_SHIFT = 56;
    private static final int TYPE_SHIFT = 60;
    private static final int PASID_SHIFT = 32;
    private static final int PASID_MASK = 0xF_FFFF;
    private static final int GROUP_INDEX_SHIFT = 32;
    private static final int CODE_SHIFT = 44;
    private static final long STORE_ADDRESS_MASK = 0x000F_FFFF_FFFF_FFF8L;

    private AmdCommand() {}

    /**
     * Type of any command.
     *
     * @param qw0 first word
     * @return 4 bits
     */
    public static int type(final long qw0) {
        return (int) (qw0 >>> TYPE_SHIFT);
    }

    /**
     * A command of a type, everything else 0.
     *
     * @param type     4 bits
     * @param deviceId of the function it is about, 16 bits
     * @return qw0
     */
    public static long qw0(final int type, final int deviceId) {
        return (long) (type & 0xF) << TYPE_SHIFT | deviceId & 0xFFFFL;
    }

    /**
     * First word of an answer.
     *
     * @param deviceId of the function
     * @param pasid    20 bits, 0 where the answer carries none
     * @return qw0
     */
    public static long completeQw0(final int deviceId, final int pasid) {
        return (long) COMPLETE_PPR_REQUEST << TYPE_SHIFT | (long) (pasid & PASID_MASK) << PASID_SHIFT
                | deviceId & 0xFFFFL;
    }

    /**
     * Second word of an answer.
     *
     * @param gn         {@link #GN} or 0
     * @param groupIndex 0..511
     * @param code       4 bits; Linux passes its own numbers through, so its FAILURE is 2
     * @return qw1
     */
    public static long completeQw1(final long gn, final int groupIndex, final int code) {
        return gn | (long) (groupIndex & 0x1FF) << GROUP_INDEX_SHIFT | (long) (code & 0xF) << CODE_SHIFT;
    }

    /**
     * First word of an invalidation of a function's cache.
     *
     * @param deviceId   of the function, 16 bits; its queue ID is the same
     * @param maxPending requests that the function can hold, 8 bits
     * @param pasid      20 bits, or {@link PageRequestMessage#NO_PASID}
     * @return qw0
     */
    public static long invalidateQw0(final int deviceId, final int maxPending, final int pasid) {
        final long id = deviceId & 0xFFFFL;
        final long named = pasid == PageRequestMessage.NO_PASID ? 0 : pasid;
        return (long) INVALIDATE_IOTLB_PAGES << TYPE_SHIFT | id | id << QUEUE_ID_SHIFT
                | (maxPending & 0xFFL) << MAX_PENDING_SHIFT | (named & 0xFF) << PASID_LOW_SHIFT
                | (named >>> 8 & 0xFF) << PASID_MIDDLE_SHIFT | (named >>> 16 & 0xF) << PASID_HIGH_SHIFT;
    }

    /**
     * Second word of an invalidation of a function's cache.
     *
     * @param body  see {@link org.faultring.hwmodel.pci.InvalidateRequestMessage}; cannot be for all PASIDs
     * @param pasid 20 bits, or {@link PageRequestMessage#NO_PASID}
     * @return qw1
     */
    public static long invalidateQw1(final long body, final int pasid) {
        return body & PageRequestMessage.ADDRESS_MASK | ((body & SizedAddress.SIZE) == 0 ? 0 : SIZE)
                | (pasid == PageRequestMessage.NO_PASID ? 0 : GN);
    }

    /**
     * PASID of an invalidation of a function's cache.
     *
     * @param qw0 first word
     * @param qw1 second word
     * @return 20 bits, or {@link PageRequestMessage#NO_PASID}
     */
    public static int invalidatedPasid(final long qw0, final long qw1) {
        return (qw1 & GN) == 0 ? PageRequestMessage.NO_PASID
                : (int) (qw0 >>> PASID_LOW_SHIFT & 0xFF | (qw0 >>> PASID_MIDDLE_SHIFT & 0xFF) << 8
                        | (qw0 >>> PASID_HIGH_SHIFT & 0xF) << 16);
    }

    /**
     * What an invalidation of a function's cache names.
     *
     * @param qw1 second word
     * @return see {@link org.faultring.hwmodel.pci.InvalidateRequestMessage}
     */
    public static long invalidateBody(final long qw1) {
        return qw1 & PageRequestMessage.ADDRESS_MASK | ((qw1 & SIZE) == 0 ? 0 : SizedAddress.SIZE);
    }

    /**
     * Device ID of an answer or an invalidation.
     *
     * @param qw0 first word
     * @return 16 bits
     */
    public static int deviceId(final long qw0) {
        return (int) qw0 & 0xFFFF;
    }

    /**
     * PASID of an answer.
     *
     * @param qw0 first word
     * @return 20 bits
     */
    public static int pasid(final long qw0) {
        return (int) (qw0 >>> PASID_SHIFT) & PASID_MASK;
    }

    /**
     * Group of an answer.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) (qw1 >>> GROUP_INDEX_SHIFT) & 0x1FF;
    }

    /**
     * Code of an answer.
     *
     * @param qw1 second word
     * @return 4 bits
     */
    public static int code(final long qw1) {
        return (int) (qw1 >>> CODE_SHIFT) & 0xF;
    }

    /**
     * First word of a wait.
     *
     * @param address to store at, a multiple of 8
     * @param flags   {@link #STORE}, {@link #INTERRUPT}
     * @return qw0
     */
    public static long waitQw0(final long address, final long flags) {
        return (long) COMPLETION_WAIT << TYPE_SHIFT | address & STORE_ADDRESS_MASK | flags;
    }

    /**
     * Where a wait stores.
     *
     * @param qw0 first word
     * @return physical address
     */
    public static long storeAddress(final long qw0) {
        return qw0 & STORE_ADDRESS_MASK;
    }
}
