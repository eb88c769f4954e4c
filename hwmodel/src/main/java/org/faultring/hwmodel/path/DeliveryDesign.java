/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways in which a path can deliver faults to user space. */
public enum DeliveryDesign {

    /** Poll, read a batch, write its answers; see {@link org.faultring.ring.delivery.ReadDelivery}. */
    READ("read"),
    /** The ring mapped into the handler; see {@link org.faultring.ring.delivery.SharedRingDelivery}. */
    SHARED_RING("shared-ring"),
    /** Into a guest, which answers; see {@link org.faultring.ring.delivery.GuestInjection}. */
    INJECT("inject"),
    /** None: the kernel resolves; see {@link org.faultring.ring.kernel.SvaHandler}. */
    SVA("sva");

    private final String key;

    DeliveryDesign(final String key) {
        this.key = key;
    }

    /**
     * Name for commands and results.
     *
     * @return lower case, words joined by hyphens
     */
    public String key() {
        return key;
    }

    /**
     * Design of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the design
     * @throws IllegalArgumentException if there is none of that name
     */
    public static DeliveryDesign ofKey(final String key) {
        for (final DeliveryDesign design : values()) {
            if (design.key.equals(key)) {
                return design;
            }
        }
        throw new IllegalArgumentException("design=" + key + " (expected: "
                + Arrays.stream(values()).map(DeliveryDesign::key).collect(Collectors.joining(", ")) + ")");
    }
}
