/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.faultring.ring.kernel.Kernel.LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.faultring.ring.Allocations;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.RingMemory;
import org.faultring.ring.TwoThreads;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.LockedFaultFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several readers of one Linux fault object, through the mutex. */
class LockedFaultFileTest {

    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int FAULTS = 60_000;
    private static final int LONGEST = 5;

    private final Kernel kernel = new Kernel(64, 64, 2);
    private final LinuxFaultObject object = new LinuxFaultObject(64, 64);
    private final PageResponder responder = kernel.responder(object.responses());
    private final LockedFaultFile file = new LockedFaultFile(object);

    /** The address of fault n is n; groups are of 1 to 5 faults, so that n says where each ends. */
    private static boolean isLast(final int fault) {
        final int inTurn = fault % 15;
        // 1, 2, 3, 4, 5
        return inTurn == 0 || inTurn == 2 || inTurn == 5 || inTurn == 9 || inTurn == 14;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    @Timeout(60)
    void shouldLoseNothingAndGiveNothingTwiceToSeveralReaders(final int readers) throws InterruptedException {
        kernel.attachments.attach(0, AttachTable.NO_PASID, IommuDomain.paging(object.sink()));
        final AtomicIntegerArray seen = new AtomicIntegerArray(FAULTS);
        final AtomicInteger left = new AtomicInteger(FAULTS);
        final List<TwoThreads.Side> sides = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            sides.add(pause -> readAndAnswer(seen, left, pause));
        }
        final AtomicInteger answers = new AtomicInteger();
        TwoThreads.run(sides, pause -> {
            int group = 0;
            for (int fault = 0; fault < FAULTS; fault++) {
                if (isLast(fault)) {
                    // Room for the whole group, and a cookie.
                    while (object.sink().ring().size() > 64 - LONGEST || kernel.groups.openGroups() == 64) {
                        answers.addAndGet(responder.doWork());
                        pause.once();
                    }
                }
                kernel.report(0, isLast(fault) ? LAST : 0, 0, group & 511, fault);
                if (isLast(fault)) {
                    group++;
                }
            }
            while (kernel.groups.openGroups() > 0) {
                answers.addAndGet(responder.doWork());
                pause.once();
            }
        });
        for (int fault = 0; fault < FAULTS; fault++) {
            assertEquals(1, seen.get(fault), "fault " + fault);
        }
        assertEquals(FAULTS / 3, answers.get(), "five groups in fifteen faults, each answered once");
        assertEquals(FAULTS / 3, kernel.port.answers().size());
    }

    private void readAndAnswer(final AtomicIntegerArray seen, final AtomicInteger left, final TwoThreads.Pause pause) {
        final ByteBuffer buffer = RingMemory.allocate(16 * RECORD + 16 * PageResponseFlyweight.LENGTH_BYTES);
        final int number = file.register(buffer);
        final PageFaultFlyweight record = new PageFaultFlyweight();
        final PageResponseFlyweight response = new PageResponseFlyweight();
        while (left.get() > 0) {
            final int bytes = file.read(number, 0, 16 * RECORD);
            assertTrue(bytes >= 0, "read " + bytes);
            int answersEnd = 16 * RECORD;
            long expected = -1;
            for (int at = 0; at < bytes; at += RECORD) {
                record.wrap(buffer, at);
                final int fault = (int) record.address();
                if (expected >= 0) {
                    assertEquals(expected, fault, "a group in pieces");
                }
                expected = record.isLast() ? -1 : fault + 1;
                assertEquals(isLast(fault), record.isLast());
                seen.incrementAndGet(fault);
                if (record.isLast()) {
                    response.wrap(buffer, answersEnd).set(record.cookie(), fault & 1);
                    answersEnd += PageResponseFlyweight.LENGTH_BYTES;
                }
            }
            assertEquals(-1, expected, "a group in pieces");
            if (bytes > 0) {
                assertEquals(answersEnd - 16 * RECORD, file.write(number, 16 * RECORD, answersEnd - 16 * RECORD));
                left.addAndGet(-bytes / RECORD);
            } else {
                pause.once();
            }
        }
    }

    /** Linux: auto response takes the same mutex, so a group is answered by it or by a reader, never by both. */
    @Test
    @Timeout(60)
    void shouldExcludeTheAutomaticResponse() throws InterruptedException {
        final AtomicInteger byReader = new AtomicInteger();
        final AtomicInteger byDetach = new AtomicInteger();
        final int rounds = 2_000;
        final AtomicInteger round = new AtomicInteger();
        TwoThreads.run(pause -> {
            final ByteBuffer buffer = RingMemory.allocate(8 * RECORD);
            final int number = file.register(buffer);
            final ByteBuffer answer = RingMemory.allocate(PageResponseFlyweight.LENGTH_BYTES);
            final int answerNumber = file.register(answer);
            while (round.get() < rounds) {
                final int bytes = file.read(number, 0, 8 * RECORD);
                for (int at = 0; at < bytes; at += RECORD) {
                    new PageResponseFlyweight().wrap(answer, 0).set(new PageFaultFlyweight().wrap(buffer, at).cookie(),
                            PageResponseFlyweight.SUCCESS);
                    final int written = file.write(answerNumber, 0, PageResponseFlyweight.LENGTH_BYTES);
                    assertTrue(written == PageResponseFlyweight.LENGTH_BYTES || written == -Errno.EINVAL);
                    if (written > 0) {
                        byReader.incrementAndGet();
                    }
                }
                pause.once();
            }
        }, pause -> {
            while (round.get() < rounds) {
                final int attachment = kernel.attachments.attach(0, AttachTable.NO_PASID,
                        IommuDomain.paging(object.sink()));
                for (int i = 0; i < 4; i++) {
                    kernel.report(0, LAST, 0, i, i);
                }
                kernel.attachments.detach(0, AttachTable.NO_PASID);
                byDetach.addAndGet(file.exclusively(() -> object.autoRespond(attachment)));
                kernel.attachments.release(attachment);
                responder.doWork();
                assertEquals(0, kernel.groups.openGroups(), "answered by one of the two");
                round.incrementAndGet();
            }
        });
        assertEquals(4 * rounds, kernel.port.answers().size());
        assertEquals(4 * rounds, byReader.get() + byDetach.get());
    }

    @Test
    @Timeout(60)
    void shouldWaitForTheMutexThoughInterruptedAndKeepTheInterrupt() throws InterruptedException {
        final AtomicInteger result = new AtomicInteger(-1);
        final boolean[] interrupted = {false};
        final Thread reader = new Thread(() -> {
            Thread.currentThread().interrupt();
            final int number = file.register(RingMemory.allocate(64 * RECORD));
            result.set(file.read(number, 0, RECORD));
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        file.exclusively(() -> {
            reader.start();
            while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertEquals(-1, result.get());
            return 0;
        });
        reader.join();
        assertEquals(0, result.get());
        assertTrue(interrupted[0]);
    }

    @Test
    void shouldGiveTheMutexBackWhenAnActionThrows() {
        final IllegalStateException thrown = new IllegalStateException();
        try {
            file.exclusively(() -> {
                throw thrown;
            });
        } catch (final IllegalStateException e) {
            assertSame(thrown, e);
        }
        final boolean[] ran = {false};
        final Thread other = new Thread(() -> ran[0] = file.ready() == FaultFile.WRITABLE);
        other.start();
        try {
            other.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        assertTrue(ran[0]);
    }

    @Test
    void shouldPassEverythingThrough() {
        assertSame(object.shape(), file.shape());
        final int number = file.register(RingMemory.allocate(64 * RECORD));
        assertEquals(-Errno.ESPIPE, file.read(number, 0, 1));
        assertEquals(-Errno.ESPIPE, file.write(number, 0, 1));
        assertEquals(-Errno.EINVAL, file.write(number, 0, 8));
        assertEquals(FaultFile.WRITABLE, file.ready());
        file.close();
        assertEquals(0, file.ready());
        assertEquals(-Errno.EBADF, file.read(number, 0, RECORD));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void shouldNotAllocate() {
        final int number = file.register(RingMemory.allocate(64 * RECORD));
        Allocations.assertNone(3, () -> {
            file.read(number, 0, RECORD);
            file.write(number, 0, 8);
            file.ready();
        });
    }
}
