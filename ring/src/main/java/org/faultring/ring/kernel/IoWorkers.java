/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.agrona.concurrent.Agent;

/**
 * The threads of the kernel that do what a {@link ModelIoRing} cannot do in its submitter (io-wq, io_uring/io-wq.c).
 *
 * <p>An agent of the user world, on the thread that uses the ring: everything that user space may do to a fault object
 * belongs to one caller at a time, and a second thread would need a mutex that the hot path has no other use for. So
 * two requests handed over never meet halfway: of several reads of one file those that come late find nothing, as they
 * do in Linux, where the file's mutex puts them one behind the other.
 */
public final class IoWorkers implements Agent {

    private final IoRunner runner;

    IoWorkers(final IoRunner runner) {
        this.runner = runner;
    }

    /** Does all that was handed over before the call. */
    @Override
    public int doWork() {
        return runner.runPunted();
    }

    @Override
    public String roleName() {
        return "io-wq";
    }
}
