/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rings;

import java.lang.Thread.UncaughtExceptionHandler;

/**
 * Round trip: the calling thread sends a fault through one ring, a thread of the set-up answers it through another of
 * the same kind, and only then comes the next. Each side answers from inside its handler.
 */
public final class RoundTripLoad implements BlockLoad {

    private final FaultProducer pings;
    private final FaultConsumer pongs;
    private final ReplyingSink next;
    private final ReplyingSink echo;
    private final GateThread echoing;
    private final int block;
    private long first;

    /**
     * Makes the ends of the rings and starts the side that answers.
     *
     * @param there    the way there
     * @param back     the way back
     * @param block    round trips of a block
     * @param waiting  at the gate
     * @param onFailed told when the other side fails
     */
    public RoundTripLoad(final BenchRing there, final BenchRing back, final int block, final Waiting waiting,
            final UncaughtExceptionHandler onFailed) {
        this.block = block;
        this.pings = there.newProducer();
        this.next = new ReplyingSink(pings, 1);
        this.pongs = back.newConsumer(next);
        this.echo = new ReplyingSink(back.newProducer(), 0);
        final FaultConsumer echoes = there.newConsumer(echo);
        this.echoing = new GateThread("echo", () -> echoes.consume(block), waiting.newIdleStrategy(), onFailed);
    }

    @Override
    public void move() {
        final long expected = FaultWords.sum(first, block);
        final long end = first + block;
        next.endAt(end);
        echoing.open();
        pings.produce(first, 1);
        pongs.consume(block);
        first = end;
        NotConservedException.check(expected, next.take());
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
