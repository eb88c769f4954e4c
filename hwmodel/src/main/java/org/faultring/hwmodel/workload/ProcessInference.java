/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which threads of a recording share an address space. With process ids in the recording this is exact;
 * without, it is inferred from how Linux lays memory out, thread by thread in the order of first appearance:
 *
 * <ol>
 * <li><b>Same region.</b> Address space randomization gives every executed program new places, within 1 TiB or more
 *     each for the program itself and for its mapping area. A thread that touches a 64 MiB region which an earlier
 *     process touches too is a thread of that process or a child of it; if several do, of the first. The topmost 16 GiB
 *     do not count: stacks are placed there, and those of unrelated programs soon meet. A thread without any
 *     randomized address goes to the first process that had one of its names.
 * <li><b>Fork.</b> A forked child has its parent's addresses, but what it writes is still read-only and faults again.
 *     The thread is a process of its own when at least {@value #COPIED_PAGES} of its first {@value #SAMPLED_PAGES}
 *     pages are first faulted by a write to a present page, and that page had been faulted before the thread's first
 *     fault. Only the beginning counts, since later the child may touch new pages or execute another program. A page
 *     faulted again without being present tells nothing: a thread that inherits the stack of a finished one finds it
 *     emptied.
 * <li><b>Exec.</b> A child of {@code vfork} or {@code posix_spawn} runs in its parent's address space for a moment,
 *     then executes a program ({@link TracedThread#hasExecuted}). No mere thread does, so it too is a process.
 * <li>Whatever is left over starts a process.
 * </ol>
 *
 * <p>It can be wrong about
 * <ul>
 * <li>a forked child that writes fewer than {@value #COPIED_PAGES} of the parent's pages in its beginning (taken for a
 *     thread), and the threads of a forked child (taken for threads of the parent, or for processes);
 * <li>a thread started after a fork that soon writes pages still shared with the child, or pages of which the process
 *     had only read zeroes (taken for a process);
 * <li>programs without randomization, and programs that by chance share a region, about one pair in several thousand
 *     (taken for one process);
 * <li>a recording that began after its threads did, in which two of them may never meet (taken for two processes), and
 *     thread ids used twice.
 * </ul>
 *
 * <p>A program that replaces itself by {@code exec} keeps its ids and stays one process, with or without process ids
 * in the recording. {@code perf script -F comm,pid,tid,cpu,time,event,trace --ns} leaves nothing to infer.
 */
final class ProcessInference {
    /** {@link #region} of an address that tells nothing. */
    static final long NO_REGION = -1;

    /** Pages at the beginning of a thread that tell whether it is a forked child. */
    static final int SAMPLED_PAGES = 16;

    /** Copies on write among them that make it one. Recorded children have 6 and more, threads 0 or 1. */
    static final int COPIED_PAGES = 4;

    /** Small enough that programs rarely meet, large against the distance of a thread's stack to its neighbours. */
    private static final int REGION_SHIFT = 26;

    /** Lower addresses are those of programs linked to a fixed address, and of heaps that ask for one. */
    private static final long RANDOMIZED_FROM = 1L << 46;

    /** The 16 GiB within which stacks are placed, at the end of the 47-bit user half. */
    private static final long STACKS_FROM = (1L << 47) - (1L << 34);

    private final FaultTraceBuilder trace;
    private final List<TracedThread> threads;
    private final int[] processOfThread;
    private int processCount;

    /** Decides at once; {@code trace} has all of its faults and is only read. */
    ProcessInference(FaultTraceBuilder trace) {
        this.trace = trace;
        threads = trace.threads();
        processOfThread = new int[threads.size()];
        if (threads.get(0).processId() != PerfLineParser.NO_PROCESS_ID) {
            takeProcessIds();
        } else {
            infer(countCopiedPages());
        }
    }

    /** Region of a randomized address, or {@link #NO_REGION}. */
    static long region(long address) {
        return address >= RANDOMIZED_FROM && address < STACKS_FROM ? address >>> REGION_SHIFT : NO_REGION;
    }

    /** For every thread its process; processes are numbered from 0 in the order of first appearance. */
    int[] processOfThread() {
        return processOfThread;
    }

    int processCount() {
        return processCount;
    }

    private void takeProcessIds() {
        final Map<Integer, Integer> processOfId = new HashMap<>();
        for (final TracedThread thread : threads) {
            final Integer known = processOfId.putIfAbsent(thread.processId(), processCount);
            processOfThread[thread.index()] = known != null ? known : processCount++;
        }
    }

    private void infer(int[] copiedPages) {
        final Map<Long, Integer> processOfRegion = new HashMap<>();
        final Map<String, Integer> processOfName = new HashMap<>();
        for (final TracedThread thread : threads) {
            final boolean isChild = copiedPages[thread.index()] >= COPIED_PAGES || thread.hasExecuted();
            int process = processCount;
            if (!isChild) {
                process = thread.regions().isEmpty()
                        ? first(processOfName, thread.names())
                        : first(processOfRegion, thread.regions());
            }
            if (process == processCount) {
                processCount++;
            }
            processOfThread[thread.index()] = process;
            for (final Long region : thread.regions()) {
                processOfRegion.putIfAbsent(region, process);
            }
            for (final String name : thread.names()) {
                processOfName.putIfAbsent(name, process);
            }
        }
    }

    /** The first process that one of the keys leads to; the next new one if none does. */
    private <K> int first(Map<K, Integer> processes, Iterable<K> keys) {
        int process = processCount;
        for (final K key : keys) {
            process = Math.min(process, processes.getOrDefault(key, process));
        }
        return process;
    }

    /** For every thread: copies on write of pages known before it, among its first pages. */
    private int[] countCopiedPages() {
        final long[] pages = trace.pages();
        final int[] threadIndexes = trace.threadIndexes();
        final byte[] flags = trace.flags();
        // One space for all: programs that are not related have different addresses.
        final PageTable seen = new PageTable(pages, threadIndexes, new int[threads.size()]);
        final long[] sample = new long[SAMPLED_PAGES * threads.size()];
        final int[] sampled = new int[threads.size()];
        final int[] copied = new int[threads.size()];
        for (int fault = 0; fault < pages.length; fault++) {
            final int firstFault = seen.firstFault(fault);
            final int thread = threadIndexes[fault];
            final int from = thread * SAMPLED_PAGES;
            final int to = from + sampled[thread];
            if (sampled[thread] == SAMPLED_PAGES || contains(sample, from, to, pages[fault])) {
                continue;
            }
            sample[to] = pages[fault];
            sampled[thread]++;
            if (firstFault < threads.get(thread).firstFault() && isCopyOnWrite(flags[fault])) {
                copied[thread]++;
            }
        }
        return copied;
    }

    private static boolean isCopyOnWrite(byte flags) {
        final int copyOnWrite = FaultTrace.WRITE | FaultTraceBuilder.PRESENT;
        return (flags & copyOnWrite) == copyOnWrite;
    }

    private static boolean contains(long[] values, int from, int to, long wanted) {
        for (int i = from; i < to; i++) {
            if (values[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
