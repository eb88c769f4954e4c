/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.RingUser.Completion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form of request on each shape of file, in counts: wakes, useless tries, hops, spurious, completions. */
class ModelIoRingFormsTest {

    private static final FileShape BLOCKING = FileShape.IOMMUFD_FAULT;
    private static final FileShape NONBLOCKING = FileShape.IOMMUFD_FAULT.nonblocking();
    private static final FileShape NOWAIT = FileShape.IOMMUFD_FAULT_NOWAIT;
    private static final int RECORD = RingUser.RECORD;

    static Stream<FileShape> nowaits() {
        return Stream.of(NOWAIT, NOWAIT.nonblocking());
    }

    static Stream<FileShape> all() {
        return Stream.of(BLOCKING, NONBLOCKING, NOWAIT, NOWAIT.nonblocking());
    }

    private static RingUser multishot(final FileShape shape, final int flags, final int lengthBytes) {
        final RingUser user = new RingUser(shape, 8);
        final int group = user.ring.provideBuffers(user.buffer, 0, lengthBytes, 8);
        assertTrue(user.ring.prepareReadMultishot(user.file, group, flags, 7));
        assertEquals(1, user.ring.submit());
        return user;
    }

    @Test
    void shouldTryAPostedReadUntilItsBudgetIsUsedUp() {
        final RingUser user = new RingUser(BLOCKING, 8);
        user.post(1, 0);
        assertEquals(List.of(), user.results());
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L), user.counts());
        user.raise(1);
        assertEquals(List.of(RECORD), user.results());
        assertEquals(List.of(1L, 127L, 1L, 0L, 1L), user.counts());
    }

    @Test
    void shouldTryAReadOfAFullQueueAsOften() {
        final RingUser user = new RingUser(BLOCKING, 8);
        user.raise(2);
        user.post(1, 0);
        assertEquals(List.of(2 * RECORD), user.results());
        assertEquals(List.of(0L, 127L, 1L, 0L, 1L), user.counts());
    }

    @Test
    void shouldCompleteAllPostedReadsForOneFault() {
        final RingUser user = new RingUser(BLOCKING, 8);
        user.post(8, 0);
        user.raise(1);
        final List<Integer> results = user.results();
        assertEquals(1, results.stream().filter(result -> result == RECORD).count());
        assertEquals(7, results.stream().filter(result -> result == 0).count());
        assertEquals(List.of(8L, 8 * 127L, 8L, 7L, 8L), user.counts());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void shouldLeaveTheLosersPostedWithAsync(final int reads) {
        final RingUser user = new RingUser(BLOCKING, 8);
        user.post(reads, IoRing.ASYNC);
        assertEquals(List.of(), user.results());
        user.raise(1);
        assertEquals(List.of(RECORD), user.results());
        // Each hopped when it was posted and when it was woken, and its second try could not succeed.
        assertEquals(List.of((long) reads, (long) reads, 2L * reads, 0L, 1L), user.counts());
        user.raise(1);
        assertEquals(reads == 1 ? List.of() : List.of(RECORD), user.results());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, IoRing.ASYNC})
    void shouldCompleteAReadOfAnEmptyNonblockingFileAtOnce(final int flags) {
        final RingUser user = new RingUser(NONBLOCKING, 8);
        user.post(1, flags);
        assertEquals(List.of(0), user.results());
        assertEquals(List.of(0L, 0L, flags == 0 ? 0L : 1L, 1L, 1L), user.counts());
        user.raise(1);
        user.post(1, flags);
        assertEquals(List.of(RECORD), user.results());
        assertEquals(List.of(0L, 0L, flags == 0 ? 0L : 2L, 1L, 2L), user.counts());
    }

    @Test
    void shouldNeverDeliverByMultishotOnABlockingFile() {
        final RingUser user = multishot(BLOCKING, 0, 4080);
        for (int i = 0; i < 5; i++) {
            user.raise(1);
            assertEquals(List.of(), user.results());
        }
        assertEquals(List.of(5L, 5L, 0L, 0L, 0L), user.counts());
        assertEquals(5, user.queue().size());
    }

    @Test
    void shouldReadOnceByMultishotWithAsyncOnABlockingFile() {
        final RingUser user = multishot(BLOCKING, IoRing.ASYNC, 4080);
        assertEquals(List.of(), user.take());
        user.raise(1);
        assertEquals(List.of(new Completion(7, RECORD, IoRing.HAS_BUFFER)), user.take());
        user.raise(4);
        assertEquals(List.of(), user.take());
        assertEquals(List.of(1L, 1L, 2L, 0L, 1L), user.counts());
    }

    @Test
    void shouldKeepTheBufferThatAThreadOfTheKernelTook() {
        final RingUser user = multishot(BLOCKING, IoRing.ASYNC, 4080);
        assertEquals(List.of(), user.take());
        user.ring.prepareCancel(7, 8);
        user.ring.submit();
        assertEquals(List.of(new Completion(8, 0, 0), new Completion(7, -Errno.ECANCELED, IoRing.HAS_BUFFER)),
                user.take());
    }

    @Test
    void shouldGoOnInTheThreadOfTheKernelThatDidTheFirstOfAChain() {
        final RingUser user = new RingUser(BLOCKING, 8);
        user.raise(1);
        assertEquals(RECORD, user.object.read(user.object.register(user.memory), 0, RECORD));
        user.answer(RingUser.ANSWERS, 1);
        user.ring.prepareWrite(user.file, user.buffer, RingUser.ANSWERS, 8, IoRing.LINK, 1);
        user.ring.prepareRead(user.file, user.buffer, 0, RECORD, 0, 2);
        user.ring.submit();
        // A thread of the kernel may wait, so it does not try: the file is empty, and that ends the read.
        assertEquals(List.of(new Completion(1, 8, 0), new Completion(2, 0, 0)), user.take());
        assertEquals(List.of(0L, 127L, 1L, 1L, 2L), user.counts());
    }

    @Test
    void shouldEndAMultishotOnAnEmptyNonblockingFileAtOnce() {
        final RingUser user = multishot(NONBLOCKING, 0, 4080);
        assertEquals(List.of(new Completion(7, 0, 0)), user.take());
        assertEquals(List.of(0L, 0L, 0L, 1L, 1L), user.counts());
    }

    @Test
    void shouldKeepAMultishotThatFoundSomethingOnANonblockingFile() {
        final RingUser user = new RingUser(NONBLOCKING, 8);
        user.raise(1);
        final int group = user.ring.provideBuffers(user.buffer, 0, 4080, 8);
        user.ring.prepareReadMultishot(user.file, group, 0, 7);
        user.ring.submit();
        user.raise(1);
        assertEquals(List.of(new Completion(7, RECORD, IoRing.HAS_BUFFER | IoRing.MORE),
                new Completion(7, RECORD, IoRing.HAS_BUFFER | IoRing.MORE | 1 << IoRing.BUFFER_SHIFT)), user.take());
        assertEquals(List.of(1L, 0L, 0L, 0L, 2L), user.counts());
    }

    @Test
    void shouldDeliverByMultishotWithAsyncOnANonblockingFile() {
        final RingUser user = multishot(NONBLOCKING, IoRing.ASYNC, 4080);
        assertEquals(List.of(), user.take());
        for (int i = 0; i < 5; i++) {
            user.raise(1);
            assertEquals(List.of(new Completion(7, RECORD,
                    IoRing.HAS_BUFFER | IoRing.MORE | i << IoRing.BUFFER_SHIFT)), user.take());
        }
        // One hop in its life.
        assertEquals(List.of(5L, 0L, 1L, 0L, 5L), user.counts());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, IoRing.ASYNC})
    void shouldFillOneBufferAfterTheOther(final int flags) {
        final RingUser user = multishot(NOWAIT, flags, RECORD);
        user.take();
        user.raise(3);
        assertEquals(List.of(RECORD, RECORD, RECORD), user.results());
        assertEquals(List.of(1L, 0L, flags == 0 ? 0L : 1L, 0L, 3L), user.counts());
    }

    @Test
    void shouldWriteInTheWorkersOnABlockingFile() {
        final RingUser user = written(BLOCKING, 0);
        assertEquals(List.of(8), user.results());
        assertEquals(List.of(0L, 127L, 1L, 0L, 1L), user.counts());
    }

    @Test
    void shouldWriteAtOnceWhereItCanBeTried() {
        for (final FileShape shape : List.of(NONBLOCKING, NOWAIT, NOWAIT.nonblocking())) {
            final RingUser user = written(shape, 0);
            assertEquals(List.of(8), user.results());
            assertEquals(List.of(0L, 0L, 0L, 0L, 1L), user.counts());
        }
    }

    @Test
    void shouldTryAWriteTwiceWithAsync() {
        final RingUser user = written(BLOCKING, IoRing.ASYNC);
        assertEquals(List.of(8), user.results());
        assertEquals(List.of(0L, 0L, 1L, 0L, 1L), user.counts());
    }

    /** One fault read by a system call, answered by the ring. */
    private static RingUser written(final FileShape shape, final int flags) {
        final RingUser user = new RingUser(shape, 8);
        user.raise(1);
        final int number = user.object.register(user.memory);
        assertEquals(RECORD, user.object.read(number, 0, RECORD));
        user.answer(RingUser.ANSWERS, 1);
        user.ring.prepareWrite(user.file, user.buffer, RingUser.ANSWERS, 8, flags, 1);
        assertEquals(1, user.ring.submit());
        return user;
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPollOnce(final FileShape shape) {
        final RingUser user = new RingUser(shape, 8);
        user.ring.preparePoll(user.file, WakingFile.READABLE, 0, 3);
        user.ring.submit();
        assertEquals(List.of(), user.take());
        user.raise(1);
        assertEquals(List.of(new Completion(3, WakingFile.READABLE, 0)), user.take());
        user.raise(1);
        assertEquals(List.of(), user.take());
        assertEquals(List.of(1L, 0L, 0L, 0L, 1L), user.counts());
        user.ring.preparePoll(user.file, WakingFile.READABLE | WakingFile.WRITABLE, 0, 4);
        user.ring.submit();
        assertEquals(List.of(new Completion(4, 5, 0)), user.take());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPollOnAndFoldWakes(final FileShape shape) {
        final RingUser user = new RingUser(shape, 8);
        user.ring.preparePollMultishot(user.file, WakingFile.READABLE, 3);
        user.ring.submit();
        user.raise(1);
        assertEquals(List.of(new Completion(3, 1, IoRing.MORE)), user.take());
        // Edge-triggered: what is still there is not told again.
        assertEquals(List.of(), user.take());
        user.raise(3);
        assertEquals(List.of(new Completion(3, 1, IoRing.MORE)), user.take());
        assertEquals(List.of(2L, 0L, 0L, 0L, 2L), user.counts());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldReadAfterAPollWithoutHops(final FileShape shape) {
        if (shape.equals(BLOCKING)) {
            return;
        }
        final RingUser user = new RingUser(shape, 8);
        for (int i = 0; i < 5; i++) {
            user.ring.preparePoll(user.file, WakingFile.READABLE, IoRing.LINK, 1);
            user.ring.prepareRead(user.file, user.buffer, 0, RECORD, 0, 2);
            assertEquals(2, user.ring.submit());
            assertEquals(List.of(), user.take());
            user.raise(1);
            assertEquals(List.of(new Completion(1, 1, 0), new Completion(2, RECORD, 0)), user.take());
        }
        assertEquals(List.of(5L, 0L, 0L, 0L, 10L), user.counts());
    }

    @ParameterizedTest
    @MethodSource("nowaits")
    void shouldParkReadsWhereTheFileCanRefuse(final FileShape shape) {
        final RingUser user = new RingUser(shape, 8);
        user.post(8, 0);
        user.raise(1);
        assertEquals(List.of(RECORD), user.results());
        // All are woken, seven wait again.
        assertEquals(List.of(8L, 7L, 0L, 0L, 1L), user.counts());
        user.raise(1);
        assertEquals(List.of(RECORD), user.results());
        assertEquals(List.of(15L, 13L, 0L, 0L, 2L), user.counts());
    }

    @Test
    void shouldGiveUpAReadThatLostTooOften() {
        final RingUser user = new RingUser(NOWAIT, 8);
        user.post(1, 0);
        for (int i = 0; i < 126; i++) {
            loseTo(user);
            assertEquals(List.of(), user.results());
        }
        // Its 128th poll is one too many: a thread reads, and finds nothing.
        loseTo(user);
        assertEquals(List.of(0), user.results());
        assertEquals(List.of(127L, 127L, 1L, 1L, 1L), user.counts());
    }

    private static void loseTo(final RingUser user) {
        user.raise(1);
        assertEquals(RECORD, user.object.read(user.object.register(user.memory), 0, RECORD));
    }

    @Test
    void shouldTellErrorsOfTheFile() {
        final RingUser user = new RingUser(NONBLOCKING, 8);
        user.ring.prepareRead(user.file, user.buffer, 0, RECORD + 1, 0, 1);
        user.ring.prepareWrite(user.file, user.buffer, 0, 8, 0, 2);
        user.ring.prepareRead(9, user.buffer, 0, RECORD, 0, 3);
        user.ring.preparePoll(9, 1, 0, 4);
        user.ring.submit();
        assertEquals(List.of(-Errno.ESPIPE, -Errno.EINVAL, -Errno.EBADF, -Errno.EBADF), user.results());
    }
}
