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

/** A fault file whose answers get no further than here, until they are given on one by one. */
abstract class TakenAnswers extends ForwardingFaultFile {

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final ByteBuffer given =
            ByteBuffer.allocateDirect(PageResponseFlyweight.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final int givenBuffer;

    TakenAnswers(final FaultFile file) {
        super(file);
        givenBuffer = register(given);
    }

    @Override
    public final int register(final ByteBuffer buffer) {
        final int number = super.register(buffer);
        while (buffers.size() <= number) {
            buffers.add(null);
        }
        buffers.set(number, buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return number;
    }

    @Override
    public final int write(final int buffer, final int offset, final int length) {
        for (int at = offset; at < offset + length; at += PageResponseFlyweight.LENGTH_BYTES) {
            take(buffers.get(buffer).getLong(at));
        }
        return length;
    }

    /** An answer was written, as one word. */
    abstract void take(long answer);

    /** Write an answer to the file; false if it is refused. */
    final boolean giveOn(final long answer) {
        given.putLong(0, answer);
        return super.write(givenBuffer, 0, PageResponseFlyweight.LENGTH_BYTES) > 0;
    }
}
