/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import org.faultring.ring.file.Errno;

/**
 * The descriptor of a ring of io_uring and what is mapped for it: made together, gone together. Whoever touches the
 * memory afterwards gets an {@link IllegalStateException}.
 */
final class UringMemory implements AutoCloseable {

    private static final int NEEDED = UringLayout.FEAT_SINGLE_MMAP | UringLayout.FEAT_NODROP | UringLayout.FEAT_EXT_ARG
            | UringLayout.FEAT_CQE_SKIP;

    private final UringCalls calls;
    private final Syscalls mappings = new Syscalls();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment params = arena.allocate(UringLayout.PARAMS_BYTES, Long.BYTES);
    private final MemorySegment rings;
    private final MemorySegment sqes;
    private int descriptor = -1;

    /**
     * Makes a ring and maps its queues.
     *
     * @throws SyscallException if the kernel refuses; then nothing is left behind
     */
    UringMemory(final UringCalls calls, final IoUringSettings settings) {
        this.calls = calls;
        try {
            params.set(JAVA_INT, UringLayout.PARAMS_FLAGS, settings.setupFlags());
            params.set(JAVA_INT, UringLayout.PARAMS_CQ_ENTRIES, settings.completionEntries());
            params.set(JAVA_INT, UringLayout.PARAMS_SQ_THREAD_IDLE, settings.pollingIdleMillis());
            descriptor = SyscallException.check("io_uring_setup", calls.setup(settings.entries(), params.address()));
            final int features = params.get(JAVA_INT, UringLayout.PARAMS_FEATURES);
            if ((features & NEEDED) != NEEDED) {
                throw new SyscallException("io_uring_setup (features 0x" + Integer.toHexString(features)
                        + ", needed 0x" + Integer.toHexString(NEEDED) + ")", -Errno.EOPNOTSUPP);
            }
            final long submissions = submissionOffset(UringLayout.SQ_OFF_ARRAY)
                    + (long) submissionEntries() * Integer.BYTES;
            final long completions = completionOffset(UringLayout.CQ_OFF_CQES)
                    + (long) completionEntries() * UringLayout.CQE_BYTES;
            rings = mapped(Math.max(submissions, completions), UringLayout.OFF_SQ_RING);
            sqes = mapped((long) submissionEntries() * UringLayout.SQE_BYTES, UringLayout.OFF_SQES);
        } catch (final Throwable thrown) {
            close();
            throw thrown;
        }
    }

    private MemorySegment mapped(final long bytes, final long offset) {
        return owned("mmap of a ring", calls.map(descriptor, bytes, offset), bytes);
    }

    /** Further memory of whole pages, zeroed, which goes with the ring. */
    MemorySegment pages(final long bytes) {
        return owned("mmap", mappings.mmap(bytes), bytes);
    }

    @SuppressWarnings("restricted")
    private MemorySegment owned(final String call, final long address, final long bytes) {
        if (address < 0) {
            throw new SyscallException(call, (int) address);
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena,
                gone -> mappings.munmap(gone.address(), bytes));
    }

    /** Structure for a call, which goes with the ring. */
    MemorySegment structure(final long bytes) {
        return arena.allocate(bytes, Long.BYTES);
    }

    int descriptor() {
        return descriptor;
    }

    MemorySegment rings() {
        return rings;
    }

    MemorySegment sqes() {
        return sqes;
    }

    int submissionEntries() {
        return params.get(JAVA_INT, UringLayout.PARAMS_SQ_ENTRIES);
    }

    int completionEntries() {
        return params.get(JAVA_INT, UringLayout.PARAMS_CQ_ENTRIES);
    }

    /** Where a word of the submission queue lies in {@link #rings()}. */
    int submissionOffset(final int word) {
        return params.get(JAVA_INT, UringLayout.PARAMS_SQ_OFF + word);
    }

    /** Where a word of the completion queue lies in {@link #rings()}. */
    int completionOffset(final int word) {
        return params.get(JAVA_INT, UringLayout.PARAMS_CQ_OFF + word);
    }

    /** Whether the kernel has an operation ({@code IORING_REGISTER_PROBE}). */
    boolean hasOperation(final int operation) {
        final int operations = 256;
        final MemorySegment probe = structure(UringLayout.PROBE_BYTES + operations * UringLayout.PROBE_OP_BYTES);
        final int result = calls.register(descriptor, UringLayout.REGISTER_PROBE, probe.address(), operations);
        final long entry = UringLayout.PROBE_BYTES + (long) operation * UringLayout.PROBE_OP_BYTES;
        return result >= 0 && Byte.toUnsignedInt(probe.get(JAVA_BYTE, 0)) >= operation
                && (probe.get(JAVA_SHORT, entry + UringLayout.PROBE_OP_FLAGS) & UringLayout.OP_SUPPORTED) != 0;
    }

    /** Once; a second time there is nothing left. */
    @Override
    public void close() {
        if (descriptor >= 0) {
            mappings.close(descriptor);
            descriptor = -1;
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
