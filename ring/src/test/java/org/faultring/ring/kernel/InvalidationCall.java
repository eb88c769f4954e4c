/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;

/** A program that calls {@code IOMMU_HWPT_INVALIDATE}. */
final class InvalidationCall {

    final ByteBuffer entries;
    final HwptInvalidation call = new HwptInvalidation();
    private final InvalidationPort port;
    private final int type;
    private final int entryBytes;

    InvalidationCall(final InvalidationPort port, final int type, final int entryBytes, final int capacityBytes) {
        this.port = port;
        this.type = type;
        this.entryBytes = entryBytes;
        entries = RingMemory.allocate(capacityBytes);
    }

    /** Writes an entry of words. */
    InvalidationCall put(final int index, final int... words) {
        for (int i = 0; i < words.length; i++) {
            LittleEndian.putInt(entries, index * entryBytes + i * Integer.BYTES, words[i]);
        }
        return this;
    }

    int invalidate(final int count) {
        return invalidate(type, entries, count);
    }

    int invalidate(final int dataType, final ByteBuffer memory, final int count) {
        final int result = call.check(0, memory, entryBytes, count);
        return result != 0 ? result : call.begin(port, dataType, memory, entryBytes, count);
    }

    int handled() {
        return call.handled();
    }
}
