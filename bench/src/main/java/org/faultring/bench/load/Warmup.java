/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import java.time.Duration;

import org.faultring.bench.result.TrialResult;
import org.faultring.bench.result.WarmupResult;
import org.faultring.hwmodel.workload.Workload;

/**
 * Runs the same path in closed loop, in short blocks, until its rate has settled, and throws the results away: what is
 * measured afterwards is compiled code.
 */
public final class Warmup {

    private static final Duration BLOCK = Duration.ofMillis(150);

    private Warmup() {}

    /**
     * Warm up.
     *
     * @param workload to raise
     * @param settings of the trial that follows
     * @param limit    to spend at most
     * @return how it went
     * @throws InterruptedException if the thread is interrupted
     */
    public static WarmupResult run(final Workload workload, final TrialSettings settings, final Duration limit)
            throws InterruptedException {
        final TrialSettings block = new TrialSettings(settings.config().withLaps(0), settings.shape(),
                Pace.CLOSED, settings.threads(), BLOCK, settings.seed());
        final Convergence convergence = new Convergence();
        final long start = System.nanoTime();
        boolean converged = false;
        while (!converged && System.nanoTime() - start < limit.toNanos()) {
            final TrialResult result = new Trial(workload, block).run(null, (done, answered) -> {
            });
            converged = convergence.add(result.faultsPerSecond());
        }
        return new WarmupResult((System.nanoTime() - start) / 1e9, converged);
    }
}
