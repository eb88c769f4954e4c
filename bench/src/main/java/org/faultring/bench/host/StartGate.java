/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.host;

import java.util.concurrent.CountDownLatch;

/** Lets the threads of a host begin together, so that none works for a rate while another is still being started. */
final class StartGate {

    private final CountDownLatch missing;

    StartGate(final int threads) {
        missing = new CountDownLatch(threads);
    }

    /** Wait until all threads are here. */
    void awaitAll() throws InterruptedException {
        missing.countDown();
        missing.await();
    }

    /** Keep nobody waiting: the thread ends, perhaps before it was here. */
    void leave() {
        missing.countDown();
    }
}
