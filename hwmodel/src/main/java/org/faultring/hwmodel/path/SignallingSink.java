/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.FaultRing;
import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.GroupTable;
import org.faultring.ring.kernel.Overload;

/** A fault object's sink that signals once for each group, whether anybody waits or not. */
final class SignallingSink implements FaultSink {

    private final FaultSink sink;
    private final WakeCount signals = new WakeCount();

    SignallingSink(final FaultSink sink) {
        this.sink = sink;
    }

    WakeCount signals() {
        return signals;
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
    public void groupArrived() {
        sink.groupArrived();
        signals.raise();
    }

    @Override
    public void groupArrived(final int handle, final int attachment) {
        sink.groupArrived(handle, attachment);
        signals.raise();
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
