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
 * size and format for itself. How a register holds its index is the hardware's {@link IndexFormat}; it may keep status
 * bits beside the index, which each side writes in its own register only. All other bits of a register are ignored.
 *
 * <p>Which side is the producer depends on the queue: hardware for page requests, software for invalidations. A view
 * belongs to one thread. All operations are wait-free and allocate nothing.
 */
public final class HardwareQueue {

    /** Most entries of any vendor's queue. */
    public static final int MAX_ENTRIES = 1 << 19;

    /** There is no entry to write now. */
    public static final int FULL = -1;

    private final IndexRegisters registers;
    private final ByteBuffer memory;
    private final int baseOffset;
    private final int entryBytes;
    private final int entryMask;
    private final int indexMask;
    private final int indexShift;
    private final int statusMask;
    private final int usable;

    /** This side's index; its register says the same up to what has not been published yet. */
    private int own;
    /** Status bits in this side's register, written along with the index. */
    private int status;
    /** Producer: entries that may be written before the consumer's register is looked at again. */
    private int room;

    /**
     * A view of a queue; the memory and the registers stay as they are.
     *
     * @param registers  index registers of the queue
     * @param memory     that holds the entries
     * @param baseOffset byte index of entry 0 in the memory
     * @param entries    a power of two, 1..{@link #MAX_ENTRIES}
     * @param entryBytes length of an entry, a power of two
     * @param rule       for full
     * @param format     of the index registers
     */
    private HardwareQueue(final IndexRegisters registers, final ByteBuffer memory, final int baseOffset,
            final int entries, final int entryBytes, final FullRule rule, final IndexFormat format) {
        Checks.powerOfTwo("entries", entries, 1, MAX_ENTRIES);
        Checks.powerOfTwo("entryBytes", entryBytes, 4, 64);
        Checks.range("baseOffset", baseOffset, 0, memory.capacity() - entries * entryBytes);
        this.registers = registers;
        this.memory = memory;
        this.baseOffset = baseOffset;
        this.entryBytes = entryBytes;
        this.entryMask = entries - 1;
        this.indexMask = rule.indexes(entries) - 1;
        this.usable = rule.usable(entries);
        this.indexShift = format.shift(entryBytes);
        this.statusMask = format.statusMask();
    }

    /**
     * The producer's view of a queue, from where its register stands.
     *
     * @param registers  index registers of the queue
     * @param memory     that holds the entries
     * @param baseOffset byte index of entry 0 in the memory
     * @param entries    a power of two, 1..{@link #MAX_ENTRIES}
     * @param entryBytes length of an entry, a power of two, 4..64
     * @param rule       for full
     * @param format     of the index registers
     * @return the view
     */
    public static HardwareQueue producer(final IndexRegisters registers, final ByteBuffer memory, final int baseOffset,
            final int entries, final int entryBytes, final FullRule rule, final IndexFormat format) {
        final HardwareQueue view = new HardwareQueue(registers, memory, baseOffset, entries, entryBytes, rule,
                format);
        view.startFrom(registers.producer());
        return view;
    }

    /**
     * The consumer's view of a queue, from where its register stands.
     *
     * @param registers  index registers of the queue
     * @param memory     that holds the entries
     * @param baseOffset byte index of entry 0 in the memory
     * @param entries    a power of two, 1..{@link #MAX_ENTRIES}
     * @param entryBytes length of an entry, a power of two, 4..64
     * @param rule       for full
     * @param format     of the index registers
     * @return the view
     */
    public static HardwareQueue consumer(final IndexRegisters registers, final ByteBuffer memory, final int baseOffset,
            final int entries, final int entryBytes, final FullRule rule, final IndexFormat format) {
        final HardwareQueue view = new HardwareQueue(registers, memory, baseOffset, entries, entryBytes, rule,
                format);
        view.startFrom(registers.consumer());
        return view;
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
     * Entries that can be in the queue at once.
     *
     * @return all of them, or one less, as the rule says
     */
    public int usableEntries() {
        return usable;
    }

    /**
     * Place of an entry.
     *
     * @param ahead entries from this side's index, 0 for the one at it
     * @return byte index in {@link #memory()}
     */
    public int entryOffset(final int ahead) {
        return baseOffset + (own + ahead & entryMask) * entryBytes;
    }

    /**
     * Called by the producer: the next entry to write. Looks at the consumer's register only when its copy says full.
     *
     * @return byte index of the entry in {@link #memory()}, or {@link #FULL}
     */
    public int tryClaim() {
        if (room <= 0) {
            room = usable - (own - index(registers.consumer()) & indexMask);
            if (room <= 0) {
                return FULL;
            }
        }
        return entryOffset(0);
    }

    /** Called by the producer: make the claimed entry readable. */
    public void publish() {
        room--;
        own = own + 1 & indexMask;
        registers.writeProducer(own << indexShift | status);
    }

    /**
     * Called by the producer: look at the consumer's register.
     *
     * @return true if the consumer has given back everything that was published
     */
    public boolean isDrained() {
        return index(registers.consumer()) == own;
    }

    /**
     * Called by the consumer: look at the producer's register.
     *
     * @return entries that can be read from this side's index on
     */
    public int readable() {
        return index(registers.producer()) - own & indexMask;
    }

    /**
     * Called by the consumer: go on, without telling the producer.
     *
     * @param entries to go on by
     */
    public void advance(final int entries) {
        own = own + entries & indexMask;
    }

    /** Called by the consumer: give all entries before this side's index back. */
    public void giveBack() {
        registers.writeConsumer(own << indexShift | status);
    }

    /**
     * Called by the producer: change the status bits of its register; the index stays.
     *
     * @param bits within the format's {@link IndexFormat#statusMask()}
     */
    public void writeProducerStatus(final int bits) {
        status = bits & statusMask;
        registers.writeProducer(registers.producer() & ~statusMask | status);
    }

    /**
     * Called by the consumer: change the status bits of its register; the index stays, so entries that were not given
     * back are not.
     *
     * @param bits within the format's {@link IndexFormat#statusMask()}
     */
    public void writeConsumerStatus(final int bits) {
        status = bits & statusMask;
        registers.writeConsumer(registers.consumer() & ~statusMask | status);
    }

    /**
     * Called by either side: look at the status bits of the producer's register.
     *
     * @return bits within the format's {@link IndexFormat#statusMask()}
     */
    public int producerStatus() {
        return registers.producer() & statusMask;
    }

    /**
     * Called by either side: look at the status bits of the consumer's register.
     *
     * @return bits within the format's {@link IndexFormat#statusMask()}
     */
    public int consumerStatus() {
        return registers.consumer() & statusMask;
    }

    private void startFrom(final int register) {
        own = index(register);
        status = register & statusMask;
    }

    private int index(final int register) {
        return register >>> indexShift & indexMask;
    }
}
