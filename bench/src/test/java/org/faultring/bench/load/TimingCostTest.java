/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.faultring.bench.Samples;
import org.faultring.bench.report.TimingLine;
import org.faultring.bench.result.TimingCost;
import org.junit.jupiter.api.Test;

class TimingCostTest {

    @Test
    void shouldAllocateNothingPerSample() {
        final TimingCostMeter meter = new TimingCostMeter();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        meter.record(100_000);
        threads.getCurrentThreadAllocatedBytes();
        final long before = threads.getCurrentThreadAllocatedBytes();
        meter.record(100_000);
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 10_000, "not a byte for each");
    }

    @Test
    void shouldMeasureSomething() {
        final TimingCost cost = TimingCostMeter.measure();
        assertTrue(cost.sampleNanos() > 0 && cost.clockNanos() > 0, cost::toString);
        assertTrue(cost.bytesPerSample() < 1, cost::toString);
    }

    @Test
    void shouldSayWhatItMakesOfARun() {
        final TimingCost cost = new TimingCost(5, 0, 25);
        // A group is 6 samples of 5 ns and 6 reads of 25 ns, 180 ns; of a million a second one in 300 is timed.
        assertEquals(0.0006, cost.share(300, 1_000_000), 1e-12);
        final String line = TimingLine.of(cost, Samples.trial().samples(3_000).elapsedSeconds(1.5).build(), 250);
        // 3,000 samples of one in 250 in 1.5 s: 500,000 groups a second.
        assertEquals("timing: one group in 250, 5.0 ns and 0 bytes for each of its 6 samples, 25 ns for each of its 6 "
                + "reads of the clock: at most 0.04 % of the time", line.strip());
    }
}
