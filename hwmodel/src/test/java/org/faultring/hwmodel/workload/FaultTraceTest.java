/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultTraceTest {
    @Test
    void shouldReadTheBundledTrace() throws IOException {
        final FaultTrace trace = PerfScriptReader.strict().readBundled();
        assertEquals("sqlite-page-faults", trace.name());
        assertEquals(17_874, trace.size());
        assertEquals(4, trace.processCount());
        assertEquals(4, trace.threadCount());
        assertEquals(14_697, trace.distinctPages());
        assertEquals(114, trace.instructionFetches());
        assertEquals(839_651_738, trace.durationNanos());
        assertEquals(0, trace.backwardTimes());
        assertEquals(0, trace.skippedLines());
        assertEquals(
                "sqlite-page-faults: 17874 page faults, 4 processes, 4 threads, 14697 distinct pages",
                trace.toString());
    }

    @Test
    void shouldReadTheFaultsOfTheBundledTrace() throws IOException {
        final FaultTrace trace = PerfScriptReader.strict().readBundled();
        assertEquals(0x7fe0d6f11000L, trace.pageAddress(0));
        assertEquals(FaultTrace.READ, trace.access(0));
        assertEquals(26943, trace.threadId(0));
        assertEquals(0x7fe0d6f2a000L, trace.pageAddress(1));
        assertEquals(FaultTrace.WRITE, trace.access(1));
        assertEquals(1807_080339725L - 1807_080334297L, trace.timeNanos(1));
        final int[] faultsOfProcess = new int[4];
        int writes = 0;
        for (int i = 0; i < trace.size(); i++) {
            assertTrue(trace.timeNanos(i) >= (i == 0 ? 0 : trace.timeNanos(i - 1)));
            assertEquals(0, trace.pageAddress(i) & 0xFFF);
            assertEquals(trace.threadId(i), 26943 + trace.processIndex(i) + (trace.processIndex(i) > 0 ? 1 : 0));
            faultsOfProcess[trace.processIndex(i)]++;
            writes += trace.access(i) == FaultTrace.WRITE ? 1 : 0;
        }
        assertEquals(60, faultsOfProcess[0]);
        assertEquals(62, faultsOfProcess[1]);
        assertEquals(75, faultsOfProcess[2]);
        assertEquals(17_677, faultsOfProcess[3]);
        assertEquals(17_603 + 58, writes);
    }

    @Test
    void shouldReadTheBundledTraceInEitherMode() throws IOException {
        assertEquals(
                Recording.describe(PerfScriptReader.strict().readBundled()),
                Recording.describe(PerfScriptReader.lenient().readBundled()));
    }

    @Test
    void shouldRaiseTimesThatRunBackwardsAndCountThem() throws IOException {
        final FaultTrace trace = new Recording()
                .at(1000).write("1", 0x7f00_0000_1000L)
                .at(1500).write("1", 0x7f00_0000_2000L)
                .at(1400).write("1", 0x7f00_0000_3000L)
                .at(1500).write("1", 0x7f00_0000_4000L)
                .at(10).write("1", 0x7f00_0000_5000L)
                .at(1600).write("1", 0x7f00_0000_6000L)
                .read();
        final long[] expected = {0, 500, 500, 500, 500, 600};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], trace.timeNanos(i));
            assertEquals(0x7f00_0000_1000L + i * 4096L, trace.pageAddress(i));
        }
        assertEquals(2, trace.backwardTimes());
        assertEquals(600, trace.durationNanos());
    }

    @Test
    void shouldCountTimesThatRunBackwardsBehindTheFirstFault() throws IOException {
        final FaultTrace trace = new Recording()
                .at(1000).write("1", 0x7f00_0000_1000L).at(10).write("1", 0x7f00_0000_2000L).read();
        assertEquals(0, trace.timeNanos(1));
        assertEquals(1, trace.backwardTimes());
        assertEquals(0, trace.durationNanos());
    }

    @Test
    void shouldKeepTimesNearTheEndOfTheirRange() throws IOException {
        final FaultTrace trace = new Recording()
                .raw(Recording.line("a", "1", 0, 0x1000, 4))
                .raw(Recording.line("a", "1", 9_223_372_034_999_999_999L, 0x1000, 4))
                .read();
        assertEquals(9_223_372_034_999_999_999L, trace.durationNanos());
    }

    @Test
    void shouldCountAPageOncePerProcess() throws IOException {
        final FaultTrace trace = new Recording()
                .write("1/1", 0x1000).write("1/1", 0x1fff).write("1/2", 0x1000).write("2/3", 0x1000)
                .write("1/1", 0x2000)
                .write("2/3", 0x1abc)
                .read();
        assertEquals(3, trace.distinctPages());
        assertEquals(2, trace.processCount());
        assertEquals(3, trace.threadCount());
    }

    @Test
    void shouldTellOnePageOfManyProcessesApart() throws IOException {
        final Recording recording = new Recording();
        for (int id = 0; id < 3000; id++) {
            recording.write(id % 1500 + "/" + id, 0x1000);
        }
        assertEquals(1500, recording.read().distinctPages());
    }

    @Test
    void shouldCountDistinctPagesAsASetDoes() throws IOException {
        final FaultTrace trace = PerfScriptReader.strict().readBundled();
        final Set<String> pages = new HashSet<>();
        for (int i = 0; i < trace.size(); i++) {
            pages.add(trace.processIndex(i) + ":" + trace.pageAddress(i));
        }
        assertEquals(pages.size(), trace.distinctPages());
    }

    @Test
    void shouldRejectAnIndexOutOfRange() throws IOException {
        final FaultTrace trace = new Recording().write("1", 0x1000).read();
        for (final int index : new int[] {-1, 1, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> trace.timeNanos(index));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.pageAddress(index));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.access(index));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.processIndex(index));
            assertThrows(IndexOutOfBoundsException.class, () -> trace.threadId(index));
        }
    }
}
