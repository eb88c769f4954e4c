/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

import org.agrona.collections.IntArrayQueue;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.IoRing;

/**
 * Answers that go out as posted writes, each with memory of its own until its completion.
 *
 * <p>A write that took only some of its answers is posted again for the rest; one that was refused leaves its first
 * answer out (its group was answered meanwhile, by a detach) and is posted again for those behind it. Used by the user
 * world; allocates nothing after set-up.
 */
final class PostedAnswers {

    private static final int NONE = -1;

    private final IoRing ring;
    private final int file;
    private final int writeBytes;
    private final Tally tally;
    private final ByteBuffer memory;
    private final int memoryNumber;
    /** Of each write, the answers that are left: byte indexes in the memory. */
    private final int[] begins;
    private final int[] ends;
    private final IntArrayQueue free;
    private final IntArrayQueue toPost;
    private final IntPredicate prepare = this::prepare;
    private final PageResponseFlyweight response = new PageResponseFlyweight();
    /** Write that is being filled. */
    private int current = NONE;

    PostedAnswers(final IoRing ring, final int file, final RingSettings settings, final Tally tally) {
        this.ring = ring;
        this.file = file;
        this.tally = tally;
        final int writes = settings.writes();
        writeBytes = settings.answersPerWrite() * PageResponseFlyweight.LENGTH_BYTES;
        memory = RingMemory.allocate(writes * writeBytes);
        memoryNumber = ring.registerBuffer(memory);
        begins = new int[writes];
        ends = new int[writes];
        free = Numbers.upTo(writes);
        toPost = Numbers.roomFor(writes);
    }

    /** Answers that can be noted now. */
    int room() {
        final int begun = current == NONE ? 0 : (current + 1) * writeBytes - ends[current];
        return (free.size() * writeBytes + begun) / PageResponseFlyweight.LENGTH_BYTES;
    }

    /** Note an answer; there has to be room. */
    void answer(final int cookie, final int code) {
        if (current == NONE) {
            current = free.pollInt();
            begins[current] = current * writeBytes;
            ends[current] = begins[current];
        }
        response.wrap(memory, ends[current]).set(cookie, code);
        ends[current] += PageResponseFlyweight.LENGTH_BYTES;
        if (ends[current] == (current + 1) * writeBytes) {
            close();
        }
    }

    private void close() {
        toPost.offerInt(current);
        current = NONE;
    }

    /** Post what has been noted. What finds no room in the submission queue is posted by a later call. */
    void post() {
        if (current != NONE) {
            close();
        }
        Posting.postAll(toPost, ring, prepare);
    }

    private boolean prepare(final int write) {
        return ring.prepareWrite(file, memoryNumber, begins[write], ends[write] - begins[write], 0,
                RequestId.of(RequestId.WRITE, write));
    }

    /** A write has ended. */
    void completed(final int write, final int result) {
        if (result > 0) {
            tally.add(Counter.RECORDS_COPIED, result / PageResponseFlyweight.LENGTH_BYTES);
            begins[write] += result;
        } else if (result != -Errno.EINTR && result != -Errno.EAGAIN) {
            tally.increment(Counter.ANSWERS_LOST);
            begins[write] += PageResponseFlyweight.LENGTH_BYTES;
        }
        (begins[write] == ends[write] ? free : toPost).offerInt(write);
    }
}
