/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Cookies count from 1, until an answer names 0 while groups are open: that answer is refused, and from then on 0 is a
 * cookie like any other, the lowest.
 */
class CookieZeroTest extends RulesContract {

    private FaultQueue queue;
    private MockDevice device;

    @BeforeEach
    void attach() {
        queue = faultQueue();
        device = attached(queue);
    }

    /** Raises faults and reads each; their cookies. */
    private List<Integer> cookies(final int count) {
        final List<Integer> cookies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            raise(device, i);
            cookies.add(queue.readOne().cookie());
        }
        return cookies;
    }

    private void answerZeroInVain() {
        assertFails(Errno.EINVAL, queue.write(0, SUCCESS));
    }

    @Test
    void shouldNotGiveZeroWhereNoGroupWasOpen() {
        answerZeroInVain();
        assertEquals(List.of(1, 2, 3), cookies(3));
    }

    @Test
    void shouldGiveZeroAfterAnAnswerToZero() {
        assertEquals(List.of(1), cookies(1));
        answerZeroInVain();
        assertEquals(List.of(0, 2, 3), cookies(3));
        assertEquals(RESPONSE, queue.write(0, SUCCESS));
        assertEquals(List.of(0, 4), cookies(2));
    }

    @Test
    void shouldGiveZeroAlsoWhenAllOthersAreAnswered() {
        assertEquals(List.of(1, 2, 3), cookies(3));
        answerZeroInVain();
        assertEquals(3 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS, 3, SUCCESS));
        assertEquals(List.of(0, 1), cookies(2));
        assertEquals(2 * RESPONSE, queue.write(0, INVALID, 1, SUCCESS));
        answerZeroInVain();
        assertEquals(List.of(0, 1), cookies(2));
    }

    @Test
    void shouldGiveTheOthersWhileZeroIsOpen() {
        assertEquals(List.of(1), cookies(1));
        answerZeroInVain();
        assertEquals(List.of(0), cookies(1));
        assertEquals(RESPONSE, queue.write(1, SUCCESS));
        assertEquals(List.of(1, 2, 3), cookies(3));
    }

    @Test
    void shouldNotBeMovedByABadCode() {
        assertEquals(List.of(1), cookies(1));
        assertFails(Errno.EINVAL, queue.write(0, 2));
        assertEquals(List.of(2), cookies(1));
    }

    @Test
    void shouldNotBeMovedByAnotherStranger() {
        assertEquals(List.of(1), cookies(1));
        for (final int cookie : new int[] {2, 63, 64, 65, 4096, -1}) {
            assertFails(Errno.EINVAL, queue.write(cookie, SUCCESS));
        }
        assertEquals(List.of(2, 3), cookies(2));
    }

    @Test
    void shouldGiveZeroAmongManyOpenGroups() {
        cookies(70);
        answerZeroInVain();
        for (int cookie = 1; cookie <= 63; cookie++) {
            assertEquals(RESPONSE, queue.write(cookie, SUCCESS));
        }
        assertEquals(List.of(0, 1, 2), cookies(3));
    }

    @Test
    void shouldFreeZeroWhenItsAttachmentGoesAway() {
        assertEquals(List.of(1), cookies(1));
        answerZeroInVain();
        assertEquals(List.of(0), cookies(1));
        ok(iommufd.destroy(device.selfTestId()));
        answerZeroInVain();
        device = attached(queue);
        assertEquals(List.of(0, 1), cookies(2));
    }
}
