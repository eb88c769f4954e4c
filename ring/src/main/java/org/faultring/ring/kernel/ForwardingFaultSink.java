/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.kernel;

import org.faultring.ring.FaultRing;

/**
 * A sink in front of another, for whoever changes or watches one thing about it. An arrival is
 * {@link #groupArrived(int, int)}; the one without arguments is called by nobody.
 */
public class ForwardingFaultSink implements FaultSink {

    private final FaultSink sink;

    /**
     * In front of a sink.
     *
     * @param sink that does the work
     */
    protected ForwardingFaultSink(final FaultSink sink) {
        this.sink = sink;
    }

    @Override
    public FaultRing ring() {
        return sink.ring();
    }

    @Override
    public GroupTable groups(final GroupTable shared) {
        return sink.groups(shared);
    }

    @Override
    public boolean admits(final int device, final int length) {
        return sink.admits(device, length);
    }

    @Override
    public Overload overload(final int device, final int length) {
        return sink.overload(device, length);
    }

    @Override
    public final void groupArrived() {
        sink.groupArrived();
    }

    @Override
    public void groupArrived(final int handle, final int attachment) {
        sink.groupArrived(handle, attachment);
    }

    @Override
    public boolean takesOver() {
        return sink.takesOver();
    }

    @Override
    public void cycleEnded() {
        sink.cycleEnded();
    }
}
