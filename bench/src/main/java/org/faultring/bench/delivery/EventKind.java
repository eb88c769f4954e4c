/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.delivery;

/** What is counted for each fault, beside its time. */
public enum EventKind {

    /** System calls of the reader. */
    SYSTEM_CALLS("systemCalls", "system calls"),
    /** Times the reader was woken. */
    WAKE_UPS("wakeUps", "wake-ups"),
    /** Requests handed to a thread of the kernel. */
    HOPS("hops", "io-wq hops"),
    /** Tries of a posted request that could not succeed. */
    RETRIES("retries", "useless tries"),
    /** Completions without a fault. */
    SPURIOUS("spurious", "spurious completions"),
    /** Records copied between kernel and user space, of faults and answers. */
    COPIES("copies", "records copied");

    private final String key;
    private final String label;

    EventKind(final String key, final String label) {
        this.key = key;
        this.label = label;
    }

    /**
     * Name for results.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }

    /**
     * Heading of a column.
     *
     * @return one or two words
     */
    public String label() {
        return label;
    }
}
