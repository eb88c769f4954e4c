/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.PageRequestMessage;

/**
 * Entry of the event queue, 32 bytes (Arm IHI 0070, event records; {@code EVTQ_0_} to {@code EVTQ_3_} in
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.h). A translation fault, which is the longest:
 *
 * <pre>
 *  63         32 31            12  11   10  8 7           0
 * +-------------+----------------+-----+-----+-------------+
 * |   StreamID  |  SubstreamID   | SSV |  0  |   event ID  | qw0
 * +-------------+----------------+-----+-----+-------------+
 *  63  45   44    43  42 41   40  39    38    37  36  35    34    33   32    31    30  17   16   15   0
 * +------+-------+------+-------+----+-------+------+-----+-----+-----+---+-------+------+------+------+
 * |  0   | TTRnW |  0   | CLASS | S2 | NSIPA |  0   | RnW | InD | PnU | 0 | stall |  0   | GPCF | STAG | qw1
 * +------+-------+------+-------+----+-------+------+-----+-----+-----+---+-------+------+------+------+
 *  63                                                     0
 * +--------------------------------------------------------+
 * |                     input address                      | qw2
 * +--------------------------------------------------------+
 *  63              52 51               12 11              0
 * +------------------+-------------------+-----------------+
 * |        0         |        IPA        |        0        | qw3
 * +------------------+-------------------+-----------------+
 * </pre>
 *
 * <p>SSV: the SubstreamID is valid. STAG: tag of the stalled transaction; fetch events and F_UUT have their reason
 * there. RnW: 1 is a read; InD: instruction; PnU: privileged; S2: stage 2 failed, and the IPA is valid; CLASS: what was
 * being done. A fetch event has an address 51:3 in qw3.
 *
 * <p>Static functions over the words; any thread.
 */
public final class EventRecord {

    /** Length of a record. */
    public static final int LENGTH_BYTES = 32;

    /** Unsupported upstream transaction. */
    public static final int F_UUT = 0x01;
    /** StreamID out of range; recorded only if CR2.RECINVSID is set. */
    public static final int C_BAD_STREAMID = 0x02;
    /** Fetch of the stream table entry was aborted. */
    public static final int F_STE_FETCH = 0x03;
    /** Stream table entry is not valid. */
    public static final int C_BAD_STE = 0x04;
    /** ATS translation request that is not allowed. */
    public static final int F_BAD_ATS_TREQ = 0x05;
    /** Transaction of a stream that is switched off. */
    public static final int F_STREAM_DISABLED = 0x06;
    /** ATS-translated transaction that is not allowed. */
    public static final int F_TRANSL_FORBIDDEN = 0x07;
    /** SubstreamID out of range. */
    public static final int C_BAD_SUBSTREAMID = 0x08;
    /** Fetch of the context descriptor was aborted. */
    public static final int F_CD_FETCH = 0x09;
    /** Context descriptor is not valid. */
    public static final int C_BAD_CD = 0x0A;
    /** Abort in a translation table walk. */
    public static final int F_WALK_EABT = 0x0B;
    /** No valid leaf: the page is not mapped. */
    public static final int F_TRANSLATION = 0x10;
    /** Address out of range. */
    public static final int F_ADDR_SIZE = 0x11;
    /** Access flag is 0. */
    public static final int F_ACCESS = 0x12;
    /** No permission. */
    public static final int F_PERMISSION = 0x13;
    /** TLB entries in conflict. */
    public static final int F_TLB_CONFLICT = 0x20;
    /** Cached configuration in conflict. */
    public static final int F_CFG_CONFLICT = 0x21;
    /** Hint that a page will be wanted; not an error. */
    public static final int E_PAGE_REQUEST = 0x24;
    /** Fetch of the virtual machine structure was aborted. */
    public static final int F_VMS_FETCH = 0x25;
    /** First of 16 IDs that are up to the implementation. */
    public static final int IMPLEMENTATION_DEFINED = 0xE0;

    /** qw0: the SubstreamID is valid. */
    public static final long SSV = 1L << 11;
    /** qw1: the transaction is stalled. */
    public static final long STALL = 1L << 31;
    /** qw1: privileged access. */
    public static final long PRIVILEGED = 1L << 33;
    /** qw1: instruction fetch. */
    public static final long INSTRUCTION = 1L << 34;
    /** qw1: read; a write if it is 0. */
    public static final long READ = 1L << 35;
    /** qw1: the IPA is in non-secure space. */
    public static final long NSIPA = 1L << 38;
    /** qw1: stage 2 failed. */
    public static final long STAGE_2 = 1L << 39;
    /** qw1: the walk that failed was for a read; F_PERMISSION of class TT only. */
    public static final long TT_READ = 1L << 44;

    /** CLASS: fetch of a context descriptor. */
    public static final int CLASS_CD = 0;
    /** CLASS: translation table walk. */
    public static final int CLASS_TT = 1;
    /** CLASS: the input address itself. */
    public static final int CLASS_IN = 2;

    private static final int STREAM_ID_SHIFT = 32;
    private static final int SUBSTREAM_ID_SHIFT = 12;
    private static final int SUBSTREAM_ID_MASK = 0xF_FFFF;
    private static final int CLASS_SHIFT = 40;

    private EventRecord() {}

    /**
     * First word of any event.
     *
     * @param id       of the event, 8 bits
     * @param streamId 32 bits
     * @param pasid    or {@link PageRequestMessage#NO_PASID}
     * @return qw0
     */
    public static long qw0(final int id, final int streamId, final int pasid) {
        final long word = id & 0xFF | (long) streamId << STREAM_ID_SHIFT;
        return pasid == PageRequestMessage.NO_PASID ? word
                : word | SSV | (long) (pasid & SUBSTREAM_ID_MASK) << SUBSTREAM_ID_SHIFT;
    }

    /**
     * Second word of an event.
     *
     * @param low   STAG of a stall or reason, 16 bits
     * @param clazz one of the classes
     * @param flags {@link #STALL}, {@link #READ} and so on
     * @return qw1
     */
    public static long qw1(final int low, final int clazz, final long flags) {
        return low & 0xFFFF | (long) (clazz & 3) << CLASS_SHIFT | flags;
    }

    /**
     * Kind of event.
     *
     * @param qw0 first word
     * @return 8 bits
     */
    public static int id(final long qw0) {
        return (int) qw0 & 0xFF;
    }

    /**
     * StreamID.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int streamId(final long qw0) {
        return (int) (qw0 >>> STREAM_ID_SHIFT);
    }

    /**
     * The same event of another stream.
     *
     * @param qw0      first word
     * @param streamId 32 bits
     * @return first word with the StreamID replaced
     */
    public static long withStreamId(final long qw0, final int streamId) {
        return qw0 & 0xFFFFFFFFL | (long) streamId << STREAM_ID_SHIFT;
    }

    /**
     * SubstreamID.
     *
     * @param qw0 first word
     * @return 20 bits, whether valid or not
     */
    public static int substreamId(final long qw0) {
        return (int) qw0 >>> SUBSTREAM_ID_SHIFT & SUBSTREAM_ID_MASK;
    }

    /**
     * Whether the SubstreamID is valid.
     *
     * @param qw0 first word
     * @return true if SSV is set
     */
    public static boolean hasSubstreamId(final long qw0) {
        return (qw0 & SSV) != 0;
    }

    /**
     * Tag of a stalled transaction; other events may have a reason there.
     *
     * @param qw1 second word
     * @return 16 bits
     */
    public static int stallTag(final long qw1) {
        return (int) qw1 & 0xFFFF;
    }

    /**
     * What was being done.
     *
     * @param qw1 second word
     * @return 2 bits
     */
    public static int clazz(final long qw1) {
        return (int) (qw1 >>> CLASS_SHIFT) & 3;
    }

    /**
     * Whether the transaction waits for an answer.
     *
     * @param qw1 second word
     * @return true if stall is set
     */
    public static boolean isStall(final long qw1) {
        return (qw1 & STALL) != 0;
    }

    /**
     * Whether a stream that does not ask for merging may have repeats of this event merged (Arm IHI 0070, event
     * merging).
     *
     * @param id of the event
     * @return true if so
     */
    static boolean mayAlwaysMerge(final int id) {
        return id >= F_UUT && id <= C_BAD_STE;
    }
}
