/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User space may answer Success and Invalid and nothing else. */
class AnswerCodesTest extends RulesContract {

    @ParameterizedTest(name = "code {0}")
    @ValueSource(ints = {0, 1})
    void shouldTakeTheCodesOfUserSpace(final int code) {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        assertEquals(RESPONSE, queue.write(queue.readOne().cookie(), code));
    }

    @ParameterizedTest(name = "code {0}")
    @ValueSource(ints = {2, 3, 0xF, 0x100, Integer.MIN_VALUE, -1})
    void shouldRefuseAnyOtherCodeAndKeepTheCookie(final int code) {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final int cookie = queue.readOne().cookie();
        assertFails(Errno.EINVAL, queue.write(cookie, code));
        assertFails(Errno.EINVAL, queue.write(cookie, code));
        assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
    }

    @ParameterizedTest(name = "code {0}")
    @ValueSource(ints = {0, 1})
    void shouldSendTheCode(final int code) {
        final PageRequests requests = subject.requests();
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 5);
        assertEquals(RESPONSE, queue.write(queue.readOne().cookie(), code));
        assertEquals(List.of(new PageRequests.Answer(0, 5, code)), requests.answers());
    }
}
