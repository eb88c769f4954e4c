/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write takes answers one by one up to the first bad one. */
class PrefixWritesTest extends RulesContract {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 4, 7, 9, 12, 40 + 4})
    void shouldRefuseALengthThatIsNoMultipleOfTheAnswer(final int bytes) {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final int cookie = queue.readOne().cookie();
        queue.write(cookie, 2);
        assertFails(Errno.ESPIPE, queue.writeBytes(bytes));
        assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
    }

    @Test
    void shouldTakeNothing() {
        assertEquals(0, faultQueue().writeBytes(0));
    }

    @Test
    void shouldTakeSeveral() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2, 3);
        assertEquals(3 * RECORD, queue.read(3));
        assertEquals(3 * RESPONSE, queue.write(3, SUCCESS, 1, INVALID, 2, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(2, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(3, SUCCESS));
    }

    @Test
    void shouldTakeWhatComesBeforeABadCode() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2, 3, 4);
        assertEquals(4 * RECORD, queue.read(4));
        assertEquals(2 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS, 3, 2, 4, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(1, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(2, SUCCESS));
        assertEquals(2 * RESPONSE, queue.write(3, SUCCESS, 4, SUCCESS));
    }

    @Test
    void shouldTakeWhatComesBeforeABadCookie() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        assertEquals(2 * RECORD, queue.read(2));
        assertEquals(RESPONSE, queue.write(1, SUCCESS, 1, SUCCESS, 2, SUCCESS));
        assertEquals(RESPONSE, queue.write(2, SUCCESS));
    }

    @Test
    void shouldTakeNothingBehindABadFirst() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1, 2);
        assertEquals(2 * RECORD, queue.read(2));
        assertFails(Errno.EINVAL, queue.write(99, SUCCESS, 1, SUCCESS, 2, SUCCESS));
        assertEquals(2 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS));
    }

    @Test
    void shouldSendTheAnswersThatItTook() {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 11, 12, 13, 14);
        assertEquals(4 * RECORD, queue.read(4));
        assertEquals(2 * RESPONSE, queue.write(2, INVALID, 1, SUCCESS, 3, 2, 4, SUCCESS));
        assertEquals(List.of(new PageRequests.Answer(0, 12, INVALID), new PageRequests.Answer(0, 11, SUCCESS)),
                requests.answers());
    }
}
