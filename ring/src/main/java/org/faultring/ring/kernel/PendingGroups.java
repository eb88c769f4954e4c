/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.util.Arrays;

/**
 * Each device's groups that no fault object has taken over, by their places in the {@link GroupTable}:
 * {@code iommu_fault_param.faults} (drivers/iommu/io-pgfault.c), the newest first. Allocates only when the number of a
 * device is higher than any before.
 */
final class PendingGroups {

    /** No group. */
    static final int NIL = -1;

    /** By place, doubly linked within a device. */
    private final int[] next;
    private final int[] previous;
    private int[] newest = new int[0];

    PendingGroups(final int capacity) {
        next = new int[capacity];
        previous = new int[capacity];
    }

    void add(final int device, final int place) {
        if (device >= newest.length) {
            final int before = newest.length;
            newest = Arrays.copyOf(newest, Math.max(device + 1, 2 * before));
            Arrays.fill(newest, before, newest.length, NIL);
        }
        next[place] = newest[device];
        previous[place] = NIL;
        if (next[place] != NIL) {
            previous[next[place]] = place;
        }
        newest[device] = place;
    }

    void remove(final int device, final int place) {
        if (next[place] != NIL) {
            previous[next[place]] = previous[place];
        }
        if (previous[place] == NIL) {
            newest[device] = next[place];
        } else {
            next[previous[place]] = next[place];
        }
    }

    int newest(final int device) {
        return device < newest.length ? newest[device] : NIL;
    }
}
