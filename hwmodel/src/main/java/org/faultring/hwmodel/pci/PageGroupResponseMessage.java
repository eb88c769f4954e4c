/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * PRG Response message of PCIe (message code 0x05): header bytes 8..15 as one 64-bit value.
 *
 * <pre>
 *  63              48 47   44 43  41 40       32 31               0
 *  +-----------------+-------+------+-----------+-----------------+
 *  | destination ID  | code  |  0   |   PRGI    |        0        |
 *  +-----------------+-------+------+-----------+-----------------+
 * </pre>
 *
 * <p>Static functions over the value; any thread.
 */
public final class PageGroupResponseMessage {

    /** Message code of a PRG Response. */
    public static final int MESSAGE_CODE = 0x05;
    /** All requests of the group were looked at; translate again. */
    public static final int SUCCESS = 0x0;
    /** At least one page is not accessible; do not ask again. */
    public static final int INVALID_REQUEST = 0x1;
    /** Catastrophic: stop asking until software has reset the interface. Reserved codes are treated like it. */
    public static final int RESPONSE_FAILURE = 0xF;

    private static final int DESTINATION_SHIFT = 48;
    private static final int CODE_SHIFT = 44;
    private static final int GROUP_INDEX_SHIFT = 32;

    private PageGroupResponseMessage() {}

    /**
     * Make a message.
     *
     * @param destination requester ID of the function
     * @param groupIndex  0..511
     * @param code        4 bits
     * @return the value
     */
    public static long of(final int destination, final int groupIndex, final int code) {
        return (long) destination << DESTINATION_SHIFT | (long) (code & 0xF) << CODE_SHIFT
                | (long) (groupIndex & PageRequestMessage.GROUP_INDEXES - 1) << GROUP_INDEX_SHIFT;
    }

    /**
     * Function that is answered.
     *
     * @param message the value
     * @return its requester ID
     */
    public static int destination(final long message) {
        return (int) (message >>> DESTINATION_SHIFT);
    }

    /**
     * Group that is answered.
     *
     * @param message the value
     * @return 0..511
     */
    public static int groupIndex(final long message) {
        return (int) (message >>> GROUP_INDEX_SHIFT) & PageRequestMessage.GROUP_INDEXES - 1;
    }

    /**
     * The answer.
     *
     * @param message the value
     * @return 0..15
     */
    public static int code(final long message) {
        return (int) (message >>> CODE_SHIFT) & 0xF;
    }

    /**
     * Whether a code stops the function: Response Failure, and every reserved one.
     *
     * @param code 0..15
     * @return true unless it is {@link #SUCCESS} or {@link #INVALID_REQUEST}
     */
    public static boolean isFailure(final int code) {
        return code != SUCCESS && code != INVALID_REQUEST;
    }
}
