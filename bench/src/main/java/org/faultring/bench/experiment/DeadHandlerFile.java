/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/** The file of a handler that hangs between its reads and its answers, which it can write later, when it comes back. */
final class DeadHandlerFile extends ForwardingFaultFile {

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final List<Long> kept = new ArrayList<>();
    private final ByteBuffer late =
            ByteBuffer.allocateDirect(PageResponseFlyweight.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final int lateBuffer;

    DeadHandlerFile(final FaultFile file) {
        super(file);
        lateBuffer = register(late);
    }

    @Override
    public int register(final ByteBuffer buffer) {
        final int number = super.register(buffer);
        while (buffers.size() <= number) {
            buffers.add(null);
        }
        buffers.set(number, buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return number;
    }

    @Override
    public int write(final int buffer, final int offset, final int length) {
        for (int at = offset; at < offset + length; at += PageResponseFlyweight.LENGTH_BYTES) {
            kept.add(buffers.get(buffer).getLong(at));
        }
        return length;
    }

    /** The handler comes back and writes what it owes; how many of its answers are refused. */
    int comeBack() {
        int refused = 0;
        for (final long answer : kept) {
            late.putLong(0, answer);
            refused += super.write(lateBuffer, 0, PageResponseFlyweight.LENGTH_BYTES) > 0 ? 0 : 1;
        }
        kept.clear();
        return refused;
    }
}
