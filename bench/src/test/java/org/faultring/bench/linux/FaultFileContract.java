/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape.EmptyRead;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every file of this machine that carries faults does, and its source. */
@Timeout(120)
abstract class FaultFileContract {

    private static final int SUCCESS = PageResponseFlyweight.SUCCESS;
    private static final int INVALID = PageResponseFlyweight.INVALID;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int OPENING_THREADS = 8;

    /** Whether there is such a file here, for so many faults. */
    abstract StandInAvailability availability(int inFlight);

    /** A source whose file is read without waiting. */
    abstract FaultSource open(int inFlight);

    /** Whether the file knows which faults are out, and refuses answers to others. */
    abstract boolean knowsCookies();

    @BeforeEach
    void needTheFile() {
        final StandInAvailability found = availability(64);
        assumeTrue(found.isAvailable(), found.sentence());
    }

    @Test
    void shouldKeepNoMoreInFlightThanAsked() throws Exception {
        try (FaultSource source = open(16)) {
            source.raise(100);
            final Batch batch = new Batch(source.file());
            final Set<Long> addresses = new HashSet<>();
            while (addresses.size() < 16) {
                batch.read(16 * RECORD).forEach(fault -> assertTrue(addresses.add(fault.address)));
            }
            assertEquals(16, source.raised());
            assertTrue(batch.read(16 * RECORD).isEmpty());
            source.file().close();
            source.collect();
            assertEquals(16, source.raised() - source.answered());
        }
    }

    @Test
    void shouldGiveFaultsInFlightDifferentAddressesAndCookies() {
        try (FaultSource source = open(64)) {
            source.raise(64);
            final Batch batch = new Batch(source.file());
            final List<Fault> faults = batch.readAll(64);
            assertEquals(64, new HashSet<>(faults.stream().map(Fault::address).toList()).size());
            assertEquals(64, new HashSet<>(faults.stream().map(Fault::cookie).toList()).size());
            assertFalse(faults.stream().anyMatch(fault -> fault.cookie == 0));
        }
    }

    @Test
    void shouldRefuseLengthsThatAreNoWholeRecords() {
        try (FaultSource source = open(2)) {
            final Batch batch = new Batch(source.file());
            source.raise(2);
            batch.await();
            assertEquals(-Errno.ESPIPE, source.file().read(batch.number, 0, RECORD + 1));
            assertEquals(-Errno.ESPIPE, source.file().read(batch.number, 0, RECORD - 1));
            assertEquals(-Errno.ESPIPE, source.file().write(batch.number, 0, 7));
            assertEquals(0, source.file().write(batch.number, 0, 0));
            final List<Fault> faults = batch.readAll(2);
            batch.answer(faults.get(0).cookie, SUCCESS);
            batch.answer(faults.get(1).cookie, SUCCESS);
            assertTrue(source.awaitAnswered(2, PATIENCE_NANOS));
        }
    }

    @Test
    void shouldTakeTheAnswersBeforeABadOne() {
        assumeTrue(knowsCookies(), "this file does not look at answers");
        try (FaultSource source = open(3)) {
            final Batch batch = new Batch(source.file());
            source.raise(3);
            final List<Fault> faults = batch.readAll(3);
            assertEquals(-Errno.EINVAL, batch.answer(0, SUCCESS));
            assertEquals(-Errno.EINVAL, batch.answer(Integer.MAX_VALUE, SUCCESS));
            assertEquals(-Errno.EINVAL, batch.answer(-1, SUCCESS));
            assertEquals(-Errno.EINVAL, batch.answer(faults.get(0).cookie, 2));
            assertEquals(8, batch.answers(faults.get(0).cookie, INVALID, faults.get(0).cookie, SUCCESS,
                    faults.get(1).cookie, SUCCESS));
            assertEquals(16, batch.answers(faults.get(2).cookie, SUCCESS, faults.get(1).cookie, INVALID));
            assertTrue(source.awaitAnswered(3, PATIENCE_NANOS));
            assertEquals(2, source.refused());
        }
    }

    @Test
    void shouldSayWhenItIsReady() {
        try (FaultSource source = open(2)) {
            final Batch batch = new Batch(source.file());
            assertEquals(FaultFile.WRITABLE, source.file().ready());
            assertEquals(EmptyRead.RETURNS_EAGAIN, source.file().shape().emptyRead());
            assertEquals(-Errno.EAGAIN, source.file().read(batch.number, 0, RECORD));
            assertEquals(0, source.file().read(batch.number, 0, 0));
            source.raise(1);
            batch.await();
            batch.answer(batch.readAll(1).getFirst().cookie, SUCCESS);
            assertTrue(source.awaitAnswered(1, PATIENCE_NANOS));
            assertEquals(FaultFile.WRITABLE, source.file().ready());
        }
    }

    @Test
    void shouldReleaseWhoWaitsWhenItIsClosed() {
        final FaultSource source = open(8);
        try {
            final Batch batch = new Batch(source.file());
            source.raise(8);
            final List<Fault> faults = batch.readAll(8);
            for (int i = 0; i < 3; i++) {
                batch.answer(faults.get(i).cookie, SUCCESS);
            }
            assertTrue(source.awaitAnswered(3, PATIENCE_NANOS));
            source.file().close();
            source.close();
            assertEquals(8, source.raised());
            assertEquals(3, source.answered());
            assertEquals(5, source.released());
            assertEquals(0, source.file().ready());
            assertEquals(-Errno.EBADF, source.file().read(batch.number, 0, RECORD));
            assertEquals(-Errno.EBADF, source.file().write(batch.number, 0, 8));
            assertEquals(-1, ((DescriptorFile) source.file()).descriptor());
        } finally {
            source.close();
        }
    }

    @Test
    void shouldSurviveAGarbageCollectionInTheMiddleOfFaults() throws Exception {
        try (FaultSource source = open(16)) {
            source.raise(2_000);
            final Batch batch = new Batch(source.file());
            final List<Fault> faults = batch.readAll(16);
            // Sixteen threads wait for answers: were one within Java code, this would not return.
            System.gc();
            faults.forEach(fault -> batch.answer(fault.cookie, SUCCESS));
            final FileReader reader = new FileReader(DeliveryDesign.READ, source.file(), null, 16, fault -> {
                if (fault.groupIndex() == 3) {
                    System.gc();
                }
                return SUCCESS;
            });
            assertTrue(source.awaitAnswered(40, PATIENCE_NANOS));
            System.gc();
            reader.stop();
        }
    }

    @Test
    void shouldNotAllocatePerFault() throws Exception {
        try (FaultSource source = open(1)) {
            final Batch batch = new Batch(source.file());
            final FaultFile file = source.file();
            source.raise(Integer.MAX_VALUE);
            HeapUse.assertNone(2_000, () -> {
                if (file.read(batch.number, 0, RECORD) == RECORD) {
                    batch.memory.putInt(Batch.ANSWERS, batch.memory.getInt(PageFaultFlyweight.COOKIE_OFFSET));
                    batch.memory.putInt(Batch.ANSWERS + 4, SUCCESS);
                    file.write(batch.number, Batch.ANSWERS, 8);
                }
                source.collect();
            });
        }
    }

    @Test
    void shouldLeaveNothingOpenOrMapped() throws Exception {
        cycle(500);
        final int descriptors = ProcSelf.descriptors();
        final int mappings = ProcSelf.mappings();
        cycle(10_000);
        assertEquals(descriptors, ProcSelf.descriptors(), "descriptors");
        assertTrue(ProcSelf.mappings() - mappings < 100, () -> "mappings " + mappings + ", " + ProcSelf.mappings());
    }

    /** By several threads: the kernel lets the one that closes some kinds of file wait for milliseconds. */
    private void cycle(final int times) throws Exception {
        final AtomicInteger next = new AtomicInteger();
        final Callable<Void> one = () -> {
            for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
                final FaultSource source = open(1);
                source.close();
                if (i % 100 == 0) {
                    source.close();
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(OPENING_THREADS)) {
            for (final Future<Void> each : threads.invokeAll(Collections.nCopies(OPENING_THREADS, one))) {
                each.get();
            }
        }
    }

    @Test
    void shouldLeaveNothingOpenAfterFaults() throws Exception {
        final int descriptors = ProcSelf.descriptors();
        for (int i = 0; i < 100; i++) {
            final FaultSource source = open(4);
            source.raise(8);
            final Batch batch = new Batch(source.file());
            batch.answer(batch.readAll(2).getFirst().cookie, SUCCESS);
            source.close();
            assertEquals(source.raised(), source.answered() + source.released());
        }
        assertEquals(descriptors, ProcSelf.descriptors());
    }

    @Test
    void shouldLeaveNothingOpenWhenSetUpFailsInTheMiddle() {
        open(4).close();
        // Classes must be loaded while files can be opened.
        assertThrows(SyscallException.class, () -> SyscallException.check("open", -Errno.EMFILE));
        final int descriptors = ProcSelf.descriptors();
        int failures = 0;
        for (int left = 0; left < 12; left++) {
            try (DescriptorLimit limit = new DescriptorLimit(left)) {
                assertTrue(limit.isSet());
                open(4).close();
            } catch (final SyscallException e) {
                assertEquals(Errno.EMFILE, e.errno());
                failures++;
            } catch (final java.io.UncheckedIOException e) {
                failures++;
            }
            assertEquals(descriptors, ProcSelf.descriptors(), "with " + left + " descriptors left");
        }
        assertTrue(failures > 0 && failures < 12, "failures: " + failures);
    }

    @Test
    void shouldRefuseWhatItCannotKeepInFlight() {
        assertThrows(IllegalArgumentException.class, () -> open(0));
        assertThrows(IllegalArgumentException.class, () -> open(FaultSource.MOST_IN_FLIGHT + 1));
    }

    /** A record as it was read. */
    record Fault(long address, int cookie) {}

    /** Reads and answers by hand. */
    static final class Batch {

        private static final int ANSWERS = 256 * RECORD;

        private final ByteBuffer memory = RingMemory.allocate(ANSWERS + 64);
        private final PageFaultFlyweight record = new PageFaultFlyweight();
        private final PageResponseFlyweight response = new PageResponseFlyweight();
        private final FaultFile file;
        private final int number;

        Batch(final FaultFile file) {
            this.file = file;
            number = file.register(memory);
        }

        void await() {
            final Syscalls calls = new Syscalls();
            assertEquals(FaultFile.READABLE, calls.poll(((DescriptorFile) file).descriptor(), FaultFile.READABLE,
                    60_000));
            assertEquals(FaultFile.READABLE | FaultFile.WRITABLE, file.ready());
        }

        List<Fault> read(final int bytes) {
            final int result = file.read(number, 0, bytes);
            final List<Fault> faults = new ArrayList<>();
            for (int at = 0; at < result; at += RECORD) {
                record.wrap(memory, at);
                faults.add(new Fault(record.address(), record.cookie()));
            }
            return faults;
        }

        List<Fault> readAll(final int count) {
            final List<Fault> faults = new ArrayList<>();
            while (faults.size() < count) {
                faults.addAll(read(Math.min(count - faults.size(), 256) * RECORD));
            }
            return faults;
        }

        int answer(final int cookie, final int code) {
            return answers(cookie, code);
        }

        int answers(final int... cookiesAndCodes) {
            for (int i = 0; i < cookiesAndCodes.length; i += 2) {
                response.wrap(memory, ANSWERS + 4 * i).set(cookiesAndCodes[i], cookiesAndCodes[i + 1]);
            }
            return file.write(number, ANSWERS, 4 * cookiesAndCodes.length);
        }
    }

    /** So that a subclass can compare. */
    static void assertOrder(final long[] expected, final List<Fault> faults) {
        assertArrayEquals(expected, faults.stream().mapToLong(Fault::address).toArray());
    }
}
