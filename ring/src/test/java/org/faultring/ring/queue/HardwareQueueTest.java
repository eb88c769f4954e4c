/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.faultring.ring.Allocations;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.TwoThreads;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareQueueTest {

    private static final int ENTRY_BYTES = 16;
    private static final List<IndexFormat> FORMATS = List.of(IndexFormat.values());
    private static final int BASE = 192;

    private final IndexRegisters registers = new IndexRegisters();

    /** Both views of one queue. */
    private record Views(HardwareQueue producer, HardwareQueue consumer, ByteBuffer memory) {

        boolean push(final int value) {
            final int offset = producer.tryClaim();
            if (offset == HardwareQueue.FULL) {
                return false;
            }
            LittleEndian.putInt(memory, offset, value);
            producer.publish();
            return true;
        }

        /** Takes one entry without giving it back. */
        int take() {
            final int value = LittleEndian.getInt(memory, consumer.entryOffset(0));
            consumer.advance(1);
            return value;
        }
    }

    private Views views(final FullRule rule, final int entries, final IndexFormat format) {
        final ByteBuffer memory = RingMemory.allocate(BASE + entries * ENTRY_BYTES);
        return new Views(
                HardwareQueue.producer(registers, memory, BASE, entries, ENTRY_BYTES, rule, format),
                HardwareQueue.consumer(registers, memory, BASE, entries, ENTRY_BYTES, rule, format), memory);
    }

    static Stream<Arguments> queues() {
        return Arrays.stream(FullRule.values())
                .flatMap(rule -> IntStream.of(1, 2, 4, 8).mapToObj(entries -> Arguments.of(rule, entries)));
    }

    private static int usable(final FullRule rule, final int entries) {
        return rule == FullRule.N_MINUS_ONE ? entries - 1 : entries;
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldHoldAsManyEntriesAsItsRuleSays(final FullRule rule, final int entries) {
        final Views queue = views(rule, entries, IndexFormat.ENTRY_NUMBER);
        final int usable = usable(rule, entries);
        assertEquals(usable, queue.producer.usableEntries());
        assertEquals(usable, queue.consumer.usableEntries());
        for (int lap = 0; lap < 5; lap++) {
            for (int i = 0; i < usable; i++) {
                assertEquals(i, queue.consumer.readable());
                assertTrue(queue.push(lap * 100 + i));
            }
            assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
            assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
            assertEquals(usable, queue.consumer.readable());
            for (int i = 0; i < usable; i++) {
                assertEquals(lap * 100 + i, queue.take());
            }
            assertEquals(0, queue.consumer.readable());
            assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
            queue.consumer.giveBack();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotSeeRoomBeforeEntriesAreGivenBack(final FullRule rule) {
        final Views queue = views(rule, 4, IndexFormat.ENTRY_NUMBER);
        final int usable = usable(rule, 4);
        for (int i = 0; i < usable; i++) {
            assertTrue(queue.push(i));
        }
        assertEquals(0, queue.take());
        assertEquals(1, queue.take());
        assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
        assertEquals(usable - 2, queue.consumer.readable());
        queue.consumer.giveBack();
        assertTrue(queue.push(10));
        assertTrue(queue.push(11));
        assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void shouldNeverBeWritableWithOneEntryUnderNMinusOne(final int registerValue) {
        registers.writeProducer(registerValue);
        registers.writeConsumer(~registerValue);
        final Views queue = views(FullRule.N_MINUS_ONE, 1, IndexFormat.ENTRY_NUMBER);
        assertEquals(0, queue.producer.usableEntries());
        for (int i = 0; i < 5; i++) {
            assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
            assertEquals(0, queue.consumer.readable());
            queue.consumer.giveBack();
        }
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldWrapItsIndexes(final FullRule rule, final int entries) {
        final int usable = usable(rule, entries);
        final int indexes = rule == FullRule.WRAP_BIT ? 2 * entries : entries;
        final Views queue = views(rule, entries, IndexFormat.ENTRY_NUMBER);
        for (int i = 0; usable > 0 && i < 6 * entries; i++) {
            assertEquals(i % indexes, registers.producer());
            assertEquals(i % indexes, registers.consumer());
            final int offset = BASE + i % entries * ENTRY_BYTES;
            assertEquals(offset, queue.producer.tryClaim());
            assertTrue(queue.push(i));
            assertEquals((i + 1) % indexes, registers.producer());
            assertEquals(offset, queue.consumer.entryOffset(0));
            assertEquals(i, queue.take());
            queue.consumer.giveBack();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void shouldBringAWrapBitRegisterBackAfterTwoLaps(final int entries) {
        final Views queue = views(FullRule.WRAP_BIT, entries, IndexFormat.ENTRY_NUMBER);
        for (int i = 0; i < 2 * entries; i++) {
            assertEquals(i, registers.producer());
            assertTrue(queue.push(i));
            assertEquals(i, queue.take());
            queue.consumer.giveBack();
        }
        assertEquals(0, registers.producer());
        assertEquals(0, registers.consumer());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void shouldTellFullFromEmptyByTheWrapBitAlone(final int entries) {
        final Views queue = views(FullRule.WRAP_BIT, entries, IndexFormat.ENTRY_NUMBER);
        for (int i = 0; i < entries; i++) {
            assertTrue(queue.push(i));
        }
        assertEquals(registers.consumer() ^ entries, registers.producer());
        assertEquals(entries, queue.consumer.readable());
        assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
    }

    @ParameterizedTest
    @CsvSource({"N_MINUS_ONE, ENTRY_NUMBER, 0", "N_MINUS_ONE, BYTE_OFFSET, 4",
        "N_MINUS_ONE, ENTRY_NUMBER_AND_STATUS, 0",
        "WRAP_BIT, ENTRY_NUMBER, 0", "WRAP_BIT, BYTE_OFFSET, 4", "WRAP_BIT, ENTRY_NUMBER_AND_STATUS, 0"})
    void shouldShiftTheIndexInItsRegister(final FullRule rule, final IndexFormat format, final int shift) {
        final Views queue = views(rule, 8, format);
        final int indexes = rule == FullRule.WRAP_BIT ? 16 : 8;
        for (int i = 0; i < 40; i++) {
            assertTrue(queue.push(i));
            assertEquals((i + 1) % indexes << shift, registers.producer());
            assertEquals(1, queue.consumer.readable());
            assertEquals(i, queue.take());
            queue.consumer.giveBack();
            assertEquals((i + 1) % indexes << shift, registers.consumer());
        }
    }

    @ParameterizedTest
    @CsvSource({"N_MINUS_ONE, ENTRY_NUMBER, 0, 7", "N_MINUS_ONE, BYTE_OFFSET, 4, 7",
        "WRAP_BIT, ENTRY_NUMBER_AND_STATUS, 0, 15", "WRAP_BIT, BYTE_OFFSET, 4, 15"})
    void shouldIgnoreRegisterBitsOutsideTheIndex(final FullRule rule, final IndexFormat format, final int shift,
            final int indexMask) {
        final int noise = ~(indexMask << shift);
        // Producer at 6, consumer at 4.
        registers.writeProducer(6 << shift | noise);
        registers.writeConsumer(4 << shift | noise);
        final Views queue = views(rule, 8, format);
        assertEquals(2, queue.consumer.readable());
        assertEquals(BASE + 4 * ENTRY_BYTES, queue.consumer.entryOffset(0));
        assertEquals(BASE + 6 * ENTRY_BYTES, queue.producer.tryClaim());
        for (int i = 2; i < usable(rule, 8); i++) {
            assertTrue(queue.push(i));
            registers.writeProducer(registers.producer() | noise);
            assertEquals(i + 1, queue.consumer.readable());
        }
        assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
        registers.writeConsumer(5 << shift | noise);
        assertTrue(queue.push(1));
        assertEquals(HardwareQueue.FULL, queue.producer.tryClaim());
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWhereTheRegistersStand(final FullRule rule) {
        final Views first = views(rule, 8, IndexFormat.ENTRY_NUMBER);
        for (int i = 0; i < 11; i++) {
            assertTrue(first.push(i));
            first.take();
            first.consumer.giveBack();
        }
        assertTrue(first.push(11));
        final HardwareQueue producer = HardwareQueue.producer(registers, first.memory, BASE, 8, ENTRY_BYTES, rule,
                IndexFormat.ENTRY_NUMBER);
        final HardwareQueue consumer = HardwareQueue.consumer(registers, first.memory, BASE, 8, ENTRY_BYTES, rule,
                IndexFormat.ENTRY_NUMBER);
        assertEquals(1, consumer.readable());
        assertEquals(11, LittleEndian.getInt(first.memory, consumer.entryOffset(0)));
        assertEquals(BASE + 12 % 8 * ENTRY_BYTES, producer.tryClaim());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldKeepAClaimUntilItIsPublished(final FullRule rule, final int entries) {
        final Views queue = views(rule, entries, IndexFormat.ENTRY_NUMBER);
        if (usable(rule, entries) > 0) {
            final int offset = queue.producer.tryClaim();
            assertEquals(offset, queue.producer.tryClaim());
            assertEquals(0, queue.consumer.readable());
            assertEquals(0, registers.producer());
            queue.producer.publish();
            assertEquals(1, queue.consumer.readable());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadAheadAndGiveBackManyAtOnce(final FullRule rule) {
        final Views queue = views(rule, 8, IndexFormat.ENTRY_NUMBER);
        for (int lap = 0; lap < 5; lap++) {
            for (int i = 0; i < 6; i++) {
                assertTrue(queue.push(lap + i));
            }
            for (int i = 0; i < 6; i++) {
                assertEquals(lap + i, LittleEndian.getInt(queue.memory, queue.consumer.entryOffset(i)));
            }
            assertEquals(6, queue.consumer.readable());
            queue.consumer.advance(2);
            assertEquals(4, queue.consumer.readable());
            assertEquals(lap + 2, LittleEndian.getInt(queue.memory, queue.consumer.entryOffset(0)));
            queue.consumer.advance(4);
            assertEquals(0, queue.consumer.readable());
            assertEquals(lap * 6 % (rule == FullRule.WRAP_BIT ? 16 : 8), registers.consumer());
            queue.consumer.giveBack();
            assertEquals(registers.producer(), registers.consumer());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeTheLargestQueue(final FullRule rule) {
        final int entries = HardwareQueue.MAX_ENTRIES;
        assertEquals(1 << 19, entries);
        final ByteBuffer memory = RingMemory.allocate(4 * entries);
        // Near the end of the second lap of a wrap-bit index.
        final int start = (rule == FullRule.WRAP_BIT ? 2 * entries : entries) - 3;
        registers.writeProducer(start << 2);
        registers.writeConsumer(start << 2);
        final HardwareQueue producer = HardwareQueue.producer(registers, memory, 0, entries, 4, rule,
                IndexFormat.BYTE_OFFSET);
        final HardwareQueue consumer = HardwareQueue.consumer(registers, memory, 0, entries, 4, rule,
                IndexFormat.BYTE_OFFSET);
        final int usable = usable(rule, entries);
        for (int i = 0; i < usable; i++) {
            LittleEndian.putInt(memory, producer.tryClaim(), i);
            producer.publish();
        }
        assertEquals(HardwareQueue.FULL, producer.tryClaim());
        assertEquals(usable, consumer.readable());
        for (int i = 0; i < usable; i++) {
            assertEquals(i, LittleEndian.getInt(memory, consumer.entryOffset(0)));
            consumer.advance(1);
        }
        assertEquals(0, consumer.readable());
        consumer.giveBack();
        assertEquals(registers.producer(), registers.consumer());
        assertNotEquals(HardwareQueue.FULL, producer.tryClaim());
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseNoMemoryOutsideItsEntries(final FullRule rule) {
        final ByteBuffer memory = RingMemory.allocate(64 + 4 * 32 + 64);
        final HardwareQueue producer =
                HardwareQueue.producer(registers, memory, 64, 4, 32, rule, IndexFormat.BYTE_OFFSET);
        final HardwareQueue consumer =
                HardwareQueue.consumer(registers, memory, 64, 4, 32, rule, IndexFormat.BYTE_OFFSET);
        assertSame(memory, producer.memory());
        for (int i = 0; i < 20; i++) {
            final int offset = producer.tryClaim();
            assertTrue(offset >= 64 && offset + 32 <= 64 + 4 * 32, "offset " + offset);
            producer.publish();
            assertEquals(offset, consumer.entryOffset(0));
            consumer.advance(1);
            consumer.giveBack();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepStatusBitsBesideTheIndex(final FullRule rule) {
        final Views queue = views(rule, 2, IndexFormat.ENTRY_NUMBER_AND_STATUS);
        assertTrue(queue.push(1));
        queue.producer.writeProducerStatus(0x8000_0001);
        assertEquals(0x8000_0001, registers.producer());
        assertEquals(0x8000_0000, queue.consumer.producerStatus());
        assertEquals(1, queue.consumer.readable());

        queue.consumer.advance(1);
        queue.consumer.writeConsumerStatus(0x0300_0000);
        assertEquals(0x0300_0000, registers.consumer(), "nothing was given back");
        queue.consumer.giveBack();
        assertEquals(0x0300_0001, registers.consumer());
        assertEquals(0x0300_0000, queue.producer.consumerStatus());

        assertTrue(queue.push(2));
        final int second = rule == FullRule.WRAP_BIT ? 2 : 0;
        assertEquals(0x8000_0000 | second, registers.producer());
        queue.producer.writeProducerStatus(0);
        assertEquals(second, registers.producer());
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithTheStatusBitsOfItsRegister(final FullRule rule) {
        registers.writeProducer(0x8000_0001);
        registers.writeConsumer(0x0100_0000);
        final Views queue = views(rule, 4, IndexFormat.ENTRY_NUMBER_AND_STATUS);
        assertTrue(queue.push(1));
        assertEquals(0x8000_0002, registers.producer());
        queue.consumer.advance(2);
        queue.consumer.giveBack();
        assertEquals(0x0100_0002, registers.consumer());
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTRY_NUMBER", "BYTE_OFFSET"})
    void shouldHaveNoStatusBitsWhereTheFormatHasNone(final IndexFormat format) {
        final Views queue = views(FullRule.N_MINUS_ONE, 4, format);
        queue.producer.writeProducerStatus(-1);
        queue.consumer.writeConsumerStatus(-1);
        assertEquals(0, registers.producer());
        assertEquals(0, registers.consumer());
        assertEquals(0, queue.consumer.producerStatus());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldBehaveLikeAListInRandomHistories(final FullRule rule, final int entries) {
        for (long seed = 1; seed <= 10; seed++) {
            final Random random = new Random(seed);
            final int start = random.nextInt();
            registers.writeProducer(start);
            registers.writeConsumer(start);
            final Views queue = views(rule, entries, FORMATS.get(random.nextInt(FORMATS.size())));
            final Queue<Integer> model = new ArrayDeque<>();
            int notGivenBack = 0;
            for (int step = 0; step < 2_000; step++) {
                final String where = "seed=" + seed + " step=" + step;
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        final boolean fits = model.size() + notGivenBack < usable(rule, entries);
                        assertEquals(fits, queue.push(step), where);
                        if (fits) {
                            model.add(step);
                        }
                    }
                    case 2 -> {
                        if (!model.isEmpty()) {
                            assertEquals(model.remove(), queue.take(), where);
                            notGivenBack++;
                        }
                    }
                    default -> {
                        queue.consumer.giveBack();
                        notGivenBack = 0;
                    }
                }
                assertEquals(model.size(), queue.consumer.readable(), where);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void shouldCarryEntriesFromOneThreadToAnother(final FullRule rule) throws InterruptedException {
        final Views queue = views(rule, 64, IndexFormat.BYTE_OFFSET);
        final int total = 500_000;
        TwoThreads.run(pause -> {
            for (int i = 0; i < total; i++) {
                int offset = queue.producer.tryClaim();
                while (offset == HardwareQueue.FULL) {
                    pause.once();
                    offset = queue.producer.tryClaim();
                }
                LittleEndian.putLong(queue.memory, offset, i);
                LittleEndian.putLong(queue.memory, offset + 8, ~(long) i);
                queue.producer.publish();
            }
        }, pause -> {
            int next = 0;
            while (next < total) {
                final int readable = queue.consumer.readable();
                for (int i = 0; i < readable; i++, next++) {
                    final int offset = queue.consumer.entryOffset(i);
                    assertEquals(next, LittleEndian.getLong(queue.memory, offset));
                    assertEquals(~(long) next, LittleEndian.getLong(queue.memory, offset + 8));
                }
                if (readable == 0) {
                    pause.once();
                } else {
                    queue.consumer.advance(readable);
                    queue.consumer.giveBack();
                }
            }
        });
        assertEquals(0, queue.consumer.readable());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotAllocate(final FullRule rule) {
        final Views queue = views(rule, 8, IndexFormat.ENTRY_NUMBER);
        Allocations.assertNone(1, () -> {
            queue.push(1);
            queue.take();
            queue.consumer.giveBack();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 5, 6, 7, 12, 1 << 20, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldRefuseANumberOfEntriesThatIsNoPowerOfTwoInRange(final int entries) {
        assertRefused("entries=" + entries + " (expected: a power of two, 1..524288)", 0, entries, 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4, 1, 2, 12, 128})
    void shouldRefuseALengthThatNoEntryHas(final int entryBytes) {
        assertRefused("entryBytes=" + entryBytes + " (expected: a power of two, 4..64)", 0, 8, entryBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 129, Integer.MAX_VALUE})
    void shouldRefuseEntriesOutsideTheMemory(final int baseOffset) {
        assertRefused("baseOffset=" + baseOffset + " (expected: 0..128)", baseOffset, 8, 16);
    }

    private void assertRefused(final String message, final int baseOffset, final int entries, final int entryBytes) {
        final ByteBuffer memory = RingMemory.allocate(256);
        for (final FullRule rule : FullRule.values()) {
            final Executable producer = () -> HardwareQueue.producer(registers, memory, baseOffset, entries,
                    entryBytes, rule, IndexFormat.ENTRY_NUMBER);
            final Executable consumer = () -> HardwareQueue.consumer(registers, memory, baseOffset, entries,
                    entryBytes, rule, IndexFormat.ENTRY_NUMBER);
            assertEquals(message, assertThrows(IllegalArgumentException.class, producer).getMessage());
            assertEquals(message, assertThrows(IllegalArgumentException.class, consumer).getMessage());
        }
    }
}
