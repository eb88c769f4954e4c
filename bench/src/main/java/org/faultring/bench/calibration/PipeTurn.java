/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.calibration;

import java.nio.ByteBuffer;

import org.faultring.bench.linux.PipeFaults;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.FileShape.EmptyRead;

/** One burst after the other of faults raised, read, answered and taken, all by one thread. */
final class PipeTurn implements AutoCloseable {

    private final int records;
    private final PipeFaults faults;
    private final int into;
    private final int from;

    PipeTurn(final int records) {
        this.records = records;
        faults = new PipeFaults(records, records, EmptyRead.RETURNS_EAGAIN);
        final ByteBuffer buffer = RingMemory.allocate(records * PageFaultFlyweight.LENGTH_BYTES);
        final ByteBuffer answers = RingMemory.allocate(records * PageResponseFlyweight.LENGTH_BYTES);
        into = faults.file().register(buffer);
        from = faults.file().register(answers);
    }

    void raise() {
        faults.raise(records);
    }

    int read() {
        return faults.file().read(into, 0, records * PageFaultFlyweight.LENGTH_BYTES);
    }

    int answer() {
        return faults.file().write(from, 0, records * PageResponseFlyweight.LENGTH_BYTES);
    }

    void collect() {
        faults.collect();
    }

    @Override
    public void close() {
        faults.close();
    }
}
