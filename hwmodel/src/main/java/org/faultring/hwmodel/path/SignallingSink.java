/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.path;

import org.faultring.ring.file.WakeCount;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.ForwardingFaultSink;
import org.faultring.ring.kernel.RuledWakes;
import org.faultring.ring.kernel.WakeRule;

/** A fault object's sink that signals by a rule, whether anybody waits or not. */
final class SignallingSink extends ForwardingFaultSink {

    private final RuledWakes signals;

    SignallingSink(final FaultSink sink, final WakeRule rule) {
        super(sink);
        signals = new RuledWakes(rule, sink.ring());
    }

    WakeCount signals() {
        return signals.count();
    }

    @Override
    public void groupArrived(final int handle, final int attachment) {
        super.groupArrived(handle, attachment);
        signals.groupArrived();
    }

    @Override
    public void cycleEnded() {
        super.cycleEnded();
        signals.cycleEnded();
    }
}
