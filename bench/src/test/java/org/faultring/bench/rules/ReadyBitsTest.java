/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.file.MockDevice;
import org.junit.jupiter.api.Test;

/** A fault file is readable while a group is unread, and writable always. */
class ReadyBitsTest extends RulesContract {

    private static final int NOTHING = FaultFile.WRITABLE;
    private static final int SOMETHING = FaultFile.WRITABLE | FaultFile.READABLE;

    @Test
    void shouldBeReadableWhileAGroupIsUnread() {
        final FaultQueue queue = faultQueue();
        assertEquals(NOTHING, queue.file.ready());
        final MockDevice device = attached(queue);
        assertEquals(NOTHING, queue.file.ready());
        raise(device, 1, 2);
        assertEquals(SOMETHING, queue.file.ready());
        assertEquals(SOMETHING, queue.file.ready());
        queue.readOne();
        assertEquals(SOMETHING, queue.file.ready());
        queue.readOne();
        assertEquals(NOTHING, queue.file.ready());
        assertEquals(2 * RESPONSE, queue.write(1, SUCCESS, 2, SUCCESS));
        assertEquals(NOTHING, queue.file.ready());
    }

    @Test
    void shouldStayReadableAfterARefusedRead() {
        final FaultQueue queue = faultQueue();
        raise(attached(queue), 1);
        assertFails(Errno.EINVAL, queue.readBytes(0));
        assertEquals(SOMETHING, queue.file.ready());
        assertFails(Errno.ESPIPE, queue.readBytes(1));
        assertEquals(SOMETHING, queue.file.ready());
    }

    @Test
    void shouldNotBeReadableWhenADetachTookTheGroups() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        raise(device, 1, 2);
        ok(mocks.replace(device, addressSpace));
        assertEquals(NOTHING, queue.file.ready());
    }

    @Test
    void shouldSayNothingOfTheDeviceGoneAway() {
        final FaultQueue queue = faultQueue();
        final MockDevice device = attached(queue);
        ok(iommufd.destroy(device.selfTestId()));
        assertEquals(NOTHING, queue.file.ready());
    }
}
