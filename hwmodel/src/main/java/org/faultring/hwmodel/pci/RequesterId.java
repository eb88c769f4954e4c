/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.pci;

/** Requester IDs: bus 15:8, device 7:3, function 2:0. */
public final class RequesterId {

    /** Number of requester IDs. */
    public static final int COUNT = 1 << 16;

    private RequesterId() {}

    /**
     * Make an ID.
     *
     * @param bus      0..255
     * @param device   0..31
     * @param function 0..7
     * @return 16 bits
     */
    public static int of(final int bus, final int device, final int function) {
        return (bus & 0xFF) << 8 | (device & 0x1F) << 3 | function & 0x7;
    }

    /**
     * An ID as people write it.
     *
     * @param requesterId 16 bits
     * @return for instance {@code 03:01.0}
     */
    public static String format(final int requesterId) {
        return String.format("%02x:%02x.%d", requesterId >>> 8 & 0xFF, requesterId >>> 3 & 0x1F, requesterId & 0x7);
    }
}
