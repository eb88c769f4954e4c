/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One side is a process, of C or a JVM, that is killed at random moments, over and over; the other one lives, in this
 * JVM or in a C process. Nothing that was committed is lost, no group is handed over or answered twice.
 * {@code -Dmapped.kills=1000} runs it long.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class MappedRingDeathTest {

    private static final int KILLS_OF_C = Integer.getInteger("mapped.kills", 20);
    /** A JVM takes its time to start. */
    private static final int KILLS_OF_A_JVM = Integer.getInteger("mapped.kills", 3);
    private static final long SEED = Long.getLong("mapped.kill.seed", 20_270);
    private static final int CAPACITY = 64;
    private static final int MOST_GROUPS = 3_000;
    /** Of which one is killed while it attaches, or soon after. */
    private static final int EARLY = 4;
    private static final int JOURNAL_LENGTH = 1 << 20;
    private static final int LONG_JOURNAL_LENGTH = 1 << 26;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(RingProcess.TIMEOUT_SECONDS);

    @TempDir
    Path folder;
    private final Random random = new Random(SEED);
    private MappedRing file;
    private Survivor survivor;
    private int deaths;

    /** The side that lives. */
    private interface Survivor {
        /** Go on; groups it had to do with since the last call. */
        int goOn() throws IOException;

        /** No more: all that is open comes to its end, with the help of the other side. */
        void end(Step otherSide) throws Exception;
    }

    /** Some work. */
    private interface Step {
        void run() throws IOException;
    }

    @BeforeEach
    void makeAFile() throws IOException {
        file = MappedRing.create(folder.resolve("faults"), CAPACITY);
    }

    @AfterEach
    void endTheSurvivor() {
        if (survivor instanceof OtherProcess other) {
            other.process.destroyForcibly();
        }
    }

    private long owner(final int block) {
        return LittleEndian.getLongAcquire(file.buffer(), block + MappedRingDescriptor.BLOCK_OWNER);
    }

    /** Let a process work until the survivor has seen some of it, and kill it. */
    private RingJournal workAndDie(final MappedPeer peer, final String task, final int block) throws Exception {
        final Path path = folder.resolve("journal" + deaths++);
        final RingJournal journal = RingJournal.create(path, JOURNAL_LENGTH);
        final long before = owner(block);
        final Process process = peer.begin(task, file.path().toString(), path.toString());
        try {
            final int groups = random.nextInt(EARLY) == 0 ? 0 : 1 + random.nextInt(MOST_GROUPS);
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            // What comes before it holds its side is its predecessor's.
            while (owner(block) == before) {
                survivor.goOn();
                assertTrue(process.isAlive() && System.nanoTime() < deadline, "did not attach, seed " + SEED);
            }
            for (int done = 0; done < groups;) {
                done += survivor.goOn();
                assertTrue(System.nanoTime() < deadline, "no progress, seed " + SEED);
            }
            for (int i = random.nextInt(20_000); i > 0; i--) {
                Thread.onSpinWait();
            }
            assertTrue(process.isAlive(), "seed " + SEED);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(path);
        }
        return journal;
    }

    private static int kills(final MappedPeer victim) {
        return victim == MappedPeer.C ? KILLS_OF_C : KILLS_OF_A_JVM;
    }

    @ParameterizedTest
    @CsvSource({"C, JAVA", "JAVA, JAVA", "C, C", "JAVA, C"})
    void shouldLoseNothingThatADyingDeviceCommitted(final MappedPeer victim, final MappedPeer living)
            throws Exception {
        assumeTrue(CCompiler.isThere(), MappedPeer.C::sentence);
        final BitSet seen = new BitSet();
        survivor = living == MappedPeer.C ? otherHandler(seen) : new Handling(file.handler(0, Long.MAX_VALUE), seen);
        for (int death = 0; death < kills(victim); death++) {
            final BitSet committed = new BitSet();
            assertTrue(workAndDie(victim, "raise", MappedRingDescriptor.DEVICE_BLOCK).readInto(committed));
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            for (committed.andNot(seen); !committed.isEmpty(); committed.andNot(seen)) {
                survivor.goOn();
                assertTrue(System.nanoTime() < deadline, "lost " + committed + ", seed " + SEED);
            }
        }
        survivor.end(() -> {
        });
        assertEquals(0, refused(MappedRingDescriptor.HANDLER_BLOCK));
    }

    @ParameterizedTest
    @CsvSource({"C, JAVA", "JAVA, JAVA", "C, C", "JAVA, C"})
    void shouldAnswerEachGroupOnceWhateverHandlersDie(final MappedPeer victim, final MappedPeer living)
            throws Exception {
        assumeTrue(CCompiler.isThere(), MappedPeer.C::sentence);
        survivor = living == MappedPeer.C ? otherDevice() : new Raising(file.device(0, Long.MAX_VALUE));
        final BitSet answeredByHandlers = new BitSet();
        for (int death = 0; death < kills(victim); death++) {
            assertTrue(workAndDie(victim, "answer", MappedRingDescriptor.HANDLER_BLOCK).readInto(answeredByHandlers),
                    "answered twice, seed " + SEED);
        }
        final MappedHandler last = file.handler(0, 1);
        survivor.end(() -> last.poll(
                (first, position, slots) -> assertTrue(last.answer(position, PageResponseFlyweight.SUCCESS)), 1));
        assertEquals(0, refused(MappedRingDescriptor.DEVICE_BLOCK) + last.refused());
        assertEquals(0, LittleEndian.getLong(file.buffer(),
                MappedRingDescriptor.DEVICE_BLOCK + MappedRingDescriptor.BLOCK_STALE));
    }

    private long refused(final int block) {
        return LittleEndian.getLong(file.buffer(), block + MappedRingDescriptor.BLOCK_REFUSED);
    }

    private OtherProcess otherHandler(final BitSet seen) throws IOException {
        final RingJournal answered = RingJournal.create(folder.resolve("answered"), LONG_JOURNAL_LENGTH);
        return new OtherProcess(MappedPeer.C.begin("answer", file.path().toString(),
                folder.resolve("answered").toString()), () -> {
                    final int before = seen.cardinality();
                    assertTrue(answered.readInto(seen), "handed over twice, seed " + SEED);
                    return seen.cardinality() - before;
                }, () -> true);
    }

    private OtherProcess otherDevice() throws IOException {
        final BitSet open = new BitSet();
        final BitSet answered = new BitSet();
        final RingJournal raised = RingJournal.create(folder.resolve("raised"), LONG_JOURNAL_LENGTH);
        final RingJournal answers = RingJournal.create(folder.resolve("answers"), LONG_JOURNAL_LENGTH);
        return new OtherProcess(MappedPeer.C.begin("raise", file.path().toString(),
                folder.resolve("raised").toString(), folder.resolve("answers").toString()), () -> {
                    final int before = answered.cardinality();
                    assertTrue(answers.readInto(answered), "answered twice, seed " + SEED);
                    assertTrue(raised.readInto(open));
                    return answered.cardinality() - before;
                }, () -> open.equals(answered));
    }

    /** A process and what it notes. */
    private static final class OtherProcess implements Survivor {

        /** What it has noted. */
        private interface Reading {
            int read() throws IOException;
        }

        private final Process process;
        private final Reading reading;
        private final BooleanSupplier isComplete;

        OtherProcess(final Process process, final Reading reading,
                final BooleanSupplier isComplete) {
            this.process = process;
            this.reading = reading;
            this.isComplete = isComplete;
        }

        @Override
        public int goOn() throws IOException {
            assertTrue(process.isAlive(), "the survivor is dead");
            return reading.read();
        }

        @Override
        public void end(final Step otherSide) throws Exception {
            process.destroy();
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (process.isAlive()) {
                otherSide.run();
                assertTrue(System.nanoTime() < deadline, "the survivor does not end, seed " + SEED);
            }
            assertEquals(0, process.exitValue());
            reading.read();
            assertTrue(isComplete.getAsBoolean(), "not all answered, seed " + SEED);
        }
    }

    /** A handler in this JVM. */
    private static final class Handling implements Survivor {

        private final MappedHandler handler;
        private final BitSet seen;
        private long last = -1;

        Handling(final MappedHandler handler, final BitSet seen) {
            this.handler = handler;
            this.seen = seen;
        }

        @Override
        public int goOn() {
            return handler.poll((first, position, slots) -> {
                assertTrue(position > last, "twice or out of order: " + position);
                last = position;
                assertEquals(position, first.address());
                seen.set((int) position);
                assertTrue(handler.answer(position, PageResponseFlyweight.SUCCESS));
            }, 64);
        }

        @Override
        public void end(final Step otherSide) {
            assertEquals(0, handler.slotsHeld());
        }
    }

    /** A device in this JVM. */
    private static final class Raising implements Survivor {

        private final MappedDevice device;
        private final BitSet open = new BitSet();
        private int groups;

        Raising(final MappedDevice device) {
            this.device = device;
        }

        @Override
        public int goOn() {
            final long position = MappedRingProcess.raiseGroup(device, 1 + groups % 3);
            if (position >= 0) {
                groups++;
                open.set((int) position);
            }
            return take();
        }

        private int take() {
            return device.poll((cookie, code) -> {
                assertTrue(open.get(cookie), "answered twice: " + cookie);
                open.clear(cookie);
            }, 64);
        }

        @Override
        public void end(final Step otherSide) throws IOException {
            final long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!open.isEmpty()) {
                otherSide.run();
                take();
                assertTrue(System.nanoTime() < deadline, "never answered: " + open + ", seed " + SEED);
            }
        }
    }
}
