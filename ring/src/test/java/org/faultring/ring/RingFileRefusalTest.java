/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no open, whole ring file: {@link RingFile#attach} says what is wrong, and leaves them as they are. */
class RingFileRefusalTest {

    private static final int CAPACITY = 4;
    private static final long[] POSITIONS = {0, 1, 5, (1L << 32) - 2, Long.MAX_VALUE - 10};
    private static final int LENGTH = FaultRingDescriptor.lengthBytes(CAPACITY);

    @TempDir
    Path folder;
    Path path;
    /** A good file, to be damaged. */
    private byte[] bytes;
    private ByteBuffer words;

    @BeforeEach
    void makeAFile() throws IOException {
        path = folder.resolve("faults.ring");
        RingFile.create(path, RingType.ONE_TO_ONE, CAPACITY);
        bytes = Files.readAllBytes(path);
        words = ByteBuffer.wrap(bytes);
    }

    private String refusal(final byte[] content) throws IOException {
        Files.write(path, content);
        final RingFileException refused = assertThrows(RingFileException.class, () -> RingFile.attach(path));
        final String prefix = "cannot attach to " + path + ": ";
        final String message = refused.getMessage();
        assertTrue(message.startsWith(prefix), message);
        assertTrue(message.matches("[^\\n]+ \\(expected: [^\\n]+\\)"), message);
        assertArrayEquals(content, Files.readAllBytes(path));
        return message.substring(prefix.length());
    }

    /** Put a word into the header whose checksum says that it is meant. */
    private void putMeant(final int offset, final int value) {
        LittleEndian.putInt(words, offset, value);
        LittleEndian.putInt(words, RingFileDescriptor.CHECKSUM_OFFSET, RingFileDescriptor.checksum(words));
    }

    @Test
    void shouldRefuseAnotherFormat() throws IOException {
        LittleEndian.putLong(words, RingFileDescriptor.MAGIC_OFFSET, 0x12345L);
        assertEquals("magic=0x0000000000012345 (expected: 0x474e52544c554146, a ring file)", refusal(bytes));
    }

    @Test
    void shouldRefuseTheOtherByteOrder() throws IOException {
        words.putLong(RingFileDescriptor.MAGIC_OFFSET, RingFileDescriptor.MAGIC);
        assertEquals("byte order is big-endian (expected: little-endian)", refusal(bytes));
    }

    @Test
    void shouldRefuseAnotherVersion() throws IOException {
        putMeant(RingFileDescriptor.VERSION_OFFSET, 2);
        assertEquals("version=2 (expected: 1)", refusal(bytes));
        LittleEndian.putInt(words, RingFileDescriptor.VERSION_OFFSET, -1);
        assertEquals("version=4294967295 (expected: 1)", refusal(bytes));
    }

    @Test
    void shouldRefuseADamagedHeader() throws IOException {
        LittleEndian.putInt(words, RingFileDescriptor.CHECKSUM_OFFSET, 0x1F);
        assertTrue(refusal(bytes).matches(
                "checksum=0x0000001f \\(expected: 0x[0-9a-f]{8}; the header is damaged\\)"));
    }

    @Test
    void shouldRefuseAnUnknownType() throws IOException {
        for (final int code : new int[] {0, 3, -1, Integer.MIN_VALUE}) {
            putMeant(RingFileDescriptor.TYPE_OFFSET, code);
            assertEquals("type=" + code + " (expected: 1 or 2)", refusal(bytes));
        }
    }

    @Test
    void shouldRefuseSizesOutOfRange() throws IOException {
        for (final int capacity : new int[] {0, 3, -4, 1 << 21, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            putMeant(RingFileDescriptor.CAPACITY_OFFSET, capacity);
            assertEquals("capacity=" + capacity + " (expected: a power of two, 1..1048576)", refusal(bytes));
        }
        putMeant(RingFileDescriptor.CAPACITY_OFFSET, CAPACITY);
        putMeant(RingFileDescriptor.SLOT_LENGTH_OFFSET, 128);
        assertEquals("slotLength=128 (expected: 64)", refusal(bytes));
    }

    @Test
    void shouldRefuseALengthThatDoesNotFitTheCapacity() throws IOException {
        putMeant(RingFileDescriptor.CAPACITY_OFFSET, 2 * CAPACITY);
        assertEquals("fileLength=640 (expected: 896 for capacity 8)", refusal(bytes));
        putMeant(RingFileDescriptor.CAPACITY_OFFSET, CAPACITY);
        putMeant(RingFileDescriptor.FILE_LENGTH_OFFSET, -1);
        assertEquals("fileLength=4294967295 (expected: 640 for capacity 4)", refusal(bytes));
    }

    @Test
    void shouldRefuseAFileThatIsCutOrGrown() throws IOException {
        for (int length = 0; length <= 2 * LENGTH; length += length < 130 ? 1 : 17) {
            if (length != LENGTH) {
                final String expected = length < 128 ? "a header of 128 and a ring" : "640, as its header says";
                assertEquals("length=" + length + " bytes (expected: " + expected + ")",
                        refusal(Arrays.copyOf(bytes, length)));
            }
        }
    }

    @Test
    void shouldRefuseAFileThatIsStillBeingMade() throws IOException {
        LittleEndian.putInt(words, RingFileDescriptor.STATE_OFFSET, RingFileDescriptor.BEING_MADE);
        final String expected = "the file is still being made "
                + "(expected: open; try later, or delete it if its maker is dead)";
        assertEquals(expected, refusal(bytes));
        assertEquals(expected, refusal(Arrays.copyOf(bytes, 200)));
    }

    @Test
    void shouldRefuseAStateThatThereIsNot() throws IOException {
        LittleEndian.putInt(words, RingFileDescriptor.STATE_OFFSET, 0);
        assertEquals("state=0x00000000 (expected: 0x4f50454e; the header is damaged)", refusal(bytes));
    }

    @Test
    void shouldRefusePositionsThatNoRingForManyProducersHas() throws IOException {
        makeAFileFor(RingType.MANY_TO_ONE);
        final long[][] wrong = {{-1, -1}, {3, 4}, {5, 0}, {Long.MIN_VALUE, Long.MAX_VALUE}, {Long.MAX_VALUE, 0},
            {1L << 40, 1}, {0, 1L << 40}};
        for (final long[] positions : wrong) {
            putPositions(positions[0], positions[1]);
            assertEquals("producerPosition=" + positions[0] + ", consumerPosition=" + positions[1]
                    + " (expected: 0 <= consumer's <= producer's <= consumer's + 4)", refusal(bytes));
        }
    }

    @Test
    void shouldRefusePositionsThatNoRingForOneProducerHas() throws IOException {
        for (final long[] positions : new long[][] {{0, -1}, {1, 1}, {-1, 0}, {0, Long.MIN_VALUE}}) {
            putPositions(positions[0], positions[1]);
            assertEquals("producerPosition=" + positions[0] + ", consumerPosition=" + positions[1]
                    + " (expected: a producer's of 0, since one producer keeps its own, and a consumer's of at least"
                    + " 0)", refusal(bytes));
        }
    }

    @Test
    void shouldAttachToEveryRangeOfPositionsThatARingCanHave() throws IOException {
        makeAFileFor(RingType.MANY_TO_ONE);
        for (final long consumed : POSITIONS) {
            for (int size = 0; size <= CAPACITY; size++) {
                putPositions(consumed + size, consumed);
                Files.write(path, bytes);
                assertEquals(size, new ManyToOneFaultRing(RingFile.attach(path)).size());
            }
        }
    }

    /** Where the producer of a ring for one was is read off the stamps. */
    @Test
    void shouldFindTheProducerOfEveryRangeThatARingCanHave() throws IOException {
        for (final long consumed : POSITIONS) {
            for (int size = 0; size <= CAPACITY; size++) {
                putPositions(0, consumed);
                for (int i = 0; i < CAPACITY; i++) {
                    final long position = consumed + i;
                    // Beyond the producer: what the lap before has left.
                    putStamp(position, i < size ? position + 1 : Math.max(0, position + 1 - CAPACITY));
                }
                Files.write(path, bytes);
                final FaultRing ring = new OneToOneFaultRing(RingFile.attach(path));
                assertEquals(size, ring.size());
                assertEquals(consumed + size, ring.producerPosition());
                assertEquals(size == CAPACITY ? FaultRing.INSUFFICIENT_CAPACITY : consumed + size, ring.tryClaim(1));
            }
        }
    }

    private void makeAFileFor(final RingType type) throws IOException {
        Files.delete(path);
        RingFile.create(path, type, CAPACITY);
        bytes = Files.readAllBytes(path);
        words = ByteBuffer.wrap(bytes);
    }

    private void putPositions(final long produced, final long consumed) {
        LittleEndian.putLong(words, FaultRingDescriptor.PRODUCER_POSITION_OFFSET, produced);
        LittleEndian.putLong(words, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, consumed);
    }

    private void putStamp(final long position, final long stamp) {
        LittleEndian.putLong(words, FaultRingDescriptor.SLOTS_OFFSET + ((int) position & CAPACITY - 1)
                * FaultRingDescriptor.SLOT_LENGTH_BYTES + FaultRingDescriptor.STAMP_OFFSET, stamp);
    }

    @Test
    void shouldRefuseEveryHeaderWithAFlippedBit() throws IOException {
        for (int i = 0; i < RingFileDescriptor.LENGTH_BYTES; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                bytes[i] ^= (byte) (1 << bit);
                assertFalse(refusal(bytes).isEmpty());
                bytes[i] ^= (byte) (1 << bit);
            }
            bytes[i] ^= (byte) 0xFF;
            refusal(bytes);
            bytes[i] ^= (byte) 0xFF;
        }
        Files.write(path, bytes);
        assertEquals(CAPACITY, RingFile.attach(path).capacity());
    }

    @Test
    void shouldRefuseRandomBytes() throws IOException {
        final Random random = new Random(20_263);
        for (int i = 0; i < 500; i++) {
            final byte[] noise = new byte[random.nextInt(3 * LENGTH)];
            random.nextBytes(noise);
            // At times with a good beginning, so that the later checks have their turn.
            System.arraycopy(bytes, 0, noise, 0, Math.min(noise.length,
                    random.nextInt(RingFileDescriptor.LENGTH_BYTES)));
            refusal(noise);
        }
    }

    /** Behind a good header anything may stand: a ring made of it may hand over nonsense, and nothing worse. */
    @Test
    void shouldStayWithinItsMemoryWhateverTheSlotsHold() throws IOException {
        final Random random = new Random(20_264);
        for (int i = 0; i < 300; i++) {
            final byte[] noise = bytes.clone();
            for (int at = FaultRingDescriptor.SLOTS_OFFSET; at < LENGTH; at++) {
                noise[at] = (byte) random.nextInt();
            }
            final ByteBuffer memory = ByteBuffer.wrap(noise);
            final long consumed = random.nextLong() >>> 2;
            LittleEndian.putLong(memory, FaultRingDescriptor.CONSUMER_POSITION_OFFSET, consumed);
            for (int s = 0; s < CAPACITY; s++) {
                // Visible, marked or neither.
                final long position = consumed + (s - consumed & CAPACITY - 1);
                final int offset = FaultRingDescriptor.SLOTS_OFFSET + s * 64 + FaultRingDescriptor.STAMP_OFFSET;
                switch (random.nextInt(3)) {
                    case 0 -> LittleEndian.putLong(memory, offset, position + 1);
                    case 1 -> LittleEndian.putLong(memory, offset, -(position + 1));
                    default -> {
                    }
                }
            }
            Files.write(path, noise);
            final FaultRing ring = new OneToOneFaultRing(RingFile.attach(path));
            for (int round = 0; round < 8; round++) {
                assertTrue(ring.peekGroupLength() <= 0xFFFF);
                ring.drain(fault -> fault.address(), Integer.MAX_VALUE);
                ring.poll(fault -> fault.address(), Integer.MAX_VALUE);
                ring.unblock();
            }
        }
    }
}
