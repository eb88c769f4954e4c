/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import org.faultring.ring.Checks;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.IoRing;

/**
 * The design {@code poll-then-read}: a wait for the file and a read behind it are posted as a chain, so that the read
 * starts when there is something; posted again once its records have been handled. Answers go out as posted writes.
 * Needs a file that was opened non-blocking, or the read goes to a thread of the kernel.
 *
 * <p>Waits on: completions(ring). Copies: each record once, from the file to the memory of the read; each answer once.
 * Faults come in the file's order.
 */
public final class PollThenReadDelivery extends RingDelivery {

    private static final int PART = 0;

    /** What is to be posted next, or has been. */
    private enum State {
        /** The chain. */
        POST_CHAIN,
        /** The read by itself: the wait went out alone, as the submission queue had no room for both. */
        POST_READ,
        /** A wait that is alone is under way. */
        POLLING_ALONE,
        /** The read is under way, or what it brought is not handled. */
        READING
    }

    private final int readFlags;
    private State state = State.POST_CHAIN;

    /**
     * A delivery over a ring.
     *
     * @param ring     to post to; no one else uses it
     * @param file     to read and write, of the same world, opened non-blocking
     * @param settings of the reads and writes; reads is 1, a second chain would wake for the same faults
     * @param context  what handles faults
     */
    public PollThenReadDelivery(final IoRing ring, final FaultFile file, final RingSettings settings,
            final HandlerContext context) {
        super(ring, file, settings, context);
        Checks.range("reads", settings.reads(), 1, 1);
        readFlags = settings.readFlags();
    }

    @Override
    void onPoll(final int result) {
        if (state == State.POLLING_ALONE) {
            state = State.POST_READ;
        }
    }

    @Override
    void onRead(final int number, final int result, final int flags) {
        if (!keeps(PART, result)) {
            state = State.POST_CHAIN;
        }
    }

    @Override
    void release(final int part) {
        state = State.POST_CHAIN;
    }

    @Override
    void postReads() {
        if (state == State.POST_CHAIN) {
            postChain();
        } else if (state == State.POST_READ && (prepareRead() || ring.submit() >= 0 && prepareRead())) {
            state = State.READING;
        }
    }

    private void postChain() {
        if (!preparePoll()) {
            ring.submit();
            if (!preparePoll()) {
                return;
            }
        }
        if (prepareRead()) {
            state = State.READING;
        } else {
            // A chain ends with what is submitted together.
            state = State.POLLING_ALONE;
        }
    }

    private boolean preparePoll() {
        return ring.preparePoll(file, FaultFile.READABLE, IoRing.LINK, RequestId.of(RequestId.POLL, PART));
    }

    private boolean prepareRead() {
        return ring.prepareRead(file, parts.memoryNumber(), parts.offset(PART), parts.partBytes(), readFlags,
                RequestId.of(RequestId.READ, PART));
    }

    @Override
    public String roleName() {
        return "poll-then-read";
    }
}
