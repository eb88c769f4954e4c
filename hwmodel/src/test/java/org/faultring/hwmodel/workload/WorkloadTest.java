/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
    private static final long PAGES = 0x7f00_0000_0000L;

    /** Lengths of the groups, in order. */
    private static List<Integer> lengths(Workload workload) {
        final List<Integer> lengths = new ArrayList<>();
        for (int g = 0; g < workload.groups(); g++) {
            lengths.add(workload.groupLength(g));
        }
        return lengths;
    }

    private static List<Integer> lengths(Recording recording, int maxFaults, long windowNanos) throws IOException {
        return lengths(Workload.of(recording.read(), new GroupingRule(maxFaults, windowNanos)));
    }

    @Test
    void shouldCutTheBundledTrace() throws IOException {
        final FaultTrace trace = PerfScriptReader.strict().readBundled();
        assertEquals(12_913, Workload.of(trace, GroupingRule.DEFAULT).groups());
        assertEquals(12_893, Workload.of(trace, new GroupingRule(8, 10_000)).groups());
        assertEquals(17_874, Workload.of(trace, GroupingRule.SINGLE).groups());
        assertEquals(
                "sqlite-page-faults: 17874 page requests in 12913 groups, the longest of 4",
                Workload.of(trace, GroupingRule.DEFAULT).toString());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 10000", "2, 5000", "64, 50000", "64, 9223372036854775807", "3, 0"})
    void shouldKeepEveryFaultInOrderAndEveryGroupWithinTheRule(int maxFaults, long windowNanos) throws IOException {
        final FaultTrace trace = PerfScriptReader.strict().readBundled();
        final Workload workload = Workload.of(trace, new GroupingRule(maxFaults, windowNanos));
        int fault = 0;
        int longest = 0;
        for (int g = 0; g < workload.groups(); g++) {
            assertEquals(fault, workload.groupStart(g));
            assertEquals(trace.timeNanos(fault), workload.groupTimeNanos(g));
            final int first = fault;
            for (int i = 0; i < workload.groupLength(g); i++, fault++) {
                assertEquals(trace.pageAddress(fault), workload.pageAddress(fault));
                assertEquals(trace.access(fault), workload.access(fault));
                assertEquals(1 + trace.processIndex(fault), workload.pasid(fault));
                assertEquals(workload.groupPasid(g), workload.pasid(fault));
                assertEquals(trace.threadId(first), trace.threadId(fault));
                assertTrue(trace.timeNanos(fault) - trace.timeNanos(first) <= windowNanos);
            }
            assertTrue(fault - first >= 1 && fault - first <= maxFaults);
            longest = Math.max(longest, fault - first);
            // Greedy: the next fault did not fit.
            assertTrue(fault == trace.size()
                    || fault - first == maxFaults
                    || trace.threadId(fault) != trace.threadId(first)
                    || trace.timeNanos(fault) - trace.timeNanos(first) > windowNanos);
        }
        assertEquals(trace.size(), fault);
        assertEquals(trace.size(), workload.faults());
        assertEquals(trace.size(), workload.groupStart(workload.groups()));
        assertEquals(longest, workload.longestGroup());
    }

    @Test
    void shouldIncludeAFaultExactlyAtTheEndOfTheWindow() throws IOException {
        final Recording recording = new Recording()
                .at(0).write("1", PAGES)
                .at(10_000).write("1", PAGES + 0x1000)
                .at(20_000).write("1", PAGES + 0x2000)
                .at(30_001).write("1", PAGES + 0x3000);
        assertEquals(List.of(2, 1, 1), lengths(recording, 4, 10_000));
        assertEquals(List.of(2, 2), lengths(recording, 4, 10_001));
        assertEquals(List.of(1, 1, 1, 1), lengths(recording, 4, 9_999));
    }

    @Test
    void shouldMeasureTheWindowFromTheFirstFaultOfTheGroup() throws IOException {
        final Recording recording = new Recording();
        for (int i = 0; i < 6; i++) {
            recording.at(i * 4_000L).write("1", PAGES + i * 4096L);
        }
        assertEquals(List.of(3, 3), lengths(recording, 64, 10_000));
    }

    @Test
    void shouldCutAtTheMaximum() throws IOException {
        final Recording recording = new Recording();
        recording.faults("a", "1", PAGES, Recording.WRITE_ABSENT, 9);
        assertEquals(List.of(4, 4, 1), lengths(recording, 4, 1_000_000));
        assertEquals(List.of(8, 1), lengths(recording, 8, 1_000_000));
        assertEquals(List.of(9), lengths(recording, 9, 1_000_000));
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), lengths(recording, 1, 1_000_000));
    }

    @Test
    void shouldCutAtAChangeOfThread() throws IOException {
        final Recording recording = new Recording()
                .write("1", PAGES).write("1", PAGES).write("2", PAGES).write("1", PAGES).write("1", PAGES);
        final Workload workload = Workload.of(recording.read(), new GroupingRule(64, 1_000_000));
        assertEquals(List.of(2, 1, 2), lengths(workload));
        assertEquals(1, workload.trace().processCount());
    }

    @Test
    void shouldCutAtAChangeOfProcessWithTheSameThreadId() throws IOException {
        final Recording recording = new Recording()
                .write("1/7", PAGES).write("1/7", PAGES).write("2/7", PAGES).write("2/7", PAGES);
        final Workload workload = Workload.of(recording.read(), new GroupingRule(64, 1_000_000));
        assertEquals(List.of(2, 2), lengths(workload));
        assertEquals(1, workload.groupPasid(0));
        assertEquals(2, workload.groupPasid(1));
        assertEquals(1, workload.pasid(1));
        assertEquals(2, workload.pasid(2));
    }

    @Test
    void shouldGroupFaultsAtOneTimeEvenWithoutAWindow() throws IOException {
        final Recording recording = new Recording()
                .at(5).write("1", PAGES).at(5).write("1", PAGES).at(6).write("1", PAGES);
        assertEquals(List.of(2, 1), lengths(recording, 4, 0));
        assertEquals(List.of(1, 1, 1), lengths(recording, 1, 0));
    }

    @Test
    void shouldMakeOneGroupOfOneFault() throws IOException {
        final FaultTrace trace = new Recording().write("1", PAGES + 0x123).read();
        final Workload workload = Workload.of(trace, GroupingRule.DEFAULT);
        assertEquals(1, workload.faults());
        assertEquals(1, workload.groups());
        assertEquals(1, workload.longestGroup());
        assertEquals(PAGES, workload.pageAddress(0));
        assertEquals(FaultTrace.WRITE, workload.access(0));
        assertEquals(0, workload.groupTimeNanos(0));
        assertSame(trace, workload.trace());
        assertSame(GroupingRule.DEFAULT, workload.rule());
    }

    @Test
    void shouldGiveNoOtherAccessBitsThanReadOrWrite() throws IOException {
        final Workload workload = Workload.of(
                new Recording()
                        .fault("a", "1", PAGES, 0x15).fault("a", "1", PAGES, 0x17).fault("a", "1", PAGES, 0x5)
                        .fault("a", "1", PAGES, 0x7).read(),
                GroupingRule.DEFAULT);
        assertEquals(FaultTrace.READ, workload.access(0));
        assertEquals(FaultTrace.WRITE, workload.access(1));
        assertEquals(FaultTrace.READ, workload.access(2));
        assertEquals(FaultTrace.WRITE, workload.access(3));
    }

    @Test
    void shouldRejectAnIndexOutOfRange() throws IOException {
        final Workload workload = Workload.of(
                new Recording().write("1", PAGES).write("1", PAGES).read(), new GroupingRule(2, 1_000_000));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.groupStart(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.groupStart(2));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.groupLength(1));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.groupTimeNanos(1));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.groupPasid(1));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.pageAddress(2));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.access(2));
        assertThrows(IndexOutOfBoundsException.class, () -> workload.pasid(2));
    }

    @Test
    void shouldAllocateNothingWhileItIsRead() throws IOException {
        final Workload workload = Workload.of(PerfScriptReader.strict().readBundled(), GroupingRule.DEFAULT);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long sum = checksum(workload);
        final long before = threads.getCurrentThreadAllocatedBytes();
        final long again = checksum(workload);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(sum, again);
        // One object per group would be 200 kB; the measurement itself may take a little.
        assertTrue(allocated < 4096, () -> "allocated " + allocated + " bytes");
    }

    private static long checksum(Workload workload) {
        long sum = 0;
        for (int g = 0; g < workload.groups(); g++) {
            sum = sum * 31 + workload.groupTimeNanos(g) + workload.groupPasid(g) + workload.groupLength(g);
            for (int f = workload.groupStart(g); f < workload.groupStart(g + 1); f++) {
                sum = sum * 31 + workload.pageAddress(f) + workload.access(f) + workload.pasid(f);
                sum += workload.trace().timeNanos(f) + workload.trace().threadId(f) + workload.trace().access(f);
            }
        }
        return sum;
    }

    @Test
    void shouldRejectMoreProcessesThanThereArePasids() {
        final FaultTrace most = traceOfProcesses(Workload.MAX_PASID);
        final Workload workload = Workload.of(most, GroupingRule.SINGLE);
        assertEquals(1, workload.pasid(0));
        assertEquals(0xFFFFF, workload.pasid(workload.faults() - 1));
        final FaultTrace tooMany = traceOfProcesses(Workload.MAX_PASID + 1);
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Workload.of(tooMany, GroupingRule.SINGLE));
        assertEquals("processCount=1048576 (expected: 1..1048575)", e.getMessage());
    }

    @Test
    void shouldRejectNull() throws IOException {
        final FaultTrace trace = new Recording().write("1", PAGES).read();
        assertThrows(NullPointerException.class, () -> Workload.of(trace, null));
        assertThrows(NullPointerException.class, () -> Workload.of(null, GroupingRule.DEFAULT));
    }

    private static FaultTrace traceOfProcesses(int processes) {
        final FaultTraceBuilder builder = new FaultTraceBuilder();
        for (int id = 0; id < processes; id++) {
            builder.add(builder.thread(id, id), id, PAGES, Recording.WRITE_ABSENT);
        }
        return builder.build("test", 0);
    }
}
