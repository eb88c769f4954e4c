/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** The completions on their way from the kernel. One thread takes. */
final class CompletionQueue {

    private static final VarHandle INT = JAVA_INT.varHandle();

    private final MemorySegment rings;
    private final long headOffset;
    private final long tailOffset;
    private final long overflowOffset;
    private final long cqes;
    private final int mask;

    /** Completions taken so far; wraps. */
    private int head;

    CompletionQueue(final UringMemory memory) {
        rings = memory.rings();
        mask = memory.completionEntries() - 1;
        headOffset = memory.completionOffset(UringLayout.CQ_OFF_HEAD);
        tailOffset = memory.completionOffset(UringLayout.CQ_OFF_TAIL);
        overflowOffset = memory.completionOffset(UringLayout.CQ_OFF_OVERFLOW);
        cqes = memory.completionOffset(UringLayout.CQ_OFF_CQES);
    }

    /** Completions the kernel has put in so far; wraps. */
    int tail() {
        // Acquire, paired with the kernel's release of the tail (io_commit_cqring): the completions are seen.
        return (int) INT.getAcquire(rings, tailOffset);
    }

    int available() {
        return tail() - head;
    }

    /** Where the oldest completion lies, for the calls below; there is one. */
    long oldest() {
        return cqes + (long) (head & mask) * UringLayout.CQE_BYTES;
    }

    long userData(final long completion) {
        return rings.get(JAVA_LONG, completion + UringLayout.CQE_USER_DATA);
    }

    int result(final long completion) {
        return rings.get(JAVA_INT, completion + UringLayout.CQE_RES);
    }

    int flags(final long completion) {
        return rings.get(JAVA_INT, completion + UringLayout.CQE_FLAGS);
    }

    /** The oldest has been read: the kernel may use its place. */
    void release() {
        head++;
        // Release, paired with the kernel's look at the head before it fills a place (io_cqe_cache_refill).
        INT.setRelease(rings, headOffset, head);
    }

    /** Completions that the kernel had no memory to keep aside: lost. */
    int lost() {
        return (int) INT.getAcquire(rings, overflowOffset);
    }
}
