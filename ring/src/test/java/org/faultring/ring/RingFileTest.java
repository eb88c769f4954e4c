/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RingFileTest {

    @TempDir
    Path folder;
    Path path;
    private final FaultSlotFlyweight slot = new FaultSlotFlyweight();

    @BeforeEach
    void chooseAPath() {
        path = folder.resolve("faults.ring");
    }

    private static FaultRing ring(final RingFile file) {
        return switch (file.type()) {
            case ONE_TO_ONE -> new OneToOneFaultRing(file);
            case MANY_TO_ONE -> new ManyToOneFaultRing(file);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1024, 1 << 16})
    void shouldMapTheWholeFileOnAPage(final int capacity) throws IOException {
        final RingFile file = RingFile.create(path, RingType.MANY_TO_ONE, capacity);
        assertEquals(path, file.path());
        assertSame(RingType.MANY_TO_ONE, file.type());
        assertEquals(capacity, file.capacity());
        assertEquals(FaultRingDescriptor.lengthBytes(capacity), file.buffer().capacity());
        assertEquals(FaultRingDescriptor.lengthBytes(capacity), Files.size(path));
        assertEquals(0, file.buffer().alignmentOffset(0, 4096));
        assertEquals(ByteOrder.LITTLE_ENDIAN, file.buffer().order());
        assertFalse(file.isClosed());
        assertEquals(path + " (MANY_TO_ONE, capacity=" + capacity + ")", file.toString());
    }

    @Test
    void shouldWriteTheHeaderThatIsDrawn() throws IOException {
        RingFile.create(path, RingType.MANY_TO_ONE, 4);
        final byte[] bytes = Files.readAllBytes(path);
        final byte[] expected = new byte[RingFileDescriptor.LENGTH_BYTES];
        System.arraycopy("FAULTRNG".getBytes(StandardCharsets.US_ASCII), 0, expected, 0, 8);
        expected[8] = 1;
        expected[12] = 2;
        expected[16] = 4;
        expected[20] = 64;
        expected[24] = (byte) (384 + 4 * 64);
        expected[25] = (384 + 4 * 64) >>> 8;
        // CRC-32C of the 32 bytes before, computed by another program.
        ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).putInt(32, 0x7462E32D);
        System.arraycopy("NEPO".getBytes(StandardCharsets.US_ASCII), 0, expected, 36, 4);
        assertArrayEquals(expected, Arrays.copyOf(bytes, expected.length));
        for (int i = expected.length; i < bytes.length; i++) {
            assertEquals(0, bytes[i], "byte " + i);
        }
    }

    @Test
    void shouldFitTheHeaderIntoItsPlace() {
        assertTrue(RingFileDescriptor.LENGTH_BYTES <= FaultRingDescriptor.PRODUCER_POSITION_OFFSET);
        assertEquals(0, RingFileDescriptor.STATE_OFFSET % Integer.BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void shouldShareOneRingBetweenAllAttachments(final RingType type) throws IOException {
        final FaultRing producer = ring(RingFile.create(path, type, 8));
        NumberedFault.commitGroup(producer, slot, 0, 3);
        final FaultRing consumer = ring(RingFile.attach(path));
        assertEquals(8, consumer.capacity());
        assertEquals(3, consumer.peekGroupLength());
        for (int lap = 0; lap < 100; lap++) {
            NumberedFault.commitGroup(producer, slot, 3 + 3L * lap, 3);
            final int[] next = {3 * lap};
            assertEquals(3, consumer.poll(fault -> NumberedFault.check(fault, next[0], next[0] % 3 == 2,
                    next[0]++ % 3 == 0 ? 3 : 0), 3));
        }
        assertEquals(3, producer.size());
        assertEquals(303, consumer.producerPosition());
        assertEquals(300, producer.consumerPosition());
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetSuccessorsGoOnWhereTheirPredecessorsStopped(final RingType type) throws IOException {
        RingFile.create(path, type, 8);
        long produced = 0;
        long consumed = 0;
        for (int generation = 0; generation < 20; generation++) {
            final FaultRing producer = ring(RingFile.attach(path));
            assertEquals(produced, producer.producerPosition());
            while (producer.size() < 8) {
                NumberedFault.commitGroup(producer, slot, produced++, 1);
            }
            assertEquals(FaultRing.INSUFFICIENT_CAPACITY, producer.tryClaim(1));
            final FaultRing consumer = ring(RingFile.attach(path));
            final long[] next = {consumed};
            assertEquals(5, consumer.poll(fault -> NumberedFault.check(fault, next[0]++, true, 1), 5));
            consumed += 5;
        }
    }

    /** A claim of one slot leaves no trace in the memory: a successor begins where it began. */
    @Test
    void shouldForgetAClaimOfOneSlotWithItsProducer() throws IOException {
        final FaultRing dead = new OneToOneFaultRing(RingFile.create(path, RingType.ONE_TO_ONE, 8));
        NumberedFault.commitGroup(dead, slot, 0, 2);
        assertEquals(2, dead.tryClaim(1));
        final FaultRing consumer = new OneToOneFaultRing(RingFile.attach(path));
        assertEquals(2, consumer.poll(fault -> {
        }, 8));
        assertFalse(consumer.unblock());
        final FaultRing successor = new OneToOneFaultRing(RingFile.attach(path));
        assertEquals(2, successor.producerPosition());
        NumberedFault.commitGroup(successor, slot, 2, 1);
        assertEquals(1, consumer.poll(fault -> NumberedFault.check(fault, 2, true, 1), 8));
    }

    /** What a later claim of the same producer shows of an earlier one, whose thread died. */
    @Test
    void shouldRepairAClaimOfOneSlotThatAnotherAttachmentLeftOpen() throws IOException {
        final FaultRing producer = new OneToOneFaultRing(RingFile.create(path, RingType.ONE_TO_ONE, 8));
        final FaultRing consumer = new OneToOneFaultRing(RingFile.attach(path));
        for (int lap = 0; lap < 20; lap++) {
            final long open = producer.tryClaim(1);
            assertEquals(3L * lap, open);
            NumberedFault.commitGroup(producer, slot, 0, 2);
            assertEquals(0, consumer.poll(fault -> {
            }, 8));
            assertTrue(consumer.unblock());
            assertFalse(consumer.unblock());
            assertEquals(2, consumer.poll(fault -> {
            }, 8));
            assertEquals(3L * lap + 3, consumer.producerPosition());
        }
    }

    @Test
    void shouldRefuseARingOfTheOtherType() throws IOException {
        final RingFile oneToOne = RingFile.create(path, RingType.ONE_TO_ONE, 8);
        assertEquals("type=ONE_TO_ONE of " + path + " (expected: MANY_TO_ONE)",
                assertThrows(IllegalArgumentException.class, () -> new ManyToOneFaultRing(oneToOne)).getMessage());
        final RingFile manyToOne = RingFile.create(folder.resolve("other"), RingType.MANY_TO_ONE, 8);
        assertThrows(IllegalArgumentException.class, () -> new OneToOneFaultRing(manyToOne));
    }

    @Test
    void shouldLeaveAnExistingFileAsItIs() throws IOException {
        Files.writeString(path, "precious");
        assertThrows(FileAlreadyExistsException.class, () -> RingFile.create(path, RingType.ONE_TO_ONE, 8));
        assertEquals("precious", Files.readString(path));
        final Path dangling = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
        assertThrows(FileAlreadyExistsException.class, () -> RingFile.create(dangling, RingType.ONE_TO_ONE, 8));
        assertTrue(Files.notExists(folder.resolve("nothing")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -8, 1 << 21})
    void shouldRefuseACapacityBeforeItTouchesTheDisk(final int capacity) {
        assertThrows(IllegalArgumentException.class, () -> RingFile.create(path, RingType.ONE_TO_ONE, capacity));
        assertTrue(Files.notExists(path));
    }

    @Test
    void shouldAttachToNothingWhereThereIsNoFile() {
        assertThrows(NoSuchFileException.class, () -> RingFile.attach(path));
        assertTrue(Files.notExists(path));
        assertThrows(IOException.class, () -> RingFile.attach(folder));
    }

    @Test
    void shouldTellEveryAttachmentThatItIsClosed() throws IOException {
        final RingFile maker = RingFile.create(path, RingType.ONE_TO_ONE, 8);
        final RingFile other = RingFile.attach(path);
        final FaultRing producer = ring(maker);
        final FaultRing consumer = ring(other);
        NumberedFault.commitGroup(producer, slot, 0, 2);
        assertFalse(other.isClosed());
        maker.close();
        assertTrue(maker.isClosed());
        assertTrue(other.isClosed());
        maker.close();
        other.close();
        assertTrue(maker.isClosed());
        assertEquals(2, consumer.poll(fault -> {}, 8));
        assertEquals("cannot attach to " + path + ": the file is closed (expected: open)",
                assertThrows(RingFileException.class, () -> RingFile.attach(path)).getMessage());
        assertThrows(FileAlreadyExistsException.class, () -> RingFile.create(path, RingType.ONE_TO_ONE, 8));
    }

    @Test
    void shouldOutliveItsName() throws IOException {
        final RingFile maker = RingFile.create(path, RingType.ONE_TO_ONE, 8);
        final RingFile other = RingFile.attach(path);
        Files.delete(path);
        NumberedFault.commitGroup(ring(maker), slot, 7, 1);
        assertEquals(1, ring(other).poll(fault -> NumberedFault.check(fault, 7, true, 1), 8));
    }
}
