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
    void shouldUseTheBitsOfEpoll() {
        assertEquals(1, FaultFile.READABLE);
        assertEquals(4, FaultFile.WRITABLE);
    }
}
