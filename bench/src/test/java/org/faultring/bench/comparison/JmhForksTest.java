/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.faultring.bench.result.Environment;
import org.faultring.bench.rings.RingUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One real fork, as short as it can be: that it runs, not what it says. */
@Timeout(300)
class JmhForksTest {

    private static final Effort TINY = new Effort(1, 0, 1, 1);

    @Test
    void shouldRunAForkAndCountWhatItAllocates() throws ForkFailedException {
        final Cell cell = new Cell(RingUnderTest.JCTOOLS_SPSC, Measure.THROUGHPUT, 10, 1);
        final Comparison comparison = Comparison.run(List.of(cell), TINY,
                new JmhForks(Environment.collect().jvmFlags()), (done, c) -> {
                });
        final Samples samples = comparison.samples(cell).orElseThrow();
        assertEquals(1, samples.scores().length);
        assertTrue(samples.score() > 0);
        assertTrue(samples.allocatedBytesPerFault() >= 0);
        assertEquals("jctools-spsc", samples.merged().getParams().getParam("ring"));
        assertEquals("10", samples.merged().getParams().getParam("batch"));
    }

    @Test
    void shouldSayWhyAForkFailed() {
        final Cell broken = new Cell(RingUnderTest.PING_PONG, Measure.THROUGHPUT, 1, 1);
        final ForkFailedException failed = assertThrows(ForkFailedException.class,
                () -> new JmhForks(Environment.collect().jvmFlags()).run(broken, TINY));
        assertEquals("ping-pong throughput: java.lang.IllegalArgumentException: ring=ping-pong (expected: a ring)",
                failed.getMessage());
        assertTrue(failed.isConserved());
    }
}
