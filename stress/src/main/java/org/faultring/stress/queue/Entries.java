/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.stress.queue;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.queue.FullRule;
import org.faultring.ring.queue.HardwareQueue;
import org.faultring.ring.queue.IndexFormat;
import org.faultring.ring.queue.IndexRegisters;
import org.faultring.stress.RingEnd;

/**
 * Both views of a hardware queue and entries numbered from 1. What was read is written as in
 * {@link RingEnd}.
 */
final class Entries {

    private static final int ENTRY_BYTES = 16;
    private static final int NUMBERS_PER_USE = 16;
    private static final int BROKEN = 9;

    private final ByteBuffer memory;
    private final HardwareQueue producer;
    private final HardwareQueue consumer;
    private long number;

    /** A queue that tells full from empty in one way, and takes so many entries. */
    Entries(final FullRule rule, final int usable) {
        final int entries = rule == FullRule.WRAP_BIT ? usable : Integer.highestOneBit(usable) << 1;
        final IndexRegisters registers = new IndexRegisters();
        this.memory = RingMemory.allocate(entries * ENTRY_BYTES);
        this.producer =
                HardwareQueue.producer(registers, memory, 0, entries, ENTRY_BYTES, rule, IndexFormat.BYTE_OFFSET);
        this.consumer =
                HardwareQueue.consumer(registers, memory, 0, entries, ENTRY_BYTES, rule, IndexFormat.BYTE_OFFSET);
    }

    /** Begin a use: from its numbers on, no entry was ever in the queue. */
    Entries begin() {
        number += NUMBERS_PER_USE;
        return this;
    }

    /** 1 if there was room, else 0. */
    int publish(final int entry) {
        final int offset = producer.tryClaim();
        if (offset == HardwareQueue.FULL) {
            return 0;
        }
        LittleEndian.putLong(memory, offset, number + entry);
        LittleEndian.putLong(memory, offset + Long.BYTES, ~(number + entry));
        producer.publish();
        return 1;
    }

    /** As soon as there is room. */
    int publishWithTries(final int entry) {
        int room = 0;
        for (int i = 0; i < RingEnd.TRIES && room == 0; i++) {
            room = publish(entry);
        }
        return room;
    }

    /** Until there is something to read. */
    int readWithTries() {
        int digits = 0;
        for (int i = 0; i < RingEnd.TRIES && digits == 0; i++) {
            digits = read();
        }
        return digits;
    }

    /** Read all that can be read, and give it back. */
    int read() {
        final int readable = consumer.readable();
        int digits = 0;
        for (int i = 0; i < readable; i++) {
            final int offset = consumer.entryOffset(i);
            final long entry = LittleEndian.getLong(memory, offset);
            final long digit = entry - number;
            final boolean whole = LittleEndian.getLong(memory, offset + Long.BYTES) == ~entry;
            digits = digits * 10 + (digit >= 1 && digit < BROKEN && whole ? (int) digit : BROKEN);
        }
        consumer.advance(readable);
        consumer.giveBack();
        return digits;
    }
}
