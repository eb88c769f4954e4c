/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.path.TimedAgent;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.ForwardingFaultFile;

/**
 * A handler that fetches each page from elsewhere and answers when it is there, any number at once: answers reach the
 * file a fixed time after they were written here. The agent that brings them belongs to the user world.
 */
final class LateAnswers extends ForwardingFaultFile implements TimedAgent {

    private final long delayNanos;
    private final NanoClock clock;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final ByteBuffer answer =
            ByteBuffer.allocateDirect(PageResponseFlyweight.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final int answerBuffer;
    private final Queue<Late> waiting = new ArrayDeque<>();

    /** An answer and when it is due. */
    private record Late(long answer, long dueNanos) {}

    LateAnswers(final FaultFile file, final long delayNanos, final NanoClock clock) {
        super(file);
        this.delayNanos = delayNanos;
        this.clock = clock;
        answerBuffer = register(answer);
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
            waiting.add(new Late(buffers.get(buffer).getLong(at), clock.nanoTime() + delayNanos));
        }
        return length;
    }

    @Override
    public int doWork() {
        int work = 0;
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= clock.nanoTime()) {
            answer.putLong(0, waiting.remove().answer);
            super.write(answerBuffer, 0, PageResponseFlyweight.LENGTH_BYTES);
            work++;
        }
        return work;
    }

    @Override
    public long nextNanos() {
        return waiting.isEmpty() ? NEVER : waiting.peek().dueNanos;
    }

    @Override
    public String roleName() {
        return "late-answers";
    }
}
