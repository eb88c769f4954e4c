/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

import java.util.Arrays;
import java.util.stream.Collectors;

/** On what a design is run. Each ground has a currency of its own; figures of two grounds are never compared. */
public enum Ground {

    /** The emulated path on threads: a simulator's speed. */
    THREADS("threads", "host ns, emulated path (a simulator's speed)",
            "from the device's raise to the answer accepted by the device"),
    /** The emulated path in virtual time. */
    MODEL("model", "virtual ns", "from the device's raise to the answer accepted by the device"),
    /** Two pipes. */
    PIPE("pipe", "host ns through a pipe", "from the raiser's write to its read of the answer"),
    /** Permission events. */
    FANOTIFY("fanotify", "host ns through fanotify", "from the access that waits to its return"),
    /** Real faults of real memory. */
    USERFAULT("userfault", "host ns through userfaultfd", "from the touch of the page to its return"),
    /** The real fault file. */
    IOMMU("iommu", "host ns through iommufd's self-test", "from the trigger to the answer taken by the file");

    private final String key;
    private final String currency;
    private final String stretch;

    Ground(final String key, final String currency, final String stretch) {
        this.key = key;
        this.currency = currency;
        this.stretch = stretch;
    }

    /**
     * Name for commands and results.
     *
     * @return one word
     */
    public String key() {
        return key;
    }

    /**
     * In what a fault's cost is told.
     *
     * @return a heading
     */
    public String currency() {
        return currency;
    }

    /**
     * What a fault's time is.
     *
     * @return from where to where
     */
    public String stretch() {
        return stretch;
    }

    /**
     * Ground of a name.
     *
     * @param key as {@link #key()} gives it
     * @return the ground
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Ground ofKey(final String key) {
        return Arrays.stream(values()).filter(ground -> ground.key.equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("on=" + key + " (expected: "
                        + Arrays.stream(values()).map(Ground::key).collect(Collectors.joining(", ")) + ")"));
    }
}
