/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.delivery;

import java.nio.ByteBuffer;

import org.agrona.collections.IntArrayQueue;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;
import org.faultring.ring.file.IoRing;

/**
 * The memory of posted reads, a part for each, and what completed reads have left there: handled in order of
 * completion, as far as there is room for the answers. Used by the user world; allocates nothing after set-up.
 */
final class ReadParts {

    /** {@link #handleNext()}: nothing to handle, or no room for its answers. */
    static final int NONE = Numbers.NONE;

    private final ByteBuffer memory;
    private final int memoryNumber;
    private final int partBytes;
    private final int[] arrivedBytes;
    private final IntArrayQueue arrived;
    private final GroupHandling handling;
    private final PostedAnswers answers;
    private final Tally tally;
    private final PageFaultFlyweight record = new PageFaultFlyweight();

    ReadParts(final IoRing ring, final RingSettings settings, final PostedAnswers answers,
            final HandlerContext context) {
        this.answers = answers;
        partBytes = settings.recordsPerRead() * PageFaultFlyweight.LENGTH_BYTES;
        memory = RingMemory.allocate(Math.multiplyExact(settings.reads(), partBytes));
        memoryNumber = ring.registerBuffer(memory);
        arrivedBytes = new int[settings.reads()];
        arrived = Numbers.roomFor(settings.reads());
        handling = context.handling();
        tally = context.tally();
    }

    /** Number of the memory in the ring. */
    int memoryNumber() {
        return memoryNumber;
    }

    int partBytes() {
        return partBytes;
    }

    int offset(final int part) {
        return part * partBytes;
    }

    /** A read has left records in a part, which is not read into until it has been handled. */
    void arrived(final int part, final int bytes) {
        tally.add(Counter.RECORDS_COPIED, bytes / PageFaultFlyweight.LENGTH_BYTES);
        arrivedBytes[part] = bytes;
        arrived.offerInt(part);
    }

    /** Handle the oldest part; its number, now free again, or {@link #NONE}. */
    int handleNext() {
        if (arrived.isEmpty()) {
            return NONE;
        }
        final int part = arrived.peekInt();
        final int records = arrivedBytes[part] / PageFaultFlyweight.LENGTH_BYTES;
        // Each record may be a group.
        if (answers.room() < records) {
            return NONE;
        }
        arrived.pollInt();
        final int end = offset(part) + arrivedBytes[part];
        for (int at = offset(part); at < end; at += PageFaultFlyweight.LENGTH_BYTES) {
            record.wrap(memory, at);
            if (handling.closesGroup(record, handling.rowOf(record))) {
                answers.answer(record.cookie(), handling.answer());
            }
        }
        tally.add(Counter.FAULTS_HANDLED, records);
        return part;
    }
}
