/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingFaultSink;

/** A fault object's sink that signals once for each group, whether anybody waits or not. */
final class SignallingSink extends ForwardingFaultSink {

    private final WakeCount signals = new WakeCount();

    SignallingSink(final FaultSink sink) {
        super(sink);
    }

    WakeCount signals() {
        return signals;
    }

    @Override
    public void groupArrived(final int handle, final int attachment) {
        super.groupArrived(handle, attachment);
        signals.raise();
    }
}
