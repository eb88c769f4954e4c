/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

class InterruptionTest {

    private static Thread hookOf(final Interruption interruption) throws ReflectiveOperationException {
        final Field hook = Interruption.class.getDeclaredField("hook");
        hook.setAccessible(true);
        return (Thread) hook.get(interruption);
    }

    @Test
    void shouldWatchUntilItIsClosed() throws ReflectiveOperationException {
        final Interruption open = new Interruption();
        assertTrue(Runtime.getRuntime().removeShutdownHook(hookOf(open)));
        open.close();
        final Interruption closed = new Interruption();
        closed.close();
        assertFalse(Runtime.getRuntime().removeShutdownHook(hookOf(closed)));
    }

    @Test
    void shouldCloseTwiceAndEndNoWorkOfItsOwn() {
        final AtomicBoolean ended = new AtomicBoolean();
        final Interruption interruption = new Interruption();
        interruption.ends(() -> ended.set(true));
        interruption.close();
        assertDoesNotThrow(interruption::close);
        assertFalse(ended.get());
    }

    @Test
    void shouldEndTheWorkAndWaitForItsEnd() throws ReflectiveOperationException {
        final AtomicBoolean ended = new AtomicBoolean();
        final Interruption interruption = new Interruption();
        interruption.ends(() -> {
            ended.set(true);
            interruption.close();
        });
        hookOf(interruption).run();
        assertTrue(ended.get());
    }
}
