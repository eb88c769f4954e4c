/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import static org.faultring.ring.Checks.range;

/**
 * How a ring of io_uring is made. {@link #DEFAULT} with one {@code with…} for each wish.
 *
 * @param entries             requests the submission queue holds; the kernel rounds up to a power of two
 * @param completionEntries   completions that the completion queue holds, not less than {@code entries}; rounded up too
 * @param taskWork            who runs the kernel's part of a completion, and when
 * @param pollingIdleMillis   how long a thread of the kernel looks for submissions before it sleeps; 0 for no such
 *                            thread
 * @param registeredFiles     descriptors that can be registered ({@code IORING_REGISTER_FILES2}); 0 to name files by
 *                            descriptor
 * @param registeredBuffers   buffers that can be registered, whose pages are then pinned
 *                            ({@code IORING_REGISTER_BUFFERS2}); 0 to name memory by address
 */
public record IoUringSettings(int entries, int completionEntries, TaskWork taskWork, int pollingIdleMillis,
        int registeredFiles, int registeredBuffers) {

    /** Who runs the kernel's part of a completion, and when. */
    public enum TaskWork {
        /** The thread that submitted, interrupted for it. */
        AT_ONCE(0),
        /** As {@link #AT_ONCE}; one thread alone submits ({@code IORING_SETUP_SINGLE_ISSUER}). */
        SINGLE_ISSUER(UringLayout.SETUP_SINGLE_ISSUER),
        /** The one thread that submits, and only as it enters ({@code IORING_SETUP_DEFER_TASKRUN}). */
        DEFERRED(UringLayout.SETUP_SINGLE_ISSUER | UringLayout.SETUP_DEFER_TASKRUN | UringLayout.SETUP_TASKRUN_FLAG);

        private final int setupFlags;

        TaskWork(final int setupFlags) {
            this.setupFlags = setupFlags;
        }
    }

    /** Most entries of a submission queue ({@code IORING_MAX_ENTRIES}, io_uring/io_uring.h). */
    public static final int MAX_ENTRIES = 32768;
    /** Most entries of a completion queue ({@code IORING_MAX_CQ_ENTRIES}). */
    public static final int MAX_COMPLETION_ENTRIES = 2 * MAX_ENTRIES;
    /** Most registered files, of those the kernel takes. */
    public static final int MAX_REGISTERED_FILES = 32768;
    /** Most registered buffers ({@code IORING_MAX_REG_BUFFERS}, io_uring/rsrc.c). */
    public static final int MAX_REGISTERED_BUFFERS = 16384;

    /** 256 entries, twice as many completions, nothing registered, no polling, task work at once. */
    public static final IoUringSettings DEFAULT = new IoUringSettings(256, 512, TaskWork.AT_ONCE, 0, 0, 0);

    /** Checks the ranges, and what excludes each other. */
    public IoUringSettings {
        range("entries", entries, 1, MAX_ENTRIES);
        range("completionEntries", completionEntries, entries, MAX_COMPLETION_ENTRIES);
        range("pollingIdleMillis", pollingIdleMillis, 0, 60_000);
        range("registeredFiles", registeredFiles, 0, MAX_REGISTERED_FILES);
        range("registeredBuffers", registeredBuffers, 0, MAX_REGISTERED_BUFFERS);
        if (pollingIdleMillis > 0 && taskWork == TaskWork.DEFERRED) {
            throw new IllegalArgumentException("pollingIdleMillis=" + pollingIdleMillis
                    + " (expected: 0 with taskWork=DEFERRED, the polling thread is the one that submits)");
        }
    }

    /**
     * With queues of another size.
     *
     * @param newEntries           requests
     * @param newCompletionEntries completions
     * @return changed settings
     */
    public IoUringSettings withEntries(final int newEntries, final int newCompletionEntries) {
        return new IoUringSettings(newEntries, newCompletionEntries, taskWork, pollingIdleMillis, registeredFiles,
                registeredBuffers);
    }

    /**
     * With other task work.
     *
     * @param newTaskWork who and when
     * @return changed settings
     */
    public IoUringSettings withTaskWork(final TaskWork newTaskWork) {
        return new IoUringSettings(entries, completionEntries, newTaskWork, pollingIdleMillis, registeredFiles,
                registeredBuffers);
    }

    /**
     * With a thread of the kernel that looks for submissions.
     *
     * @param idleMillis until it sleeps, 0 for no such thread
     * @return changed settings
     */
    public IoUringSettings withPolling(final int idleMillis) {
        return new IoUringSettings(entries, completionEntries, taskWork, idleMillis, registeredFiles,
                registeredBuffers);
    }

    /**
     * With files that are registered with the kernel.
     *
     * @param files most of them, 0 for none
     * @return changed settings
     */
    public IoUringSettings withRegisteredFiles(final int files) {
        return new IoUringSettings(entries, completionEntries, taskWork, pollingIdleMillis, files, registeredBuffers);
    }

    /**
     * With buffers that are registered with the kernel.
     *
     * @param buffers most of them, 0 for none
     * @return changed settings
     */
    public IoUringSettings withRegisteredBuffers(final int buffers) {
        return new IoUringSettings(entries, completionEntries, taskWork, pollingIdleMillis, registeredFiles, buffers);
    }

    /** Flags for io_uring_setup(2). */
    int setupFlags() {
        // A ring of one issuer begins disabled: its thread is then the one that enables it, not the one that made it.
        return UringLayout.SETUP_CQSIZE | UringLayout.SETUP_SUBMIT_ALL | taskWork.setupFlags
                | (taskWork == TaskWork.AT_ONCE ? 0 : UringLayout.SETUP_R_DISABLED)
                | (pollingIdleMillis > 0 ? UringLayout.SETUP_SQPOLL : 0);
    }
}
