/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.device;

import org.faultring.ring.counter.Counter;
import org.faultring.ring.counter.Tally;

/** Counts the faults that fail and tells whom their {@link FaultFate} names. Hardware world; allocates nothing. */
final class FailedFaults {

    private final int requesterId;
    private final FaultFate fate;
    private final FaultPages pages;
    private final WorkErrorSink sink;
    private final Tally tally;

    FailedFaults(final DeviceSettings settings, final FaultPages pages, final WorkErrorSink sink, final Tally tally) {
        this.requesterId = settings.requesterId();
        this.fate = settings.faultFate();
        this.pages = pages;
        this.sink = sink;
        this.tally = tally;
    }

    void add(final int fault, final WorkError error) {
        tally.increment(Counter.FAULTS_FAILED);
        tell(fault, error);
    }

    /** A fault fails that was never raised, since its translation was in error. */
    void addUntranslated(final int fault, final WorkError error) {
        tally.increment(Counter.FAULTS_UNTRANSLATED);
        tell(fault, error);
    }

    private void tell(final int fault, final WorkError error) {
        switch (fate) {
            case ERROR_COMPLETION -> {
                // The error completion of the work is all there is.
            }
            case DRIVER_TOLD -> {
                tally.increment(Counter.ERRORS_TOLD);
                sink.faultFailed(requesterId, pages.pasid(fault), pages.address(fault), error);
            }
            case DRIVER_HINTED -> {
                tally.increment(Counter.ERRORS_HINTED);
                sink.somethingFailed(requesterId);
            }
            case PROCESS_SIGNALLED -> {
                tally.increment(Counter.ERRORS_SIGNALLED);
                sink.processSignalled(pages.pasid(fault), pages.address(fault));
            }
        }
    }
}
