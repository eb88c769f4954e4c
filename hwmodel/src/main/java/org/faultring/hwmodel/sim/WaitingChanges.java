/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.sim;

import java.util.Arrays;

/** Changes of attachments that wait for their turn, oldest first. Allocates only when more wait than ever before. */
final class WaitingChanges {

    /** What is to be done. */
    enum Kind {
        DETACH, ATTACH, REPLACE
    }

    private Kind[] kinds = new Kind[16];
    private int[] devices = new int[16];
    private int[] pasids = new int[16];
    private long[] notBefore = new long[16];
    private int first;
    private int size;

    /** Nothing waits. */
    WaitingChanges() {}

    void add(final Kind kind, final int device, final int pasid, final long notBeforeNanos) {
        if (size == kinds.length) {
            grow();
        }
        final int place = first + size++ & kinds.length - 1;
        kinds[place] = kind;
        devices[place] = device;
        pasids[place] = pasid;
        notBefore[place] = notBeforeNanos;
    }

    private void grow() {
        final int before = kinds.length;
        kinds = Arrays.copyOf(kinds, 2 * before);
        devices = Arrays.copyOf(devices, 2 * before);
        pasids = Arrays.copyOf(pasids, 2 * before);
        notBefore = Arrays.copyOf(notBefore, 2 * before);
        // What had wrapped goes behind the rest.
        System.arraycopy(kinds, 0, kinds, before, first);
        System.arraycopy(devices, 0, devices, before, first);
        System.arraycopy(pasids, 0, pasids, before, first);
        System.arraycopy(notBefore, 0, notBefore, before, first);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    Kind firstKind() {
        return kinds[first];
    }

    int firstDevice() {
        return devices[first];
    }

    int firstPasid() {
        return pasids[first];
    }

    /** Virtual ns before which the first may not be done. */
    long firstNotBefore() {
        return notBefore[first];
    }

    void removeFirst() {
        first = first + 1 & kinds.length - 1;
        size--;
    }

    void clear() {
        size = 0;
    }
}
