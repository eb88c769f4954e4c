/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Ways to choose the fault object that takes the faults of a page table behind a device. */
public enum Routing {

    /** Linux 7.2: a page table has its fault object, whatever device it is attached to. */
    PER_DOMAIN("per-domain"),
    /** Each device has its fault object: device {@code d} number {@code d mod faultObjects}. */
    PER_DEVICE("per-device"),
    /**
     * A container of two levels ({@link org.faultring.ring.kernel.FaultContainer}): the first fault object is the
     * parent's, for the page tables over it; those over the others are first-level tables, each with its own. A process
     * has the same table for all devices.
     */
    CONTAINER("container"),
    /** Two owners with a hop between them ({@link org.faultring.ring.kernel.TwoOwnerRouter}). */
    TWO_OWNERS("two-owners");

    private final String key;

    Routing(final String key) {
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
     * Routing of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the routing
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Routing ofKey(final String key) {
        for (final Routing routing : values()) {
            if (routing.key.equals(key)) {
                return routing;
            }
        }
        throw new IllegalArgumentException("routing=" + key + " (expected: "
                + Arrays.stream(values()).map(Routing::key).collect(Collectors.joining(", ")) + ")");
    }
}
