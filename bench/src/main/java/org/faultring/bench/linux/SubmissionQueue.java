/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The requests on their way to the kernel. Entries are filled at a tail that the kernel does not see before
 * {@link #publish()}, so it never sees half of a linked pair. One thread fills.
 */
final class SubmissionQueue {

    private static final VarHandle INT = JAVA_INT.varHandle();

    private final MemorySegment rings;
    private final MemorySegment sqes;
    private final long headOffset;
    private final long tailOffset;
    private final long flagsOffset;
    private final int entries;
    private final int mask;

    /** Entries filled so far; wraps. */
    private int tail;
    /** Entries the kernel was told of. */
    private int published;

    SubmissionQueue(final UringMemory memory) {
        rings = memory.rings();
        sqes = memory.sqes();
        entries = memory.submissionEntries();
        mask = entries - 1;
        headOffset = memory.submissionOffset(UringLayout.SQ_OFF_HEAD);
        tailOffset = memory.submissionOffset(UringLayout.SQ_OFF_TAIL);
        flagsOffset = memory.submissionOffset(UringLayout.SQ_OFF_FLAGS);
        // The kernel looks entries up through an array. They are used in order: each place names its own entry.
        final long array = memory.submissionOffset(UringLayout.SQ_OFF_ARRAY);
        for (int i = 0; i < entries; i++) {
            rings.set(JAVA_INT, array + (long) i * Integer.BYTES, i);
        }
    }

    /** Whether so many entries can be filled. */
    boolean hasRoom(final int wanted) {
        return tail - head() <= entries - wanted;
    }

    private int head() {
        // Acquire, paired with the kernel's release once it has read an entry (io_commit_sqring, or its polling
        // thread): the entry is not filled again before that.
        return (int) INT.getAcquire(rings, headOffset);
    }

    /**
     * Fill the next entry, for which there is room. The machine is little-endian, as all that have io_uring and a
     * java.lang.foreign linker but one are.
     *
     * @param operation with flags at bit 8 and the file at bit 32
     * @param lengthAndFlags length, and flags of the operation at bit 32
     */
    void add(final long operation, final long offset, final long address, final long lengthAndFlags,
            final long userData, final long buffer) {
        final long entry = (long) (tail & mask) * UringLayout.SQE_BYTES;
        sqes.set(JAVA_LONG, entry, operation);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_OFF, offset);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_ADDR, address);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_LEN, lengthAndFlags);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_USER_DATA, userData);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_BUF, buffer);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_BUF + Long.BYTES, 0);
        sqes.set(JAVA_LONG, entry + UringLayout.SQE_BUF + 2 * Long.BYTES, 0);
        tail++;
    }

    /** Let the kernel see what was filled; how many it was not told of before. */
    int publish() {
        final int fresh = tail - published;
        if (fresh > 0) {
            // Release, paired with the kernel's acquire of the tail (io_sqring_entries): it sees the entries.
            INT.setRelease(rings, tailOffset, tail);
            published = tail;
        }
        return fresh;
    }

    /** Entries filled that the kernel was not told of. */
    int unpublished() {
        return tail - published;
    }

    /** Entries filled that the kernel has not taken. */
    int untaken() {
        return tail - head();
    }

    /** What the kernel asks for: {@link UringLayout#SQ_NEED_WAKEUP} and so on. */
    int flags() {
        // Acquire, paired with the kernel's atomic changes of the flags: with the overflow bit seen, the tail of the
        // completions that was reached before it is seen too.
        return (int) INT.getAcquire(rings, flagsOffset);
    }
}
