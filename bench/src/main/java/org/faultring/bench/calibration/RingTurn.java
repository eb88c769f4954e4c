/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.nio.ByteBuffer;

import org.faultring.bench.linux.IoUring;
import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.PipeFaults;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FileShape.EmptyRead;

/** One fault after the other raised, read through a completion ring, answered and taken, all by one thread. */
final class RingTurn implements AutoCloseable {

    private final PipeFaults faults = new PipeFaults(1, 1, EmptyRead.BLOCKS);
    private final IoUring ring;
    private final int file;
    private final int into;
    private final int from;

    RingTurn() {
        try {
            ring = new IoUring(IoUringSettings.DEFAULT);
        } catch (final RuntimeException e) {
            faults.close();
            throw e;
        }
        final ByteBuffer buffer = RingMemory.allocate(PageFaultFlyweight.LENGTH_BYTES);
        final ByteBuffer answer = RingMemory.allocate(PageResponseFlyweight.LENGTH_BYTES);
        file = ring.registerFile(faults.file());
        into = ring.registerBuffer(buffer);
        from = faults.file().register(answer);
    }

    /** A fault is there, and a read of it is prepared. */
    void raise(final int flags) {
        faults.raise(1);
        ring.prepareRead(file, into, 0, PageFaultFlyweight.LENGTH_BYTES, flags, 0);
    }

    /** Submit it and wait for its completion. */
    int enter() {
        return ring.enter(1, IoUring.FOREVER);
    }

    /** Take the completion, answer, take the answer. */
    void answer() {
        ring.forEachCompletion((userData, result, flags) -> {
        }, 1);
        faults.file().write(from, 0, PageResponseFlyweight.LENGTH_BYTES);
        faults.collect();
    }

    @Override
    public void close() {
        ring.close();
        faults.close();
    }
}
