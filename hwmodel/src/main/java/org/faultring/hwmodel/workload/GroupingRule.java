/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

/**
 * When neighbouring faults of one thread count as one page request group.
 *
 * <p>Immutable; thread safe.
 *
 * @param maxFaults   most faults in a group, 1..{@value #MAX_FAULTS}.
 * @param windowNanos longest time from the first fault of a group to its last, in nanoseconds, 0 or more. A fault
 *                    exactly that late still belongs to the group.
 */
public record GroupingRule(int maxFaults, long windowNanos) {
    /**
     * Largest {@code maxFaults}: half of the smallest page request queue of VT-d, one 4 KiB page of 32-byte records, so
     * that any group fits into any such queue. PCI Express itself does not bound the length of a group.
     */
    public static final int MAX_FAULTS = 64;

    /** Up to 4 faults within 10 microseconds. */
    public static final GroupingRule DEFAULT = new GroupingRule(4, 10_000);

    /** Every fault a group of its own. */
    public static final GroupingRule SINGLE = new GroupingRule(1, 0);

    /**
     * Checks the values.
     *
     * @param maxFaults   see above.
     * @param windowNanos see above.
     * @throws IllegalArgumentException if one is out of range; the message names it, its value and the range.
     */
    public GroupingRule {
        if (maxFaults < 1 || maxFaults > MAX_FAULTS) {
            throw new IllegalArgumentException("maxFaults=" + maxFaults + " (expected: 1.." + MAX_FAULTS + ")");
        }
        if (windowNanos < 0) {
            throw new IllegalArgumentException("windowNanos=" + windowNanos + " (expected: >= 0)");
        }
    }
}
