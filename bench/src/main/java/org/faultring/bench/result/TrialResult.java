/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.result;

import java.util.List;
import java.util.Map;

/**
 * What one trial gave. Rates and latencies are host time of a simulator, not of a kernel.
 *
 * @param iommu                  that the path led over
 * @param design                 how faults were delivered
 * @param threads                that ran the worlds
 * @param oversubscribed         whether there were fewer cores than threads
 * @param pace                   closed, trace, or faults per second
 * @param interrupted            whether the trial was cut short
 * @param atRest                 whether nothing was under way when the books were closed
 * @param faultsRaised           faults of the workload
 * @param faultsFailed           faults that ended in an error
 * @param requests               page requests sent
 * @param retries                page requests sent again
 * @param answered               requests the handler answered
 * @param autoAnswered           requests the hardware answered itself
 * @param droppedSilently        requests that vanished
 * @param discarded              requests of partial groups thrown away after an overflow
 * @param refused                requests the kernel answered without a handler
 * @param unanswered             requests without an answer
 * @param overflows              overflow episodes of the page request queue
 * @param conserved              whether all counts agree
 * @param violations             counts that disagree
 * @param elapsedSeconds         host seconds from the first raise to the last answer
 * @param faultsPerSecond        simulated faults per host second
 * @param allocatedBytesPerFault bytes the worlds' threads allocated, per fault
 * @param warmup                 what came before
 * @param latencyNanos           host ns from raise to answer accepted
 * @param stagesNanos            host ns of each stage
 * @param counters               all counters of the path
 * @param overdueGroups          in open loop: groups that were due, and were not raised when the run was ended because
 *                               it could not keep up; their latency counts as the time they had waited by then
 * @param occupancy              how much was waiting where, over the time of the run
 */
public record TrialResult(String iommu, String design, int threads,
        boolean oversubscribed, String pace,
        boolean interrupted, boolean atRest,
        long faultsRaised, long faultsFailed,
        long requests, long retries,
        long answered, long autoAnswered,
        long droppedSilently, long discarded,
        long refused, long unanswered,
        long overflows, boolean conserved,
        List<String> violations, double elapsedSeconds,
        double faultsPerSecond,
        double allocatedBytesPerFault,
        WarmupResult warmup, LatencySummary latencyNanos,
        Map<String, LatencySummary> stagesNanos,
        Map<String, Long> counters, long overdueGroups, OccupancySeries occupancy) {}
