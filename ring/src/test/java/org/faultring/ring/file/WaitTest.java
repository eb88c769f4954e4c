/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

class WaitTest {

    /** A file of which only the ready bits matter. */
    private static final class ReadyFile implements FaultFile {

        private int ready;

        @Override
        public int register(final ByteBuffer buffer) {
            return 0;
        }

        @Override
        public int read(final int buffer, final int offset, final int length) {
            return 0;
        }

        @Override
        public int write(final int buffer, final int offset, final int length) {
            return 0;
        }

        @Override
        public int ready() {
            return ready;
        }

        @Override
        public FileShape shape() {
            return FileShape.IOMMUFD_FAULT;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** Counts what it is told to. */
    private static final class CountedEvents implements EventCounter {

        private long count;

        @Override
        public long take() {
            final long taken = count;
            count = 0;
            return taken;
        }

        @Override
        public boolean isReady() {
            return count != 0;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** A ring of which only the counts matter. */
    private static final class Ring {

        private int completions;
        private int unsubmitted;
        private int submits;

        IoRing proxy() {
            return (IoRing) Proxy.newProxyInstance(IoRing.class.getClassLoader(), new Class<?>[] {IoRing.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "completions" -> completions;
                        case "unsubmitted" -> unsubmitted;
                        case "submit" -> {
                            submits++;
                            final int taken = unsubmitted;
                            unsubmitted = 0;
                            yield taken;
                        }
                        default -> throw new AssertionError(method.getName());
                    });
        }
    }

    @Test
    void shouldAlwaysBeOverWhenItIsForNothing() {
        final Wait wait = Wait.spin();
        assertEquals(Wait.Kind.SPIN, wait.kind());
        assertNull(wait.file());
        assertTrue(wait.isOver());
        assertTrue(wait.armed(5).isOver());
    }

    @Test
    void shouldBeOverWhileTheFileIsReadable() {
        final ReadyFile file = new ReadyFile();
        final Wait wait = Wait.readable(file);
        assertEquals(Wait.Kind.READABLE, wait.kind());
        assertSame(file, wait.file());
        assertFalse(wait.isOver());
        file.ready = FaultFile.WRITABLE;
        assertFalse(wait.isOver());
        file.ready = FaultFile.READABLE | FaultFile.WRITABLE;
        assertTrue(wait.isOver());
        file.ready = FaultFile.READABLE;
        assertTrue(wait.isOver());
        file.ready = 0;
        assertFalse(wait.isOver());
    }

    @Test
    void shouldBeOverOnceTheCountHasMoved() {
        final WakeCount count = new WakeCount();
        final Wait wait = Wait.counter(count);
        assertEquals(Wait.Kind.COUNTER, wait.kind());
        assertNull(wait.file());
        assertSame(wait, wait.armed(count.get()));
        assertFalse(wait.isOver());
        count.raise();
        assertTrue(wait.isOver());
        count.raise();
        assertTrue(wait.isOver());
        wait.armed(count.get());
        assertFalse(wait.isOver());
    }

    @Test
    void shouldBeOverWhenTheCountMovedBeforeItWasArmed() {
        final WakeCount count = new WakeCount();
        final long seen = count.get();
        count.raise();
        assertTrue(Wait.counter(count).armed(seen).isOver());
    }

    @Test
    void shouldBeOverWhileEventsAreCounted() {
        final CountedEvents events = new CountedEvents();
        final Wait wait = Wait.events(events);
        assertEquals(Wait.Kind.EVENTS, wait.kind());
        assertSame(events, wait.events());
        assertNull(wait.file());
        assertNull(wait.ring());
        assertFalse(wait.isOver());
        events.count = 3;
        assertTrue(wait.isOver());
        assertEquals(3, events.take());
        assertFalse(wait.isOver());
    }

    @Test
    void shouldBeOverOnceThereAreAsManyCompletionsAsAskedFor() {
        final Ring ring = new Ring();
        final Wait wait = Wait.completions(ring.proxy());
        assertEquals(Wait.Kind.COMPLETIONS, wait.kind());
        assertEquals(1, wait.minimum());
        assertNull(wait.events());
        assertFalse(wait.isOver());
        ring.completions = 1;
        assertTrue(wait.isOver());
        assertSame(wait, wait.atLeast(3));
        assertEquals(3, wait.minimum());
        ring.completions = 2;
        assertFalse(wait.isOver());
        ring.completions = 3;
        assertTrue(wait.isOver());
    }

    @Test
    void shouldSubmitAsTheWaitBeginsWhatIsPrepared() {
        final Ring ring = new Ring();
        final Wait wait = Wait.completions(ring.proxy());
        wait.begin();
        assertEquals(0, ring.submits);
        ring.unsubmitted = 2;
        assertFalse(wait.isOver());
        assertEquals(0, ring.submits);
        wait.begin();
        assertEquals(1, ring.submits);
        wait.begin();
        assertEquals(1, ring.submits);
    }

    @Test
    void shouldBeginWithoutARing() {
        Wait.spin().begin();
        Wait.readable(new ReadyFile()).begin();
        Wait.counter(new WakeCount()).begin();
        Wait.events(new CountedEvents()).begin();
    }

    @Test
    void shouldCarryADeadlineAndLeaveItToTheHost() {
        final Wait wait = Wait.counter(new WakeCount());
        assertEquals(Long.MAX_VALUE, wait.deadlineNanos());
        assertSame(wait, wait.until(1));
        assertEquals(1, wait.deadlineNanos());
        assertFalse(wait.isOver());
        assertEquals(Long.MAX_VALUE, wait.until(Long.MAX_VALUE).deadlineNanos());
    }

    @Test
    void shouldUseTheBitsOfEpoll() {
        assertEquals(1, FaultFile.READABLE);
        assertEquals(4, FaultFile.WRITABLE);
    }
}
