/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.faultring.ring.Allocations;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.FileShape;
import org.faultring.ring.file.IoRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random requests and faults: each request ends once, each fault is read once; and nothing is allocated. */
class ModelIoRingHistoryTest {

    static Stream<Arguments> histories() {
        return Stream.of(FileShape.IOMMUFD_FAULT, FileShape.IOMMUFD_FAULT.nonblocking(),
                FileShape.IOMMUFD_FAULT_NOWAIT, FileShape.IOMMUFD_FAULT_NOWAIT.nonblocking())
                .flatMap(shape -> IntStream.range(0, 25).mapToObj(seed -> Arguments.of(shape, seed)));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("histories")
    void shouldLoseNothingAndDoubleNothing(final FileShape shape, final int seed) {
        final Random random = new Random(seed);
        final RingUser user = new RingUser(shape, 8, 8 << random.nextInt(3));
        long posted = 0;
        int raised = 0;
        final long[] seen = new long[3];
        final CompletionHandler handler = (data, result, flags) -> {
            seen[0]++;
            seen[1] += data;
            if (result > 0 && (data & 1) == 0) {
                seen[2] += result / RingUser.RECORD;
            }
        };
        long sum = 0;
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    // Even: a read, odd: a poll.
                    final long data = 2L * posted + random.nextInt(2);
                    final int flags = random.nextInt(3) == 0 ? IoRing.ASYNC : 0;
                    if ((data & 1) == 0
                            ? user.ring.prepareRead(user.file, user.buffer, 0, RingUser.PART, flags
                                    | (random.nextInt(5) == 0 ? IoRing.LINK : 0), data)
                            : user.ring.preparePoll(user.file, WakingFile.READABLE, flags
                                    | (random.nextInt(3) == 0 ? IoRing.LINK : 0), data)) {
                        posted++;
                        sum += data;
                    }
                }
                case 2 -> user.ring.submit();
                case 3 -> {
                    user.raise(1);
                    raised++;
                }
                case 4 -> user.ring.forEachCompletion(handler, 1 + random.nextInt(4));
                default -> user.ring.workers().doWork();
            }
        }
        // Enough faults for whatever still waits.
        for (int i = 0; i < 200; i++) {
            user.raise(1);
            raised++;
            user.ring.submit();
            user.ring.workers().doWork();
            user.ring.forEachCompletion(handler, Integer.MAX_VALUE);
        }
        assertEquals(posted, seen[0], "requests that ended");
        assertEquals(sum, seen[1], "sum of their user data");
        assertEquals(raised, seen[2] + user.queue().size(), "faults");
    }

    @ParameterizedTest
    @MethodSource("org.faultring.ring.kernel.ModelIoRingFormsTest#all")
    void shouldNotAllocateForPostedReads(final FileShape shape) {
        final RingUser user = new RingUser(shape, 8);
        final PageFaultFlyweight record = new PageFaultFlyweight();
        final long[] cookies = new long[1];
        final CompletionHandler handler = (data, result, flags) -> {
            if (data == 1 && result > 0) {
                cookies[0] = record.wrap(user.memory, 0).cookie();
            }
        };
        final PageResponder responder = silentResponder(user);
        Allocations.assertNone(100, () -> {
            for (int i = 0; i < 25; i++) {
                user.ring.preparePoll(user.file, WakingFile.READABLE, IoRing.LINK, 0);
                user.ring.prepareRead(user.file, user.buffer, 0, RingUser.RECORD, 0, 1);
                user.ring.submit();
                user.raise(1);
                user.ring.completions();
                user.ring.workers().doWork();
                user.ring.forEachCompletion(handler, 8);
                user.answer(RingUser.ANSWERS, (int) cookies[0]);
                user.ring.prepareWrite(user.file, user.buffer, RingUser.ANSWERS, 8, 0, 2);
                user.ring.submit();
                user.ring.workers().doWork();
                user.ring.forEachCompletion(handler, 8);
                responder.doWork();
            }
        });
        assertTrue(cookies[0] > 0);
    }

    private static PageResponder silentResponder(final RingUser user) {
        return new PageResponder(user.object.responses(), user.kernel.groups, new SilentPort(), user.kernel.stages,
                () -> 0, user.kernel.tally());
    }

    @Test
    void shouldNotAllocateForMultishots() {
        final RingUser user = new RingUser(FileShape.IOMMUFD_FAULT_NOWAIT, 8);
        final int group = user.ring.provideBuffers(user.buffer, 0, RingUser.RECORD, 4);
        final PageResponder responder = silentResponder(user);
        final int number = user.object.register(user.memory);
        final PageFaultFlyweight record = new PageFaultFlyweight();
        final CompletionHandler handler = (data, result, flags) -> {
            final int taken = flags >>> IoRing.BUFFER_SHIFT;
            user.answer(RingUser.ANSWERS, record.wrap(user.memory, taken * RingUser.RECORD).cookie());
            user.object.write(number, RingUser.ANSWERS, 8);
            user.ring.returnBuffer(group, taken);
        };
        user.ring.prepareReadMultishot(user.file, group, 0, 1);
        user.ring.submit();
        Allocations.assertNone(100, () -> {
            for (int i = 0; i < 100; i++) {
                user.raise(1);
                assertEquals(1, user.ring.forEachCompletion(handler, 8));
                responder.doWork();
            }
        });
    }
}
