/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes on one ring. */
@Timeout(3 * RingProcess.TIMEOUT_SECONDS)
class RingFileProcessTest {

    private static final int FAULTS = 20_000;
    private static final int CAPACITY = 64;

    @TempDir
    Path folder;
    Path path;

    @BeforeEach
    void chooseAPath() {
        path = folder.resolve("faults.ring");
    }

    @ParameterizedTest
    @EnumSource
    void shouldProduceForAnotherProcess(final RingType type) throws Exception {
        final FaultRing ring = RingProcess.ring(RingFile.create(path, type, CAPACITY));
        try (RingProcess consumer = RingProcess.begin("consume", path, FAULTS)) {
            RingProcess.produce(ring, FAULTS);
            consumer.join();
        }
        assertEquals(FAULTS, ring.consumerPosition());
    }

    @ParameterizedTest
    @EnumSource
    void shouldConsumeWhatAnotherProcessProduces(final RingType type) throws Exception {
        final FaultRing ring = RingProcess.ring(RingFile.create(path, type, CAPACITY));
        try (RingProcess producer = RingProcess.begin("produce", path, FAULTS)) {
            RingProcess.consume(ring, FAULTS);
            producer.join();
        }
        assertEquals(FAULTS, ring.producerPosition());
    }

    @Test
    void shouldAttachToWhatAnotherProcessHasMade() throws Exception {
        try (RingProcess producer = RingProcess.begin("create-and-produce", path, FAULTS)) {
            assertEquals("created", producer.line());
            final RingFile file = RingFile.attach(path);
            RingProcess.consume(RingProcess.ring(file), FAULTS);
            producer.join();
            assertTrue(file.isClosed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCarryFaultsBetweenTwoOtherProcesses(final RingType type) throws Exception {
        final RingFile file = RingFile.create(path, type, CAPACITY);
        try (RingProcess producer = RingProcess.begin("produce", path, FAULTS);
                RingProcess consumer = RingProcess.begin("consume", path, FAULTS)) {
            producer.join();
            consumer.join();
        }
        final FaultRing ring = RingProcess.ring(file);
        assertEquals(FAULTS, ring.consumerPosition());
        assertEquals(0, ring.size());
    }

    @ParameterizedTest
    @CsvSource({"ONE_TO_ONE, 5", "MANY_TO_ONE, 1", "MANY_TO_ONE, 5"})
    void shouldGoOnAfterAProducerWasKilledBetweenClaimAndCommit(final RingType type, final int slots)
            throws Exception {
        final FaultRing consumer = RingProcess.ring(RingFile.create(path, type, 8));
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        final List<Integer> seen = new ArrayList<>();
        for (int death = 0; death < 2; death++) {
            seen.clear();
            try (RingProcess producer = RingProcess.begin("die", path, slots)) {
                assertEquals("claimed " + (consumer.consumerPosition() + 2), producer.line());
                producer.kill();
            }
            assertEquals(2, consumer.poll(fault -> seen.add(fault.cookie()), 8));
            assertTrue(consumer.isEmpty());
            assertEquals(slots, consumer.size());

            // The successor of the dead one goes on behind the dead claim, before or after the consumer is unblocked.
            final FaultRing successor = RingProcess.ring(RingFile.attach(path));
            if (death == 0) {
                NumberedFault.commitGroup(successor, slot, 2, 1);
                assertTrue(consumer.isEmpty());
            }
            assertTrue(consumer.unblock());
            if (death == 1) {
                NumberedFault.commitGroup(successor, slot, 2, 1);
            }
            assertFalse(consumer.unblock());
            assertEquals(1, consumer.poll(fault -> seen.add(fault.cookie()), 8));
            assertEquals(List.of(0, 1, 2), seen);
            assertEquals(0, consumer.size());
        }
    }

    /** One producer's claim of one slot leaves no trace, so there is nothing to repair. */
    @Test
    void shouldGoOnWhereAProducerWasKilledWithAClaimOfOneSlot() throws Exception {
        final FaultRing consumer = RingProcess.ring(RingFile.create(path, RingType.ONE_TO_ONE, 8));
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        final List<Integer> seen = new ArrayList<>();
        for (int death = 0; death < 2; death++) {
            seen.clear();
            final long claimed = consumer.consumerPosition() + 2;
            try (RingProcess producer = RingProcess.begin("die", path, 1)) {
                assertEquals("claimed " + claimed, producer.line());
                producer.kill();
            }
            assertEquals(2, consumer.poll(fault -> seen.add(fault.cookie()), 8));
            assertEquals(0, consumer.size());
            assertFalse(consumer.unblock());

            final FaultRing successor = RingProcess.ring(RingFile.attach(path));
            assertEquals(claimed, successor.producerPosition());
            NumberedFault.commitGroup(successor, slot, 2, 1);
            assertFalse(consumer.unblock());
            assertEquals(1, consumer.poll(fault -> seen.add(fault.cookie()), 8));
            assertEquals(List.of(0, 1, 2), seen);
        }
    }

    /** What the dead consumer had not told comes again; nothing is lost and nothing comes out of order. */
    @Test
    void shouldGoOnAfterAConsumerDiedInAPoll() throws Exception {
        final FaultRing producer = RingProcess.ring(RingFile.create(path, RingType.ONE_TO_ONE, 256));
        final FaultSlotFlyweight slot = new FaultSlotFlyweight();
        for (int i = 0; i < 256; i++) {
            NumberedFault.commitGroup(producer, slot, i, 1);
        }
        final List<Integer> seen = new ArrayList<>();
        RingProcess.ring(RingFile.attach(path)).poll(first -> {
            seen.add(first.cookie());
            if (seen.size() == 100 && first.cookie() == 99) {
                // This consumer never comes back from its hundredth fault.
                successor().poll(second -> seen.add(second.cookie()), 256);
            }
        }, 100);
        final int repeated = seen.size() - 256;
        assertTrue(repeated >= 0 && repeated <= 100, "repeated " + repeated);
        assertEquals(IntStream.range(100 - repeated, 256).boxed().toList(), seen.subList(100, seen.size()));
    }

    private FaultRing successor() {
        try {
            return RingProcess.ring(RingFile.attach(path));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhereTheDiskIsTooSmall() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        // Blocks of 512 or 1024 bytes; the ring needs 4 MiB. A JVM turns the signal of the limit into an error code.
        final List<String> limited = List.of("/bin/sh", "-c", "ulimit -f 1024 && exec \"$@\" 2>&1", "sh");
        try (RingProcess maker = RingProcess.begin(limited, "create", path, 1 << 16)) {
            final String line = maker.line();
            assertTrue(line.contains("java.io.IOException"), line);
            while (maker.line() != null) {
                // The rest of the stack trace.
            }
        }
        assertTrue(Files.notExists(path));
        try (RingProcess maker = RingProcess.begin(limited, "create", path, 1 << 10)) {
            maker.join();
            assertNull(maker.line());
        }
    }
}
