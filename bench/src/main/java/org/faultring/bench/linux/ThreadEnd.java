/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/** The end of a thread that has been told to end. */
final class ThreadEnd {

    private ThreadEnd() {}

    /** Wait for it, whatever interrupts the caller, who is interrupted again afterwards. */
    static void await(final Thread thread) {
        boolean wasInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
