/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Body of an invalidate request of ATS (message code 0x01): 8 bytes of payload as one 64-bit value.
 *
 * <pre>
 *  63                                            12  11 10         1  0
 *  +-----------------------------------------------+---+------------+--+
 *  |                address 63:12                  | S |     0      |G |
 *  +-----------------------------------------------+---+------------+--+
 * </pre>
 *
 * <p>S: the address carries a size, see {@link SizedAddress}; G: for all PASIDs. The tag and the optional PASID prefix
 * travel beside it. Static functions over the value; any thread.
 */
public final class InvalidateRequestMessage {

    /** Message code of an invalidate request. */
    public static final int MESSAGE_CODE = 0x01;
    /** Tags, and so requests to one function that may wait for completion: 5 bits. */
    public static final int TAGS = 32;
    /** For all PASIDs. */
    public static final long GLOBAL = 1;
    /** The whole address space. */
    public static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F800L;
    /**
     * Longest time a function may take, in ns: a minute and half of one. IOMMUs may give up earlier.
     */
    public static final long TIMEOUT_NANOS = 90_000_000_000L;

    private InvalidateRequestMessage() {}

    /**
     * Make a body.
     *
     * @param address   within the block
     * @param log2Pages size of the block, see {@link SizedAddress#of}
     * @param flags     {@link #GLOBAL} or 0
     * @return the value
     */
    public static long of(final long address, final int log2Pages, final long flags) {
        return SizedAddress.of(address, log2Pages) | flags & GLOBAL;
    }

    /**
     * Whether the request is for all PASIDs.
     *
     * @param body the value
     * @return true if G is set
     */
    public static boolean isGlobal(final long body) {
        return (body & GLOBAL) != 0;
    }
}
