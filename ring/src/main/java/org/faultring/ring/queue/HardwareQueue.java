/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import java.nio.ByteBuffer;

import org.faultring.ring.Checks;

/**
 * One side's view of a queue between hardware and software as silicon has it: entries in memory that both can reach, a
 * pair of {@link IndexRegisters}, and one of two rules for full.
 *
 * <p>Hardware and software each make a view of their own over the same memory and registers, as each knows the base,
 * size and format for itself. An index register holds the index, shifted left by what the hardware's format says: entry
 * numbers (shift 0) or byte offsets (shift log2 of the entry length). Bits of a register outside the index are ignored.
 *
 * <p>Which side is the producer depends on the queue: hardware for page requests, software for invalidations. A view
 * belongs to one thread. All operations are wait-free and allocate nothing.
 */
public final class HardwareQueue {

    /** Most entries of any vendor's queue. */
    public static final int MAX_ENTRIES = 1 << 19;

    private final IndexRegisters registers;
    private final ByteBuffer memory;
    private final int baseOffset;
    private final int entryBytes;
    private final int entryMask;
    private final int indexMask;
    private final int indexShift;
    private final int usable;

    /** Producer's copy of the consumer's index: the queue can only be emptier than it says. */
    private int consumerSeen;

    /**
     * A view of a queue; the memory and the registers stay as they are.
     *
     * @param registers  index registers of the queue
     * @param memory     that holds the entries
     * @param baseOffset byte index of entry 0 in the memory
     * @param entries    a power of two, 1..{@link #MAX_ENTRIES}
     * @param entryBytes length of an entry, a power of two
     * @param rule       for full
     * @param indexShift how far the index is shifted left in its register
     */
    public HardwareQueue(final IndexRegisters registers, final ByteBuffer memory, final int baseOffset,
            final int entries, final int entryBytes, final FullRule rule, final int indexShift) {
        Checks.powerOfTwo("entries", entries, 1, MAX_ENTRIES);
        Checks.powerOfTwo("entryBytes", entryBytes, 4, 64);
        Checks.range("indexShift", indexShift, 0, 8);
        Checks.range("baseOffset", baseOffset, 0, memory.capacity() - entries * entryBytes);
        this.registers = registers;
        this.memory = memory;
        this.baseOffset = baseOffset;
        this.entryBytes = entryBytes;
        this.entryMask = entries - 1;
        this.indexMask = rule.indexes(entries) - 1;
        this.usable = rule.usable(entries);
        this.indexShift = indexShift;
    }

    /**
     * Memory that holds the entries.
     *
     * @return the buffer that {@link #entryOffset} points into
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * Place of an entry.
     *
     * @param index of the entry, wrap bit or not
     * @return byte index in {@link #memory()}
     */
    public int entryOffset(final int index) {
        return baseOffset + (index & entryMask) * entryBytes;
    }

    /**
     * Entries that can be in the queue at once.
     *
     * @return all of them, or one less, as the rule says
     */
    public int usableEntries() {
        return usable;
    }

    /**
     * The index after another.
     *
     * @param index to advance
     * @param steps how far
     * @return the index, wrapped
     */
    public int advance(final int index, final int steps) {
        return index + steps & indexMask;
    }

    /**
     * Steps from one index to a later one.
     *
     * @param from earlier index
     * @param to   later index
     * @return 0 .. number of indexes - 1
     */
    public int distance(final int from, final int to) {
        return to - from & indexMask;
    }

    /**
     * Called by the producer: its own index.
     *
     * @return index of the next entry to write
     */
    public int producerIndex() {
        return index(registers.producer());
    }

    /**
     * Called by the producer: room for one more entry? Looks at the consumer's register only when the copy says full.
     *
     * @return true if the entry at the producer's index may be written
     */
    public boolean hasRoom() {
        final int producer = producerIndex();
        if (distance(consumerSeen, producer) < usable) {
            return true;
        }
        consumerSeen = index(registers.consumer());
        return distance(consumerSeen, producer) < usable;
    }

    /**
     * Called by the producer: make the entries before an index readable.
     *
     * @param index of the next entry to write
     */
    public void publishProducer(final int index) {
        registers.writeProducer(index << indexShift);
    }

    /**
     * Called by the consumer: its own index.
     *
     * @return index of the next entry to read
     */
    public int consumerIndex() {
        return index(registers.consumer());
    }

    /**
     * Called by the consumer: look at the producer's register, how far may be read.
     *
     * @return the producer's index; the entries before it are readable
     */
    public int readableTo() {
        return index(registers.producer());
    }

    /**
     * Called by the consumer: give the entries before an index back.
     *
     * @param index of the next entry to read
     */
    public void publishConsumer(final int index) {
        registers.writeConsumer(index << indexShift);
    }

    /**
     * Entries between the two indexes; any thread.
     *
     * @return a snapshot, exact when nobody works on the queue
     */
    public int size() {
        return distance(index(registers.consumer()), index(registers.producer()));
    }

    private int index(final int register) {
        return register >>> indexShift & indexMask;
    }
}
