/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Page Request message of PCIe (message code 0x04): header bytes 8..15 as one 64-bit value.
 *
 * <pre>
 *  63                                            12 11      3 2 1 0
 *  +-----------------------------------------------+---------+-+-+-+
 *  |                page address 63:12             |  PRGI   |L|W|R|
 *  +-----------------------------------------------+---------+-+-+-+
 * </pre>
 *
 * <p>R and W: access asked for; L: last request of the group; PRGI: page request group index. The requester ID and the
 * optional PASID prefix travel beside it. Static functions over the value; any thread.
 */
public final class PageRequestMessage {

    /** Message code of a Page Request. */
    public static final int MESSAGE_CODE = 0x04;
    /** Read access is asked for. */
    public static final long READ = 1;
    /** Write access is asked for. */
    public static final long WRITE = 1 << 1;
    /** Last request of the group. */
    public static final long LAST = 1 << 2;
    /**
     * A stop marker: no request for its PASID follows. Needs a PASID prefix; index and address carry no meaning. See
     * {@link #isStopMarker}.
     */
    public static final long STOP_MARKER = LAST;
    /** Number of group indexes, 9 bits. */
    public static final int GROUP_INDEXES = 512;
    /** Bits of the value that are the page address. */
    public static final long ADDRESS_MASK = -1L << 12;
    /** PASID given where a message has no PASID prefix. */
    public static final int NO_PASID = -1;

    private static final int GROUP_INDEX_SHIFT = 3;

    private PageRequestMessage() {}

    /**
     * Make a message.
     *
     * @param address    bits 11:0 are ignored
     * @param groupIndex 0..511
     * @param access     {@link #READ}, {@link #WRITE}, {@link #LAST}
     * @return the value
     */
    public static long of(final long address, final int groupIndex, final long access) {
        return address & ADDRESS_MASK | (long) (groupIndex & GROUP_INDEXES - 1) << GROUP_INDEX_SHIFT | access;
    }

    /**
     * The same message in a group.
     *
     * @param message    with group index 0
     * @param groupIndex 0..511
     * @return the value
     */
    public static long inGroup(final long message, final int groupIndex) {
        return message | (long) groupIndex << GROUP_INDEX_SHIFT;
    }

    /**
     * Page that is asked for.
     *
     * @param message the value
     * @return its address
     */
    public static long address(final long message) {
        return message & ADDRESS_MASK;
    }

    /**
     * Group of the request.
     *
     * @param message the value
     * @return 0..511
     */
    public static int groupIndex(final long message) {
        return (int) message >>> GROUP_INDEX_SHIFT & GROUP_INDEXES - 1;
    }

    /**
     * Whether the request closes its group.
     *
     * @param message the value
     * @return true if L is set
     */
    public static boolean isLast(final long message) {
        return (message & LAST) != 0;
    }

    /**
     * Whether the message is a stop marker, which asks for nothing, takes no credit and is never answered: L without R
     * and W, with a PASID. Without a PASID the same bits are an ordinary request.
     *
     * @param message the value
     * @param prefix  of the message, see {@link PasidPrefix}
     * @return true if so
     */
    public static boolean isStopMarker(final long message, final int prefix) {
        return PasidPrefix.isPresent(prefix) && (message & (READ | WRITE | LAST)) == LAST;
    }
}
