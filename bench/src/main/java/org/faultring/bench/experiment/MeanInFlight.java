/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.experiment;

/** Requests in flight at all devices, weighted by time. */
final class MeanInFlight implements ModelRun.StepWatch {

    private final ModelRun run;
    private final int devices;
    private int last;
    private double sum;
    private long nanos;

    MeanInFlight(final ModelRun run, final int devices) {
        this.run = run;
        this.devices = devices;
        last = now();
    }

    private int now() {
        int flying = 0;
        for (int device = 0; device < devices; device++) {
            flying += run.path().controls().outstanding(device);
        }
        return flying;
    }

    @Override
    public void stepped(final long passedNanos) {
        sum += (double) last * passedNanos;
        nanos += passedNanos;
        last = now();
    }

    double mean() {
        return sum / nanos;
    }
}
