/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/**
 * Translation request of ATS: the address part of a memory read with {@link AddressType#TRANSLATION_REQUEST}.
 *
 * <pre>
 *  63                                            12 11            1  0
 *  +-----------------------------------------------+---------------+--+
 *  |                address 63:12                  |       0       |NW|
 *  +-----------------------------------------------+---------------+--+
 * </pre>
 *
 * <p>NW: write access is not needed. Static functions over the value; any thread.
 */
public final class TranslationRequestMessage {

    /** Write access is not needed. */
    public static final long NO_WRITE = 1;

    private TranslationRequestMessage() {}

    /**
     * Make a request.
     *
     * @param address bits 11:0 are ignored
     * @param flags   {@link #NO_WRITE} or 0
     * @return the value
     */
    public static long of(final long address, final long flags) {
        return address & PageRequestMessage.ADDRESS_MASK | flags & NO_WRITE;
    }

    /**
     * Page that is to be translated.
     *
     * @param message the value
     * @return its address
     */
    public static long address(final long message) {
        return message & PageRequestMessage.ADDRESS_MASK;
    }

    /**
     * Whether write access is not needed.
     *
     * @param message the value
     * @return true if NW is set
     */
    public static boolean isNoWrite(final long message) {
        return (message & NO_WRITE) != 0;
    }
}
