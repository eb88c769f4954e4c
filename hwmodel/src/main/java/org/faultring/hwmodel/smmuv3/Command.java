/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.PageRequestMessage;

/**
 * Entry of the command queue, 16 bytes (Arm IHI 0070, commands; {@code CMDQ_0_} and so on in
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.h).
 *
 * <p>Answer to a page request group, CMD_PRI_RESP:
 *
 * <pre>
 *  63           32 31             12  11   10  8 7        0
 * +---------------+-----------------+-----+-----+----------+
 * |    StreamID   |   SubstreamID   | SSV |  0  |   0x41   | qw0
 * +---------------+-----------------+-----+-----+----------+
 *  63           14 13  12 11          9 8                 0
 * +---------------+------+-------------+-------------------+
 * |       0       | resp |      0      |     PRG index     | qw1
 * +---------------+------+-------------+-------------------+
 * </pre>
 *
 * <p>Answer to a stalled transaction, CMD_RESUME; CMD_STALL_TERM, 0x45, has only the StreamID:
 *
 * <pre>
 *  63            32 31       14  13   12  11  8 7         0
 * +----------------+-----------+----+----+-----+-----------+
 * |    StreamID    |     0     | Ab | Ac |  0  |    0x44   | qw0
 * +----------------+-----------+----+----+-----+-----------+
 *  63                        16 15                        0
 * +----------------------------+---------------------------+
 * |             0              |            STAG           | qw1
 * +----------------------------+---------------------------+
 * </pre>
 *
 * <p>Completion, CMD_SYNC:
 *
 * <pre>
 *  63      32 31  28 27      24 23  22 21  14 13  12 11  8 7    0
 * +----------+------+----------+------+------+------+-----+------+
 * | MSI data |  0   | MSI attr | MSH  |  0   |  CS  |  0  | 0x46 | qw0
 * +----------+------+----------+------+------+------+-----+------+
 *  63            52 51                     2 1            0
 * +----------------+------------------------+--------------+
 * |       0        |      MSI address       |      0       | qw1
 * +----------------+------------------------+--------------+
 * </pre>
 *
 * <p>Invalidation of cached configuration, CFGI_*:
 *
 * <pre>
 *  63            32 31               12 11  8 7           0
 * +----------------+-------------------+-----+-------------+
 * |    StreamID    |    SubstreamID    |  0  |    opcode   | qw0
 * +----------------+-------------------+-----+-------------+
 *  63                     5 4                             0
 * +------------------------+-------------------------------+
 * |           0            |           leaf/range          | qw1
 * +------------------------+-------------------------------+
 * </pre>
 *
 * <p>Invalidation of translations, TLBI_*:
 *
 * <pre>
 *  63  48 47  32 31  25 24   20 19  17 16  12 11  8 7      0
 * +------+------+------+-------+------+------+-----+--------+
 * | ASID | VMID |  0   | SCALE |  0   | NUM  |  0  | opcode | qw0
 * +------+------+------+-------+------+------+-----+--------+
 *  63             12 11         10 9   8 7         1   0
 * +-----------------+-------------+-----+-----------+------+
 * |     address     |      TG     | TTL |     0     | leaf | qw1
 * +-----------------+-------------+-----+-----------+------+
 * </pre>
 *
 * <p>Invalidation of a device's cache, CMD_ATC_INV:
 *
 * <pre>
 *  63       32 31          12  11   10     9      8  7    0
 * +-----------+--------------+-----+---+--------+---+------+
 * |  StreamID | SubstreamID  | SSV | 0 | global | 0 | 0x40 | qw0
 * +-----------+--------------+-----+---+--------+---+------+
 *  63                 12 11             6 5               0
 * +---------------------+----------------+-----------------+
 * |       address       |       0        |       size      | qw1
 * +---------------------+----------------+-----------------+
 * </pre>
 *
 * <p>Static functions over the words; any thread.
 */
public final class Command {

    /** Length of a command. */
    public static final int LENGTH_BYTES = 16;

    /** Fetch a stream's configuration ahead. */
    public static final int PREFETCH_CFG = 0x01;
    /** Forget a stream table entry. */
    public static final int CFGI_STE = 0x03;
    /** Forget stream table entries; range 31 is all of them, CFGI_ALL. */
    public static final int CFGI_STE_RANGE = 0x04;
    /** Forget a context descriptor. */
    public static final int CFGI_CD = 0x05;
    /** Forget all context descriptors of a stream. */
    public static final int CFGI_CD_ALL = 0x06;
    /** Forget all translations of a VMID's stage 1. */
    public static final int TLBI_NH_ALL = 0x10;
    /** Forget the translations of an ASID. */
    public static final int TLBI_NH_ASID = 0x11;
    /** Forget addresses of an ASID. */
    public static final int TLBI_NH_VA = 0x12;
    /** Forget addresses of all ASIDs. */
    public static final int TLBI_NH_VAA = 0x13;
    /** Forget all translations of EL2. */
    public static final int TLBI_EL2_ALL = 0x20;
    /** Forget the translations of an ASID of EL2. */
    public static final int TLBI_EL2_ASID = 0x21;
    /** Forget addresses of an ASID of EL2. */
    public static final int TLBI_EL2_VA = 0x22;
    /** Forget both stages of a VMID. */
    public static final int TLBI_S12_VMALL = 0x28;
    /** Forget intermediate addresses of a VMID. */
    public static final int TLBI_S2_IPA = 0x2A;
    /** Forget all translations that are not of EL2. */
    public static final int TLBI_NSNH_ALL = 0x30;
    /** Have a device forget translations. */
    public static final int ATC_INV = 0x40;
    /** Answer a page request group. */
    public static final int PRI_RESP = 0x41;
    /** Answer a stalled transaction. */
    public static final int RESUME = 0x44;
    /** Terminate all stalled transactions of a stream. */
    public static final int STALL_TERM = 0x45;
    /** Wait for all commands before it. */
    public static final int SYNC = 0x46;

    /** CMD_PRI_RESP: Response Failure ({@code PRI_RESP_DENY}). */
    public static final int RESP_FAILURE = 0;
    /** CMD_PRI_RESP: Invalid Request ({@code PRI_RESP_FAIL}). */
    public static final int RESP_INVALID = 1;
    /** CMD_PRI_RESP: Success ({@code PRI_RESP_SUCC}). */
    public static final int RESP_SUCCESS = 2;
    /** CMD_PRI_RESP: an illegal value. */
    static final int RESP_ILLEGAL = 3;

    /** CMD_RESUME: translate again; Ab is ignored with it. */
    public static final long RESUME_RETRY = 1L << 12;
    /** CMD_RESUME: bus error to the device. */
    public static final long RESUME_ABORT = 1L << 13;
    /** CMD_RESUME: read 0, ignore writes. */
    public static final long RESUME_TERMINATE = 0;

    /** CMD_SYNC: complete by CONS alone. */
    public static final int CS_NONE = 0;
    /** CMD_SYNC: complete with an interrupt, which may be a write of the MSI data. */
    public static final int CS_IRQ = 1;
    /** CMD_SYNC: complete with an event to the waiting processors. */
    public static final int CS_SEV = 2;
    /** CMD_SYNC: an illegal value. */
    static final int CS_ILLEGAL = 3;

    /** The SubstreamID is valid: CMD_PRI_RESP, CMD_ATC_INV. */
    public static final long SSV = 1L << 11;
    /** CMD_ATC_INV: all PASIDs. */
    public static final long ATC_GLOBAL = 1L << 9;
    /** CMD_ATC_INV: the size that means all addresses. */
    public static final int ATC_ALL = 52;
    /** CFGI_STE_RANGE: the range that means all streams. */
    public static final int RANGE_ALL = 31;

    /** CMD_SYNC attributes Linux gives to each: inner shareable, write-back. */
    private static final long SYNC_ATTRIBUTES = 3L << 22 | 0xFL << 24;
    private static final int STREAM_ID_SHIFT = 32;
    private static final int SUBSTREAM_ID_SHIFT = 12;
    private static final int SUBSTREAM_ID_MASK = 0xF_FFFF;
    private static final int RESP_SHIFT = 12;
    private static final int CS_SHIFT = 12;
    private static final int MSI_DATA_SHIFT = 32;
    private static final long MSI_ADDRESS_MASK = 0xF_FFFF_FFFF_FFFCL;
    private static final int NUM_SHIFT = 12;
    private static final int SCALE_SHIFT = 20;
    private static final int VMID_SHIFT = 32;
    private static final int ASID_SHIFT = 48;
    private static final int TTL_SHIFT = 8;
    private static final int TG_SHIFT = 10;
    private static final long ADDRESS_MASK = -1L << 12;

    private Command() {}

    /**
     * Kind of command.
     *
     * @param qw0 first word
     * @return 8 bits
     */
    public static int opcode(final long qw0) {
        return (int) qw0 & 0xFF;
    }

    /**
     * StreamID of a command that has one.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int streamId(final long qw0) {
        return (int) (qw0 >>> STREAM_ID_SHIFT);
    }

    /**
     * The same command for another stream.
     *
     * @param qw0      first word
     * @param streamId 32 bits
     * @return first word with the StreamID replaced
     */
    static long withStreamId(final long qw0, final int streamId) {
        return qw0 & 0xFFFFFFFFL | (long) streamId << STREAM_ID_SHIFT;
    }

    /**
     * The same TLBI command for another virtual machine.
     *
     * @param qw0  first word
     * @param vmid 16 bits
     * @return first word with the VMID replaced
     */
    static long withVmid(final long qw0, final int vmid) {
        return qw0 & ~(0xFFFFL << VMID_SHIFT) | (vmid & 0xFFFFL) << VMID_SHIFT;
    }

    /**
     * PASID of CMD_PRI_RESP or CMD_ATC_INV.
     *
     * @param qw0 first word
     * @return 20 bits, or {@link PageRequestMessage#NO_PASID}
     */
    public static int pasid(final long qw0) {
        return (qw0 & SSV) == 0 ? PageRequestMessage.NO_PASID
                : (int) qw0 >>> SUBSTREAM_ID_SHIFT & SUBSTREAM_ID_MASK;
    }

    private static long forStream(final int opcode, final int streamId) {
        return opcode | (long) streamId << STREAM_ID_SHIFT;
    }

    private static long withPasid(final long word, final int pasid) {
        return pasid == PageRequestMessage.NO_PASID ? word
                : word | SSV | (long) (pasid & SUBSTREAM_ID_MASK) << SUBSTREAM_ID_SHIFT;
    }

    /**
     * First word of CMD_PRI_RESP.
     *
     * @param streamId of the function
     * @param pasid    or {@link PageRequestMessage#NO_PASID}
     * @return qw0
     */
    public static long priRespQw0(final int streamId, final int pasid) {
        return withPasid(forStream(PRI_RESP, streamId), pasid);
    }

    /**
     * Second word of CMD_PRI_RESP.
     *
     * @param groupIndex 0..511
     * @param response   {@link #RESP_SUCCESS}, {@link #RESP_INVALID} or {@link #RESP_FAILURE}
     * @return qw1
     */
    public static long priRespQw1(final int groupIndex, final int response) {
        return groupIndex & 0x1FF | (long) (response & 3) << RESP_SHIFT;
    }

    /**
     * Group of CMD_PRI_RESP.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) qw1 & 0x1FF;
    }

    /**
     * Answer of CMD_PRI_RESP.
     *
     * @param qw1 second word
     * @return 2 bits
     */
    public static int response(final long qw1) {
        return (int) qw1 >>> RESP_SHIFT & 3;
    }

    /**
     * First word of CMD_RESUME.
     *
     * @param streamId of the master
     * @param action   {@link #RESUME_RETRY}, {@link #RESUME_TERMINATE} or {@link #RESUME_ABORT}
     * @return qw0
     */
    public static long resumeQw0(final int streamId, final long action) {
        return forStream(RESUME, streamId) | action;
    }

    /**
     * Second word of CMD_RESUME.
     *
     * @param stallTag 16 bits
     * @return qw1
     */
    public static long resumeQw1(final int stallTag) {
        return stallTag & 0xFFFF;
    }

    /**
     * Tag of CMD_RESUME.
     *
     * @param qw1 second word
     * @return 16 bits
     */
    public static int stallTag(final long qw1) {
        return (int) qw1 & 0xFFFF;
    }

    /**
     * First word of CMD_STALL_TERM; the second is 0.
     *
     * @param streamId of the master
     * @return qw0
     */
    public static long stallTerm(final int streamId) {
        return forStream(STALL_TERM, streamId);
    }

    /**
     * First word of CMD_SYNC with the attributes that Linux gives it.
     *
     * @param completion {@link #CS_NONE}, {@link #CS_IRQ} or {@link #CS_SEV}
     * @param msiData    to write on completion, {@link #CS_IRQ} only
     * @return qw0
     */
    public static long syncQw0(final int completion, final int msiData) {
        return SYNC | (long) (completion & 3) << CS_SHIFT | SYNC_ATTRIBUTES | (long) msiData << MSI_DATA_SHIFT;
    }

    /**
     * Second word of CMD_SYNC.
     *
     * @param msiAddress where to write on completion, a multiple of 4 below 2^52; 0 for nowhere
     * @return qw1
     */
    public static long syncQw1(final long msiAddress) {
        return msiAddress & MSI_ADDRESS_MASK;
    }

    /**
     * How CMD_SYNC completes.
     *
     * @param qw0 first word
     * @return 2 bits
     */
    public static int completion(final long qw0) {
        return (int) qw0 >>> CS_SHIFT & 3;
    }

    /**
     * What CMD_SYNC writes.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int msiData(final long qw0) {
        return (int) (qw0 >>> MSI_DATA_SHIFT);
    }

    /**
     * Where CMD_SYNC writes.
     *
     * @param qw1 second word
     * @return physical address, 0 for nowhere
     */
    public static long msiAddress(final long qw1) {
        return qw1 & MSI_ADDRESS_MASK;
    }

    /**
     * First word of CMD_ATC_INV.
     *
     * @param streamId of the function
     * @param pasid    or {@link PageRequestMessage#NO_PASID}
     * @return qw0
     */
    public static long atcInvQw0(final int streamId, final int pasid) {
        return withPasid(forStream(ATC_INV, streamId), pasid);
    }

    /**
     * Second word of CMD_ATC_INV.
     *
     * @param address a multiple of its 2^size pages
     * @param size    pages of 4 KiB as a power of two, or {@link #ATC_ALL}
     * @return qw1
     */
    public static long atcInvQw1(final long address, final int size) {
        return address & ADDRESS_MASK | size & 0x3F;
    }

    /**
     * First word of a CFGI command.
     *
     * @param opcode      {@link #CFGI_STE} and so on
     * @param streamId    32 bits
     * @param substreamId 20 bits
     * @return qw0
     */
    public static long cfgiQw0(final int opcode, final int streamId, final int substreamId) {
        return forStream(opcode, streamId) | (long) (substreamId & SUBSTREAM_ID_MASK) << SUBSTREAM_ID_SHIFT;
    }

    /**
     * Second word of a CFGI command.
     *
     * @param leafOrRange 1 for the leaf only (CFGI_STE, CFGI_CD), or the range, 5 bits
     * @return qw1
     */
    public static long cfgiQw1(final int leafOrRange) {
        return leafOrRange & 0x1F;
    }

    /**
     * First word of a TLBI command.
     *
     * @param opcode {@link #TLBI_NH_VA} and so on
     * @param asid   16 bits
     * @param vmid   16 bits
     * @param num    granules, scaled, less one: 0..31; 0 without range
     * @param scale  of the number as a power of two, 0..31
     * @return qw0
     */
    public static long tlbiQw0(final int opcode, final int asid, final int vmid, final int num, final int scale) {
        return opcode | (long) (num & 0x1F) << NUM_SHIFT | (long) (scale & 0x1F) << SCALE_SHIFT
                | (long) (vmid & 0xFFFF) << VMID_SHIFT | (long) (asid & 0xFFFF) << ASID_SHIFT;
    }

    /**
     * Second word of a TLBI command with an address.
     *
     * @param address of the first page
     * @param granule 0 none, 1 4 KiB, 2 16 KiB, 3 64 KiB
     * @param level   hint at the table level of the leaves, 0..3
     * @param leaf    1 if only leaves changed
     * @return qw1
     */
    public static long tlbiQw1(final long address, final int granule, final int level, final int leaf) {
        return address & ADDRESS_MASK | (long) (granule & 3) << TG_SHIFT | (long) (level & 3) << TTL_SHIFT | leaf & 1;
    }

    /**
     * Whether a TLBI command asks for a range in a way that is not allowed: a granule, but no range and no level.
     *
     * @param qw0 first word
     * @param qw1 second word
     * @return true if so
     */
    static boolean isIllegalRange(final long qw0, final long qw1) {
        return (qw1 >>> TG_SHIFT & 3) != 0 && (qw1 >>> TTL_SHIFT & 3) == 0
                && (qw0 >>> NUM_SHIFT & 0x1F) == 0 && (qw0 >>> SCALE_SHIFT & 0x1F) == 0;
    }
}
