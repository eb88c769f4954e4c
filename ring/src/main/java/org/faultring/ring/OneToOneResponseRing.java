/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import java.nio.ByteBuffer;

/**
 * A bounded, lock-free ring of 8-byte answers for one producer thread and one consumer thread: seven answers and a
 * stamp in each cache line.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                   answer 0: handle of the group               |  0
 *  +---------------------------------------------------------------+
 *  |                   answer 0: code                              |  4
 *  +---------------------------------------------------------------+
 *  |                   answers 1 .. 6                              |  8
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                   stamp: position + 1 of the line's newest    | 56
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The answer at position {@code p}, counted from 0 since the ring was made, is readable once the stamp of its line
 * is greater than {@code p}; stamps of earlier laps are not. The handle is the kernel layer's name for the group. An
 * answer has the layout of {@link PageResponseFlyweight}.
 *
 * <p>Assumptions: one thread offers, one thread polls. Guarantees: answers arrive in the order offered, each once; a
 * handler that throws has consumed its answer; no operation waits, allocates or takes a lock.
 */
public final class OneToOneResponseRing extends OneToOneFields {

    /** Answers in a line. */
    public static final int RESPONSES_PER_LINE = 7;
    /** Offset of the consumer's position. */
    public static final int CONSUMER_POSITION_OFFSET = 0;
    /** Offset of the first line. */
    public static final int LINES_OFFSET = CONSUMER_POSITION_OFFSET + RingMemory.PADDED_BYTES;
    /** Offset within a line of its stamp. */
    public static final int STAMP_OFFSET = RESPONSES_PER_LINE * PageResponseFlyweight.LENGTH_BYTES;
    /** Most lines a ring may have. */
    public static final int MAX_LINES = 1 << 20;

    private final ByteBuffer buffer;
    private final int lineMask;
    private final int capacity;

    /**
     * A ring in fresh memory.
     *
     * @param minCapacity answers it must hold at least, 1..7 × {@link #MAX_LINES}; rounded up to 7 × a power of two
     */
    public OneToOneResponseRing(final int minCapacity) {
        Checks.range("minCapacity", minCapacity, 1, RESPONSES_PER_LINE * MAX_LINES);
        final int wantedLines = (minCapacity + RESPONSES_PER_LINE - 1) / RESPONSES_PER_LINE;
        final int lines = wantedLines == 1 ? 1 : Integer.highestOneBit(wantedLines - 1) << 1;
        this.buffer = RingMemory.allocate(LINES_OFFSET + lines * RingMemory.CACHE_LINE_BYTES);
        this.lineMask = lines - 1;
        this.capacity = lines * RESPONSES_PER_LINE;
        this.producerLimit = capacity;
    }

    /**
     * The ring in memory that holds one already, or is zeroed.
     *
     * @param memory of {@link #LINES_OFFSET} bytes and the lines, aligned as {@link RingMemory} does it
     * @param lines  a power of two
     */
    OneToOneResponseRing(final ByteBuffer memory, final int lines) {
        this.buffer = memory;
        this.lineMask = lines - 1;
        this.capacity = lines * RESPONSES_PER_LINE;
        // Acquire, paired with the release in poll().
        this.consumerPosition = LittleEndian.getLongAcquire(memory, CONSUMER_POSITION_OFFSET);
        this.producerPosition = newestStamp();
        this.producerLimit = consumerPosition + capacity;
        this.producerLineEnd = (producerPosition + RESPONSES_PER_LINE - 1) / RESPONSES_PER_LINE * RESPONSES_PER_LINE;
        this.producerLineOffset = lineOffset(producerPosition / RESPONSES_PER_LINE);
    }

    /** Where the producer was: the newest stamp that can be, from the consumer's position on. */
    private long newestStamp() {
        final long end = consumerPosition + capacity;
        long newest = consumerPosition;
        for (int line = 0; line <= lineMask; line++) {
            final int offset = lineOffset(line);
            // Acquire, paired with the release in offer().
            final long stamp = LittleEndian.getLongAcquire(buffer, offset + STAMP_OFFSET);
            if (stamp > newest && stamp <= end && lineOffset((stamp - 1) / RESPONSES_PER_LINE) == offset) {
                newest = stamp;
            }
        }
        return newest;
    }

    /** Called by the producer: position of its next answer. */
    long producerPosition() {
        return producerPosition;
    }

    /**
     * Answers the ring holds at most.
     *
     * @return 7 × a power of two
     */
    public int capacity() {
        return capacity;
    }

    /**
     * Called by the producer: hand an answer over.
     *
     * @param handle of the group
     * @param code   of the answer
     * @return false if the ring is full and nothing was done
     */
    public boolean offer(final int handle, final int code) {
        final long position = producerPosition;
        if (position >= producerLimit && !refreshLimit(position)) {
            return false;
        }
        if (position == producerLineEnd) {
            producerLineEnd = position + RESPONSES_PER_LINE;
            producerLineOffset = lineOffset(position / RESPONSES_PER_LINE);
        }
        final int lineOffset = (int) producerLineOffset;
        final int answer = lineOffset + STAMP_OFFSET
                - (int) (producerLineEnd - position) * PageResponseFlyweight.LENGTH_BYTES;
        // Handle and code are one word, see PageResponseFlyweight.
        LittleEndian.putLong(buffer, answer, handle & 0xFFFFFFFFL | (long) code << Integer.SIZE);
        // Release, paired with the acquire in poll(): the answer does not move behind the stamp.
        LittleEndian.putLongRelease(buffer, lineOffset + STAMP_OFFSET, position + 1);
        producerPosition = position + 1;
        return true;
    }

    private boolean refreshLimit(final long position) {
        // Acquire, paired with the release in poll(): the consumer's reads of an answer come before our writes to it.
        producerLimit = LittleEndian.getLongAcquire(buffer, CONSUMER_POSITION_OFFSET) + capacity;
        return position < producerLimit;
    }

    /**
     * Called by the producer: how many answers are sure to fit now.
     *
     * @return 0..capacity; more may fit once the consumer goes on
     */
    public int remaining() {
        final long position = producerPosition;
        refreshLimit(position);
        return (int) (producerLimit - position);
    }

    /**
     * Called by the consumer: hand over what is readable.
     *
     * @param handler called with each answer
     * @param limit   most answers to hand over, at least 1
     * @return answers handed over
     */
    public int poll(final PageResponseHandler handler, final int limit) {
        final ByteBuffer memory = buffer;
        final long start = consumerPosition;
        final long end = start + limit;
        long position = start;
        try {
            while (position < end) {
                final long line = position / RESPONSES_PER_LINE;
                final int lineOffset = lineOffset(line);
                // Acquire, paired with the release in offer(): answers are read after the stamp. The stamp may be of
                // the next lap already, which has begun in the places that were given back; the rest of the line is
                // readable.
                final long stamp = LittleEndian.getLongAcquire(memory, lineOffset + STAMP_OFFSET);
                final long readable = Math.min(Math.min(end, (line + 1) * RESPONSES_PER_LINE), stamp);
                if (readable <= position) {
                    break;
                }
                int answer = lineOffset
                        + (int) (position - line * RESPONSES_PER_LINE) * PageResponseFlyweight.LENGTH_BYTES;
                while (position < readable) {
                    position++;
                    final long response = LittleEndian.getLong(memory, answer);
                    handler.onResponse((int) response, (int) (response >>> Integer.SIZE));
                    answer += PageResponseFlyweight.LENGTH_BYTES;
                }
            }
        } finally {
            if (position != start) {
                consumerPosition = position;
                // Release, paired with the acquire in refreshLimit(): our reads of the answers do not move behind it.
                LittleEndian.putLongRelease(memory, CONSUMER_POSITION_OFFSET, position);
            }
        }
        return (int) (position - start);
    }

    private int lineOffset(final long line) {
        return LINES_OFFSET + ((int) line & lineMask) * RingMemory.CACHE_LINE_BYTES;
    }
}
