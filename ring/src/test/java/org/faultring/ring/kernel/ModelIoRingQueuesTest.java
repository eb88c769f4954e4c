/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Counters;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.IoRing;
import org.faultring.ring.kernel.RingUser.Completion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Full queues, chains, buffers, cancelling. */
class ModelIoRingQueuesTest {

    private static final FileShape NONBLOCKING = FileShape.IOMMUFD_FAULT.nonblocking();
    private static final FileShape NOWAIT = FileShape.IOMMUFD_FAULT_NOWAIT;
    private static final int RECORD = RingUser.RECORD;

    private static boolean read(final RingUser user, final int flags, final long data) {
        return user.ring.prepareRead(user.file, user.buffer, 0, RECORD, flags, data);
    }

    @Test
    void shouldRefuseToPrepareMoreThanThereAreEntries() {
        final RingUser user = new RingUser(NONBLOCKING, 2);
        assertTrue(read(user, 0, 1));
        assertFalse(user.ring.prepareCommitAndFetch(user.file, user.buffer, RingUser.ANSWERS, 8, 0, RECORD, 9));
        assertTrue(read(user, 0, 2));
        assertFalse(read(user, 0, 3));
        assertEquals(2, user.ring.unsubmitted());
        assertEquals(2, user.ring.submit());
        assertEquals(0, user.ring.unsubmitted());
        assertEquals(0, user.ring.submit());
        assertEquals(2, user.count(Counter.RING_ENTERS));
    }

    @Test
    void shouldKeepAsideWhatFindsNoRoomAndRefuseToSubmitMeanwhile() {
        final RingUser user = new RingUser(NONBLOCKING, 2, 2);
        for (int i = 0; i < 4; i += 2) {
            read(user, 0, i);
            read(user, 0, i + 1);
            assertEquals(2, user.ring.submit());
        }
        assertEquals(2, user.ring.overflowed());
        assertEquals(2, user.ring.completions());
        read(user, 0, 9);
        assertEquals(-Errno.EBUSY, user.ring.submit());
        assertEquals(1, user.ring.unsubmitted());
        assertEquals(1, user.ring.forEachCompletion((data, result, flags) -> assertEquals(0, data), 1));
        assertEquals(-Errno.EBUSY, user.ring.submit());
        assertEquals(List.of(new Completion(1, 0, 0), new Completion(2, 0, 0), new Completion(3, 0, 0)), user.take());
        assertEquals(1, user.ring.submit());
        assertEquals(List.of(new Completion(9, 0, 0)), user.take());
    }

    @Test
    void shouldTakeNoMoreRequestsThanCanBeUnderWay() {
        final RingUser user = new RingUser(NOWAIT, 2, 2);
        user.post(2, 0);
        read(user, 0, 7);
        assertEquals(-Errno.EAGAIN, user.ring.submit());
        user.raise(1);
        assertEquals(List.of(RECORD), user.results());
        assertEquals(1, user.ring.submit());
    }

    @Test
    void shouldCancelTheRestOfAFailedChain() {
        final RingUser user = new RingUser(NONBLOCKING, 4);
        user.ring.prepareWrite(user.file, user.buffer, RingUser.ANSWERS, 8, IoRing.LINK, 1);
        read(user, IoRing.LINK, 2);
        read(user, 0, 3);
        read(user, 0, 4);
        assertEquals(4, user.ring.submit());
        assertEquals(List.of(new Completion(1, -Errno.EINVAL, 0), new Completion(2, -Errno.ECANCELED, 0),
                new Completion(3, -Errno.ECANCELED, 0), new Completion(4, 0, 0)), user.take());
    }

    @Test
    void shouldTakeAShortReadForAFailureOfItsChain() {
        final RingUser user = new RingUser(NONBLOCKING, 4);
        user.raise(1);
        user.ring.prepareRead(user.file, user.buffer, 0, 2 * RECORD, IoRing.LINK, 1);
        read(user, 0, 2);
        user.ring.submit();
        assertEquals(List.of(new Completion(1, RECORD, 0), new Completion(2, -Errno.ECANCELED, 0)), user.take());
    }

    @Test
    void shouldCommitAndFetchWithOneCompletion() {
        final RingUser user = new RingUser(NOWAIT, 4);
        user.raise(1);
        user.ring.prepareCommitAndFetch(user.file, user.buffer, RingUser.ANSWERS, 0, 0, RECORD, 1);
        user.ring.submit();
        assertEquals(List.of(new Completion(1, RECORD, 0)), user.take());
        user.answer(RingUser.ANSWERS, 1);
        user.ring.prepareCommitAndFetch(user.file, user.buffer, RingUser.ANSWERS, 8, 0, RECORD, 2);
        assertEquals(2, user.ring.submit());
        assertEquals(List.of(), user.take());
        assertEquals(1, user.kernel.count(Counter.ANSWERED));
        user.raise(1);
        assertEquals(List.of(new Completion(2, RECORD, 0)), user.take());
    }

    @Test
    void shouldTellARefusedCommitOnce() {
        final RingUser user = new RingUser(NOWAIT, 4);
        user.answer(RingUser.ANSWERS, 5);
        user.ring.prepareCommitAndFetch(user.file, user.buffer, RingUser.ANSWERS, 8, 0, RECORD, 2);
        user.ring.submit();
        assertEquals(List.of(new Completion(2, -Errno.EINVAL, 0)), user.take());
        user.raise(1);
        assertEquals(List.of(), user.take());
    }

    @Test
    void shouldEndAMultishotWithoutBuffers() {
        final RingUser user = new RingUser(NOWAIT, 4);
        final int group = user.ring.provideBuffers(user.buffer, 0, RECORD, 2);
        user.ring.prepareReadMultishot(user.file, group, 0, 1);
        user.ring.submit();
        user.raise(3);
        assertEquals(List.of(new Completion(1, RECORD, IoRing.HAS_BUFFER | IoRing.MORE),
                new Completion(1, RECORD, IoRing.HAS_BUFFER | IoRing.MORE | 1 << IoRing.BUFFER_SHIFT),
                new Completion(1, -Errno.ENOBUFS, 0)), user.take());
        user.ring.returnBuffer(group, 1);
        assertEquals("number=1 (expected: a buffer that was taken)", assertThrows(IllegalArgumentException.class,
                () -> user.ring.returnBuffer(group, 1)).getMessage());
        user.ring.prepareReadMultishot(user.file, group, 0, 2);
        user.ring.submit();
        assertEquals(new Completion(2, RECORD, IoRing.HAS_BUFFER | IoRing.MORE | 1 << IoRing.BUFFER_SHIFT),
                user.take().get(0));
    }

    @Test
    void shouldEndAMultishotWithBuffersOfNoWholeRecords() {
        final RingUser user = new RingUser(NOWAIT, 4);
        final int group = user.ring.provideBuffers(user.buffer, 0, 4096, 4);
        user.ring.prepareReadMultishot(user.file, group, 0, 1);
        user.ring.submit();
        assertEquals(List.of(new Completion(1, -Errno.ESPIPE, 0)), user.take());
    }

    @Test
    void shouldEndAMultishotThatFindsTheCompletionQueueFull() {
        final RingUser user = new RingUser(NOWAIT, 2, 2);
        final int group = user.ring.provideBuffers(user.buffer, 0, RECORD, 8);
        user.ring.prepareReadMultishot(user.file, group, 0, 1);
        user.ring.submit();
        user.raise(4);
        assertEquals(2, user.ring.completions());
        final List<Completion> all = user.take();
        assertEquals(3, all.size());
        assertEquals(new Completion(1, RECORD, IoRing.HAS_BUFFER | 2 << IoRing.BUFFER_SHIFT), all.get(2));
        assertEquals(1, user.ring.overflowed());
        assertEquals(1, user.queue().size());
    }

    @Test
    void shouldCancelWhatIsPostedAndFindNothingElse() {
        final RingUser user = new RingUser(NOWAIT, 8);
        read(user, 0, 1);
        user.ring.preparePollMultishot(user.file, 1, 2);
        read(user, IoRing.ASYNC, 3);
        for (int target = 1; target <= 4; target++) {
            user.ring.prepareCancel(target, 10 + target);
        }
        assertEquals(7, user.ring.submit());
        assertEquals(List.of(new Completion(11, 0, 0), new Completion(1, -Errno.ECANCELED, 0),
                new Completion(12, 0, 0), new Completion(2, -Errno.ECANCELED, 0), new Completion(13, 0, 0),
                new Completion(3, -Errno.ECANCELED, 0), new Completion(14, -Errno.ENOENT, 0)), user.take());
        user.raise(1);
        assertEquals(List.of(), user.take());
    }

    @Test
    void shouldDoNothingOnceClosed() {
        final RingUser user = new RingUser(NOWAIT, 4);
        user.post(2, 0);
        user.ring.close();
        user.raise(1);
        assertEquals(List.of(), user.take());
        assertFalse(read(user, 0, 1));
        assertEquals(-Errno.EBADF, user.ring.submit());
        assertEquals(1, user.queue().size());
    }

    @ParameterizedTest
    @CsvSource({"0, 2, entries=0", "3, 4, entries=3", "65536, 65536, entries=65536", "4, 2, completionEntries=2",
        "4, 12, completionEntries=12"})
    void shouldRefuseSizesOutOfRange(final int entries, final int completions, final String message) {
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> new ModelIoRing(entries, completions, new Counters().tally())).getMessage()
                .startsWith(message + " (expected: a power of two"));
    }
}
