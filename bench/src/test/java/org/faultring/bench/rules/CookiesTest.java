/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cookie is valid from the read that gave it to the answer, once. */
class CookiesTest extends RulesContract {

    @ParameterizedTest(name = "cookie {0}")
    @ValueSource(ints = {0, 1, 2, Integer.MAX_VALUE, -1})
    void shouldRefuseACookieThatWasNeverGiven(final int cookie) {
        final FaultQueue queue = faultQueue();
        assertFails(Errno.EINVAL, queue.write(cookie, SUCCESS));
        raise(attached(queue), 1);
        assertFails(Errno.EINVAL, queue.write(cookie, SUCCESS));
    }

    @Test
    void shouldRefuseTheSecondAnswer() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        final int cookie = queue.readOne().cookie();
        assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
        assertFails(Errno.EINVAL, queue.write(cookie, SUCCESS));
    }

    @Test
    void shouldRefuseACookieOfAnotherFile() {
        final FaultQueue one = faultQueue();
        final FaultQueue other = faultQueue();
        raise(attached(one), 1);
        final int cookie = one.readOne().cookie();
        assertFails(Errno.EINVAL, other.write(cookie, SUCCESS));
        assertEquals(RESPONSE, one.write(cookie, SUCCESS));
    }

    @Test
    void shouldCountInEachFileFromOne() {
        final FaultQueue one = faultQueue();
        final FaultQueue other = faultQueue();
        raise(attached(one), 1, 2);
        raise(attached(other), 3);
        assertEquals(2 * RECORD, one.read(2));
        assertEquals(1, one.record(0).cookie());
        assertEquals(2, one.record(1).cookie());
        assertEquals(1, other.readOne().cookie());
    }
}
