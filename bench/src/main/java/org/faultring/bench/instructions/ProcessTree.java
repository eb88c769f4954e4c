/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.instructions;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process and all that it has started. Any thread. */
final class ProcessTree {

    private static final long PATIENCE_SECONDS = 5;

    private final Process root;
    private final Set<ProcessHandle> below = ConcurrentHashMap.newKeySet();

    ProcessTree(final Process root) {
        this.root = root;
    }

    /** Note what runs now: whose parent has gone cannot be found any more. */
    void look() {
        root.descendants().forEach(below::add);
    }

    /**
     * End it: first what is below, so that the process at the root can clear up behind it, then by force. Returns when
     * nothing of it runs.
     */
    void end() {
        look();
        below.forEach(ProcessHandle::destroy);
        try {
            if (!root.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                look();
                root.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            root.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        // Not for ever: nobody may be there to collect a process whose parent has gone.
        CompletableFuture.allOf(below.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
