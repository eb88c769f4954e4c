/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import org.faultring.bench.linux.IoUringSettings;
import org.faultring.bench.linux.IoUringSettings.TaskWork;

/** How a completion ring is made. To the model the first differs from the others, Linux has three rings. */
enum RingMode {
    /** What a wake-up makes due is done before the call that woke returns. */
    AT_ONCE(TaskWork.AT_ONCE, 0),
    /** It is done when the submitter enters, so several wake-ups may become one. */
    DEFERRED(TaskWork.DEFERRED, 0),
    /** The same with files and buffers registered: READ_FIXED and WRITE_FIXED. */
    REGISTERED(TaskWork.DEFERRED, 2);

    private final TaskWork taskWork;
    private final int registered;

    RingMode(final TaskWork taskWork, final int registered) {
        this.taskWork = taskWork;
        this.registered = registered;
    }

    boolean isAtOnce() {
        return taskWork == TaskWork.AT_ONCE;
    }

    IoUringSettings settings(final int entries) {
        return IoUringSettings.DEFAULT.withEntries(entries, 4 * entries).withTaskWork(taskWork)
                .withRegisteredFiles(registered).withRegisteredBuffers(registered);
    }
}
