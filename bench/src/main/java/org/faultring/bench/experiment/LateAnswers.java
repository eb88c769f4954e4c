/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

import java.util.ArrayDeque;
import java.util.Queue;

import org.agrona.concurrent.NanoClock;
import org.faultring.hwmodel.path.TimedAgent;
import org.faultring.ring.file.FaultFile;

/**
 * A handler that fetches each page from elsewhere and answers when it is there, any number at once: answers reach the
 * file a fixed time after they were written here. The agent that brings them belongs to the user world.
 */
final class LateAnswers extends TakenAnswers implements TimedAgent {

    private final long delayNanos;
    private final NanoClock clock;
    private final Queue<Late> waiting = new ArrayDeque<>();

    /** An answer and when it is due. */
    private record Late(long answer, long dueNanos) {}

    LateAnswers(final FaultFile file, final long delayNanos, final NanoClock clock) {
        super(file);
        this.delayNanos = delayNanos;
        this.clock = clock;
    }

    @Override
    void take(final long answer) {
        waiting.add(new Late(answer, clock.nanoTime() + delayNanos));
    }

    @Override
    public int doWork() {
        int work = 0;
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= clock.nanoTime()) {
            giveOn(waiting.remove().answer);
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
