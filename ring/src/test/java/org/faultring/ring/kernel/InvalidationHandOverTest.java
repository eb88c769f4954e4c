/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;

import org.faultring.ring.LittleEndian;
import org.faultring.ring.RingMemory;
import org.faultring.ring.TwoThreads;
import org.faultring.ring.file.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InvalidationHandOverTest {

    private static final int IN_PROGRESS = InvalidationPort.IN_PROGRESS;

    /** A driver that adds one to each entry, one per duty cycle, and fails at a negative one. */
    private static final class SlowDriver implements InvalidationPort {

        private UserArray array;
        private int handled;

        @Override
        public int begin(final UserArray newArray) {
            array = newArray;
            handled = 0;
            return array.count() == 0 ? 0 : IN_PROGRESS;
        }

        @Override
        public int poll() {
            final int value = array.getInt(handled, 0);
            if (value < 0) {
                return -Errno.EIO;
            }
            array.putInt(handled, 0, value + 1);
            handled++;
            return handled == array.count() ? 0 : IN_PROGRESS;
        }

        @Override
        public int handled() {
            return handled;
        }
    }

    private final ByteBuffer entries = RingMemory.allocate(64);
    private final HwptInvalidation call = new HwptInvalidation();
    private final InvalidationHandOver port = new InvalidationHandOver(new SlowDriver());

    private int begin(final int count) {
        return call.begin(port, 1, entries, 4, count);
    }

    @Test
    void shouldLetOnlyTheKernelWorldReachTheDriver() {
        assertEquals(0, port.doWork());
        assertEquals(IN_PROGRESS, begin(2));
        assertEquals(IN_PROGRESS, call.poll());
        assertEquals(1, port.doWork());
        assertEquals(0, LittleEndian.getInt(entries, 0));
        assertEquals(0, port.doWork());
        assertEquals(1, LittleEndian.getInt(entries, 0));
        assertEquals(IN_PROGRESS, call.poll());
        assertEquals(1, port.doWork());
        assertEquals(0, call.poll());
        assertEquals(2, call.handled());
        assertEquals(0, port.doWork());
    }

    @Test
    void shouldCarryErrorAndCount() {
        LittleEndian.putInt(entries, 4, -1);
        begin(3);
        for (int i = 0; i < 3; i++) {
            port.doWork();
        }
        assertEquals(-Errno.EIO, call.poll());
        assertEquals(1, call.handled());
    }

    @Test
    void shouldCarryACallThatIsOverAtOnce() {
        assertEquals(IN_PROGRESS, begin(0));
        assertEquals(1, port.doWork());
        assertEquals(0, call.poll());
        assertEquals(IN_PROGRESS, begin(1));
    }

    @Test
    void shouldRefuseASecondCallMeanwhile() {
        begin(1);
        assertThrows(IllegalStateException.class, () -> begin(1));
    }

    @Test
    @Timeout(60)
    void shouldHandEntriesOverAndBackBetweenWorlds() throws InterruptedException {
        final int calls = 20_000;
        TwoThreads.run(pause -> {
            // A call is begun, then over.
            for (int done = 0; done < 2 * calls;) {
                final int work = port.doWork();
                done += work;
                if (work == 0) {
                    pause.once();
                }
            }
        }, pause -> {
            for (int i = 0; i < calls; i++) {
                int result = begin(4);
                while (result == IN_PROGRESS) {
                    pause.once();
                    result = call.poll();
                }
                assertEquals(0, result);
                for (int entry = 0; entry < 4; entry++) {
                    assertEquals(i + 1, LittleEndian.getInt(entries, 4 * entry));
                }
            }
        });
    }
}
