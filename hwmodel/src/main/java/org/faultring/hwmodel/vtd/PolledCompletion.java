/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

/** Completion by looking at the status in every duty cycle, as Linux does ({@code qi_submit_sync}). */
public final class PolledCompletion implements InvalidationCompletion {

    /** A completion without state. */
    public PolledCompletion() {}

    @Override
    public long waitFlags() {
        return WaitDescriptor.STATUS_WRITE;
    }

    @Override
    public void start() {
        // Linux leaves the event masked.
    }

    @Override
    public boolean isDue() {
        return true;
    }
}
