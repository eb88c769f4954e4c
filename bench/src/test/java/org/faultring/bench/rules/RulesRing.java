/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import java.util.Optional;

import org.faultring.ring.file.CompletionHandler;
import org.faultring.ring.file.IoRing;

/** A completion ring, of the model or of Linux, with whatever else moves its requests. */
interface RulesRing extends AutoCloseable {

    IoRing ring();

    /** Let something happen that can; false if there was nothing but completions to take. */
    boolean turn();

    /** Let everything happen that can, and hand over what completes. */
    void settle(CompletionHandler handler);

    /** What the kernel did since the last call, or nothing where that cannot be seen. */
    Optional<Moves> moves();

    @Override
    void close();

    /**
     * What becomes of requests before they complete.
     *
     * @param wakes of requests by their file
     * @param hops  of requests to a thread of the kernel
     */
    record Moves(long wakes, long hops) {}
}
