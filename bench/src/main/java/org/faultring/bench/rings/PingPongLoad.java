/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.lang.Thread.UncaughtExceptionHandler;

import org.agrona.concurrent.IdleStrategy;
import org.faultring.ring.PaddedWord;

/**
 * The reference of the round trip: each side spins on a line that the other one writes, and one word goes each way. No
 * ring, no fault.
 */
public final class PingPongLoad implements BlockLoad {

    private final PaddedWord ping = new PaddedWord();
    private final PaddedWord pong = new PaddedWord();
    private final int block;
    private final IdleStrategy idle;
    private final GateThread echoing;

    /**
     * Starts the side that answers.
     *
     * @param block    round trips of a block
     * @param waiting  on the other side's line, and at the gate
     * @param onFailed told when the other side fails
     */
    public PingPongLoad(final int block, final Waiting waiting, final UncaughtExceptionHandler onFailed) {
        this.block = block;
        this.idle = waiting.newIdleStrategy();
        final IdleStrategy echoIdle = waiting.newIdleStrategy();
        this.echoing = new GateThread("echo", () -> echo(pong.get(), echoIdle), waiting.newIdleStrategy(), onFailed);
    }

    private void echo(final long from, final IdleStrategy echoIdle) {
        for (long n = from + 1; n <= from + block; n++) {
            await(ping, n, echoIdle);
            pong.setRelease(n);
        }
    }

    @Override
    public void move() {
        final long from = ping.get();
        echoing.open();
        for (long n = from + 1; n <= from + block; n++) {
            ping.setRelease(n);
            await(pong, n, idle);
        }
        NotConservedException.check(from + block, pong.getAcquire());
    }

    private static void await(final PaddedWord word, final long value, final IdleStrategy waiting) {
        // Acquire, paired with the release of the other side: a word seen is a word sent.
        while (word.getAcquire() != value) {
            waiting.idle();
        }
    }

    @Override
    public CoreDistance.Reading coreDistance() {
        return echoing.distance();
    }

    @Override
    public void close() {
        echoing.close();
    }
}
