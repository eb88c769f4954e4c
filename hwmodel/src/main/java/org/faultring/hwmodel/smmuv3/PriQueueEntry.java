/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.smmuv3;

import org.faultring.hwmodel.pci.PageRequestMessage;
import org.faultring.hwmodel.pci.PasidPrefix;

/**
 * Entry of the PRI queue, 16 bytes (Arm IHI 0070, PRI queue; {@code PRIQ_0_}, {@code PRIQ_1_} in
 * drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.h).
 *
 * <pre>
 *   63     62     61      60     59     58   57  52 51         32 31       0
 * +-----+------+-------+------+------+------+------+-------------+----------+
 * | SSV | last | write | read | exec | priv |  0   | SubstreamID | StreamID | qw0
 * +-----+------+-------+------+------+------+------+-------------+----------+
 *  63                  12 11          9 8                 0
 * +----------------------+-------------+-------------------+
 * |     page address     |      0      |     PRG index     | qw1
 * +----------------------+-------------+-------------------+
 * </pre>
 *
 * <p>SSV: the request came with a PASID, which is the SubstreamID; exec and priv are 0 without one. It holds what a
 * {@link PageRequestMessage} holds, in other places. Static functions over the words; any thread.
 */
public final class PriQueueEntry {

    /** Length of an entry. */
    public static final int LENGTH_BYTES = 16;

    /** Privileged access. */
    public static final long PRIVILEGED = 1L << 58;
    /** Execute access. */
    public static final long EXECUTE = 1L << 59;
    /** Read access. */
    public static final long READ = 1L << 60;
    /** Write access. */
    public static final long WRITE = 1L << 61;
    /** Last request of its group. */
    public static final long LAST = 1L << 62;
    /** The SubstreamID is valid. */
    public static final long SSV = 1L << 63;

    private static final int SUBSTREAM_ID_SHIFT = 32;
    private static final int SUBSTREAM_ID_MASK = 0xF_FFFF;
    private static final long GROUP_INDEX_MASK = 0x1FF;
    /** How far the two bits of a prefix move up; they change places. */
    private static final int EXECUTE_FROM_PREFIX = 59 - 20;
    private static final int PRIVILEGED_FROM_PREFIX = 58 - 21;

    private PriQueueEntry() {}

    /**
     * The first word.
     *
     * @param streamId of the function, 32 bits
     * @param prefix   of the request, see {@link PasidPrefix}
     * @param message  of which read, write and last are taken
     * @return qw0
     */
    public static long qw0(final int streamId, final int prefix, final long message) {
        // R, W and L of the message lie in the order R, W, L from bit 0 on; here from bit 60 on.
        final long word = streamId & 0xFFFFFFFFL
                | (message & (PageRequestMessage.READ | PageRequestMessage.WRITE | PageRequestMessage.LAST)) << 60;
        return PasidPrefix.isPresent(prefix)
                ? word | SSV | (long) (prefix & SUBSTREAM_ID_MASK) << SUBSTREAM_ID_SHIFT
                        | (long) (prefix & PasidPrefix.EXECUTE_REQUESTED) << EXECUTE_FROM_PREFIX
                        | (long) (prefix & PasidPrefix.PRIVILEGED_MODE_REQUESTED) << PRIVILEGED_FROM_PREFIX
                : word;
    }

    /**
     * The second word.
     *
     * @param message of which address and group index are taken
     * @return qw1
     */
    public static long qw1(final long message) {
        return message & PageRequestMessage.ADDRESS_MASK | PageRequestMessage.groupIndex(message);
    }

    /**
     * StreamID.
     *
     * @param qw0 first word
     * @return 32 bits
     */
    public static int streamId(final long qw0) {
        return (int) qw0;
    }

    /**
     * SubstreamID.
     *
     * @param qw0 first word
     * @return 20 bits, whether valid or not
     */
    public static int substreamId(final long qw0) {
        return (int) (qw0 >>> SUBSTREAM_ID_SHIFT) & SUBSTREAM_ID_MASK;
    }

    /**
     * Whether the request came with a PASID.
     *
     * @param qw0 first word
     * @return true if SSV is set
     */
    public static boolean hasSubstreamId(final long qw0) {
        return qw0 < 0;
    }

    /**
     * Whether the request closes its group.
     *
     * @param qw0 first word
     * @return true if last is set
     */
    public static boolean isLast(final long qw0) {
        return (qw0 & LAST) != 0;
    }

    /**
     * Whether the entry is a stop marker: last without read and write, with a PASID.
     *
     * @param qw0 first word
     * @return true if so
     */
    public static boolean isStopMarker(final long qw0) {
        return (qw0 & (SSV | LAST | READ | WRITE)) == (SSV | LAST);
    }

    /**
     * Access asked for, in the order privileged, execute, read, write from bit 0 on.
     *
     * @param qw0 first word
     * @return 4 bits
     */
    static int access(final long qw0) {
        return (int) (qw0 >>> 58) & 0xF;
    }

    /**
     * Group of the request.
     *
     * @param qw1 second word
     * @return 0..511
     */
    public static int groupIndex(final long qw1) {
        return (int) (qw1 & GROUP_INDEX_MASK);
    }

    /**
     * Page that is asked for.
     *
     * @param qw1 second word
     * @return its address
     */
    public static long address(final long qw1) {
        return qw1 & PageRequestMessage.ADDRESS_MASK;
    }
}
