/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.faultring.bench.linux.IoUringSettings.TaskWork;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.FileShape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation on this machine's kernel, with each kind of ring. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class IoUringTest {

    private static final IoUringSettings SMALL = IoUringSettings.DEFAULT.withEntries(8, 16);

    @Parameter
    IoUringSettings settings;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(1024).order(ByteOrder.LITTLE_ENDIAN);
    private final Completed done = new Completed();
    private IoUring ring;
    private TestPipe pipe;
    private int file;
    private int buffer;

    static Stream<IoUringSettings> kinds() {
        return Stream.of(SMALL, SMALL.withTaskWork(TaskWork.SINGLE_ISSUER), SMALL.withTaskWork(TaskWork.DEFERRED),
                SMALL.withPolling(100), SMALL.withRegisteredFiles(4).withRegisteredBuffers(4),
                SMALL.withTaskWork(TaskWork.DEFERRED).withRegisteredFiles(4),
                SMALL.withPolling(1).withTaskWork(TaskWork.SINGLE_ISSUER).withRegisteredBuffers(4));
    }

    @BeforeEach
    void open() {
        final IoUringAvailability availability = IoUringAvailability.find(settings);
        assumeTrue(availability.isAvailable(), availability.sentence());
        ring = new IoUring(settings);
        pipe = new TestPipe(0);
        file = ring.registerFile(pipe);
        buffer = ring.registerBuffer(memory);
    }

    @AfterEach
    void close() {
        if (ring != null) {
            ring.close();
            pipe.close();
        }
    }

    @Test
    void shouldReadWhatIsThereAndWhatComesLater() {
        pipe.send(7, 8);
        assertTrue(ring.prepareRead(file, buffer, 100, 2, 0, 5));
        assertEquals(1, ring.unsubmitted());
        assertEquals(1, ring.submit());
        done.await(ring, 1);
        assertEquals(new Completed.One(5, 2, done.last().flags()), done.last());
        assertEquals(7, memory.get(100));
        assertEquals(8, memory.get(101));
        assertTrue(ring.prepareRead(file, buffer, 0, 10, 0, 6));
        ring.submit();
        assertEquals(0, ring.completions());
        pipe.send(9);
        assertEquals(1, done.await(ring, 2).resultOf(6));
        assertEquals(9, memory.get(0));
        assertEquals(0, ring.unsubmitted());
    }

    @Test
    void shouldWrite() {
        memory.put(50, (byte) 77);
        assertTrue(ring.prepareWrite(file, buffer, 50, 1, 0, -1));
        ring.submit();
        assertEquals(1, done.await(ring, 1).resultOf(-1));
        assertEquals(77, pipe.receive());
    }

    @Test
    void shouldDoItInAnotherThreadWhenAsked() {
        pipe.send(1);
        assertTrue(ring.prepareRead(file, buffer, 0, 1, IoUring.ASYNC, 1));
        assertEquals(1, done.await(ring, 1).resultOf(1));
    }

    @Test
    void shouldPollOnce() {
        assertTrue(ring.preparePoll(file, FaultFile.READABLE, 0, 1));
        ring.submit();
        assertEquals(0, ring.completions());
        pipe.send(1);
        assertEquals(FaultFile.READABLE, done.await(ring, 1).resultOf(1) & FaultFile.READABLE);
        assertFalse(done.last().hasMore());
    }

    @Test
    void shouldStayArmedOnAMultishotPoll() {
        assertTrue(ring.preparePollMultishot(file, FaultFile.READABLE, 1));
        ring.submit();
        for (int i = 1; i <= 3; i++) {
            pipe.send(i);
            done.await(ring, i);
            assertTrue(done.last().hasMore());
        }
    }

    @Test
    void shouldLinkAPollAndARead() {
        assertTrue(ring.preparePoll(file, FaultFile.READABLE, IoUring.LINK, 1));
        assertTrue(ring.prepareRead(file, buffer, 0, 8, 0, 2));
        ring.submit();
        assertEquals(0, ring.completions());
        pipe.send(1, 2, 3);
        done.await(ring, 2);
        assertEquals(3, done.resultOf(2));
    }

    @Test
    void shouldCancelWhatIsLinkedToAFailure() {
        pipe.closeOther();
        assertTrue(ring.prepareWrite(file, buffer, 0, 1, IoUring.LINK, 1));
        assertTrue(ring.prepareRead(file, buffer, 0, 8, 0, 2));
        ring.submit();
        done.await(ring, 2);
        assertTrue(done.resultOf(1) < 0);
        assertEquals(-Errno.ECANCELED, done.resultOf(2));
    }

    @Test
    void shouldReadAgainAndAgainIntoProvidedBuffers() {
        assumeTrue(ring.canReadMultishot(), "this kernel has no IORING_OP_READ_MULTISHOT");
        try (TestPipe open = new TestPipe(Syscalls.O_NONBLOCK)) {
            final int number = ring.registerFile(open);
            final int group = ring.provideBuffers(buffer, 512, 16, 4);
            assertTrue(ring.prepareReadMultishot(number, group, 0, 3));
            ring.submit();
            for (int i = 1; i <= 4; i++) {
                open.send(i, i);
                final Completed.One one = done.await(ring, i).last();
                assertEquals(2, one.result());
                assertTrue(one.hasMore());
                assertTrue((one.flags() & IoUring.HAS_BUFFER) != 0);
                assertEquals(i, memory.get(512 + 16 * one.buffer()));
            }
            open.send(5);
            final Completed.One end = done.await(ring, 5).last();
            assertEquals(-Errno.ENOBUFS, end.result());
            assertFalse(end.hasMore());
            ring.returnBuffer(group, done.all.get(2).buffer());
            assertTrue(ring.prepareReadMultishot(number, group, 0, 4));
            final Completed.One again = done.await(ring, 6).last();
            assertEquals(new Completed.One(4, 1, again.flags()), again);
            assertEquals(done.all.get(2).buffer(), again.buffer());
        }
    }

    @Test
    void shouldReuseBuffersWhenTheirCountWraps() {
        assumeTrue(ring.canReadMultishot(), "this kernel has no IORING_OP_READ_MULTISHOT");
        try (TestPipe open = new TestPipe(Syscalls.O_NONBLOCK)) {
            final int number = ring.registerFile(open);
            final int group = ring.provideBuffers(buffer, 512, 16, 2);
            assertTrue(ring.prepareReadMultishot(number, group, 0, 3));
            ring.submit();
            for (int i = 0; i < 70_000; i++) {
                open.send(i);
                done.all.clear();
                final Completed.One one = done.await(ring, 1).last();
                assertEquals(1, one.result());
                assertEquals((byte) i, memory.get(512 + 16 * one.buffer()));
                ring.returnBuffer(group, one.buffer());
                if (!one.hasMore()) {
                    assertTrue(ring.prepareReadMultishot(number, group, 0, 3));
                }
            }
        }
    }

    @Test
    void shouldCommitAndFetchWithOneCompletion() {
        memory.put(0, (byte) 42);
        assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, 1, 64, 16, 9));
        ring.submit();
        assertEquals(42, pipe.receive());
        pipe.send(1, 2, 3);
        done.await(ring, 1);
        assertEquals(3, done.resultOf(9));
        assertEquals(2, memory.get(65));
        assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, 0, 64, 16, 10));
        pipe.send(1);
        assertEquals(1, done.await(ring, 2).resultOf(10));
    }

    @Test
    void shouldSayThatAnswersWereNotTaken() {
        pipe.closeOther();
        for (int i = 0; i < 100; i++) {
            assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, 1, 64, 16, i));
            ring.submit();
            done.await(ring, i + 1);
            assertEquals(~(long) i, done.last().userData());
            assertTrue(done.last().result() < 0);
        }
        ring.submit();
        assertEquals(0, ring.completions());
    }

    @Test
    void shouldCancel() {
        assertTrue(ring.prepareRead(file, buffer, 0, 1, 0, 1));
        assertTrue(ring.prepareCommitAndFetch(file, buffer, 0, 1, 64, 1, 2));
        ring.submit();
        assertEquals(0, pipe.receive());
        assertTrue(ring.prepareCancel(1, 3));
        assertTrue(ring.prepareCancel(2, 4));
        assertTrue(ring.prepareCancel(99, 5));
        done.await(ring, 5);
        assertEquals(-Errno.ECANCELED, done.resultOf(1));
        assertEquals(-Errno.ECANCELED, done.resultOf(2));
        assertEquals(0, done.resultOf(3));
        assertEquals(0, done.resultOf(4));
        assertEquals(-Errno.ENOENT, done.resultOf(5));
    }

    @Test
    void shouldSayWhenTheSubmissionQueueIsFull() {
        for (int i = 0; i < 7; i++) {
            assertTrue(ring.preparePoll(file, FaultFile.WRITABLE, 0, i));
        }
        assertFalse(ring.prepareCommitAndFetch(file, buffer, 0, 1, 64, 1, 2));
        assertTrue(ring.preparePoll(file, FaultFile.WRITABLE, 0, 7));
        assertFalse(ring.preparePoll(file, FaultFile.WRITABLE, 0, 8));
        assertEquals(8, ring.unsubmitted());
        assertEquals(8, ring.submit());
        done.await(ring, 8);
        assertEquals(0, ring.unsubmitted());
    }

    @Test
    void shouldKeepAsideWhatFindsTheQueueFull() {
        int prepared = 0;
        while (prepared < 100) {
            if (ring.preparePoll(file, FaultFile.WRITABLE, 0, prepared)) {
                prepared++;
            } else if (ring.submit() < 0) {
                break;
            }
        }
        ring.submit();
        done.await(ring, prepared);
        for (int i = 0; i < prepared; i++) {
            assertEquals(i, done.all.get(i).userData());
        }
        if (settings.pollingIdleMillis() == 0) {
            assertEquals(prepared - 16, ring.overflowed());
        }
        assertEquals(0, ring.lost());
    }

    @Test
    void shouldGoRoundBothRings() {
        for (int i = 0; i < 70_000; i += 8) {
            for (int k = 0; k < 8; k++) {
                assertTrue(ring.preparePoll(file, FaultFile.WRITABLE, 0, i + k) || ring.submit() >= 0
                        && retryPoll(i + k));
            }
            done.all.clear();
            done.await(ring, 8);
            for (int k = 0; k < 8; k++) {
                assertEquals(i + k, done.all.get(k).userData());
            }
        }
    }

    /** A polling thread may not have taken the entries yet. */
    private boolean retryPoll(final long userData) {
        while (!ring.preparePoll(file, FaultFile.WRITABLE, 0, userData)) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void shouldEndAWaitByItsTime() {
        assertTrue(ring.prepareRead(file, buffer, 0, 1, 0, 1));
        assertTrue(ring.enter(1, 1_000_000) >= 0);
        assertEquals(0, ring.completions());
        assertEquals(0, ring.enter(1, 0));
        assertEquals(0, ring.enter(1, -5));
    }

    @Test
    void shouldGiveUpWhatIsPosted() {
        assertTrue(ring.prepareRead(file, buffer, 0, 1, 0, 1));
        assertTrue(ring.prepareRead(file, buffer, 1, 1, IoUring.ASYNC, 2));
        ring.submit();
        ring.close();
        pipe.send(5);
        assertEquals(1, pipe.read(pipe.register(memory), 200, 1));
        assertEquals(5, memory.get(200));
        assertEquals(0, memory.get(0));
        ring.close();
        assertThrows(IllegalStateException.class, () -> ring.completions());
        assertThrows(IllegalStateException.class, () -> ring.prepareRead(file, buffer, 0, 1, 0, 1));
        assertThrows(IllegalStateException.class, ring::submit);
    }

    @Test
    void shouldRefuseWhatItCannotUse() {
        final FaultFile none = new IommuFaultFile(-1, FileShape.IOMMUFD_FAULT);
        assertThrows(IllegalArgumentException.class, () -> ring.registerFile(none));
        assertThrows(IllegalArgumentException.class, () -> ring.registerBuffer(ByteBuffer.allocate(8)));
        assertThrows(IllegalArgumentException.class, () -> ring.provideBuffers(buffer, 0, 16, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> ring.provideBuffers(buffer, 1000, 16, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> ring.prepareRead(file, buffer, 1020, 8, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> ring.prepareRead(9, buffer, 0, 8, 0, 1));
        assertThrows(IllegalArgumentException.class,
                () -> ring.prepareRead(file, buffer, 0, 8, 0, ReservedRequests.wake()));
        assertEquals(0, ring.unsubmitted());
    }

    @Test
    void shouldNameTheThreadThatAloneSubmits() throws InterruptedException {
        assumeTrue(settings.taskWork() != TaskWork.AT_ONCE && settings.pollingIdleMillis() == 0, "any thread may");
        ring.submit();
        final List<String> said = new ArrayList<>();
        final Thread other = new Thread(() -> said.add(assertThrows(IllegalStateException.class, () -> {
            ring.preparePoll(file, FaultFile.READABLE, 0, 1);
            ring.submit();
        }).getMessage()), "another");
        other.start();
        other.join();
        assertEquals(List.of("thread another uses a ring on which thread " + Thread.currentThread().getName()
                + " alone submits (EEXIST)"), said);
    }
}
