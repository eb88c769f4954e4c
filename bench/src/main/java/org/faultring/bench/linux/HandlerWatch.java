/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import org.faultring.ring.file.FaultFile;

/**
 * Closes a file when the thread that handles its faults has ended, however it did: threads that wait for an answer
 * would wait for ever otherwise.
 */
public final class HandlerWatch {

    private HandlerWatch() {}

    /**
     * Watch.
     *
     * @param file    to close; closing one that is closed does nothing
     * @param handler thread that reads and answers, started already
     * @return the thread that watches, a daemon that ends once the file is closed by it
     */
    public static Thread over(final FaultFile file, final Thread handler) {
        return Thread.ofPlatform().daemon().name("watch-" + handler.getName()).start(() -> {
            boolean hasEnded = false;
            while (!hasEnded) {
                try {
                    handler.join();
                    hasEnded = true;
                } catch (final InterruptedException e) {
                    // Nobody tells this thread to stop: whoever waits on the file depends on it.
                    hasEnded = !handler.isAlive();
                }
            }
            file.close();
        });
    }
}
