/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import org.agrona.concurrent.NanoClock;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/**
 * The lock of a fault object, in virtual time: a write holds it for a while for each answer, and who comes meanwhile,
 * to read or to write, waits until it is free. What a call took is gathered until the reader that made it asks.
 */
final class ObjectLock extends ForwardingFaultFile {

    private final long heldNanos;
    private final NanoClock clock;
    private long freeNanos;
    private long owedNanos;

    ObjectLock(final FaultFile file, final long heldNanos, final NanoClock clock) {
        super(file);
        this.heldNanos = heldNanos;
        this.clock = clock;
    }

    @Override
    public int read(final int buffer, final int offset, final int length) {
        owedNanos += Math.max(0, freeNanos - clock.nanoTime());
        return super.read(buffer, offset, length);
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        final long begin = Math.max(clock.nanoTime(), freeNanos);
        freeNanos = begin + heldNanos * (length / PageResponseFlyweight.LENGTH_BYTES);
        owedNanos += freeNanos - clock.nanoTime();
        return super.write(buffer, offset, length);
    }

    /** What the calls since the last time took. */
    long take() {
        final long owed = owedNanos;
        owedNanos = 0;
        return owed;
    }
}
