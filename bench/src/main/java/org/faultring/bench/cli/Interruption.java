/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that is interrupted (SIGINT, SIGTERM) come to an orderly end: while this is open, the process tells the
 * work to end and does not go away before this is closed, or patience ends.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private volatile Runnable endWork = () -> {
    };

    /** Watch for an interruption. */
    Interruption() {
        hook = new Thread(() -> {
            endWork.run();
            awaitEnd();
        }, "faultring-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * What to do about an interruption.
     *
     * @param newEndWork called at most once, by another thread
     */
    void ends(final Runnable newEndWork) {
        endWork = newEndWork;
    }

    private void awaitEnd() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("faultring: the work did not end in " + PATIENCE_SECONDS + " s, its result is lost");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException alreadyGoingDown) {
            // The hook has run, which is what it was for.
            return;
        }
    }
}
