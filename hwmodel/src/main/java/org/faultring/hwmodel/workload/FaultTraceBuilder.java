/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects faults into parallel arrays, 21 bytes each, and makes a {@link FaultTrace} of them. Not thread safe.
 */
final class FaultTraceBuilder {
    /** Bits of {@link #flags}; the two lowest are {@link FaultTrace#READ} and {@link FaultTrace#WRITE}. */
    static final int INSTRUCTION_FETCH = 4;
    /** The page was present and the access was not allowed: a write like that is a copy on write. */
    static final int PRESENT = 8;

    private static final int ERROR_PROTECTION = 1;
    private static final int ERROR_WRITE = 1 << 1;
    private static final int ERROR_INSTRUCTION = 1 << 4;
    private static final int INITIAL_CAPACITY = 1 << 12;

    private final Map<Long, TracedThread> threadOfIds = new HashMap<>();
    private final Set<Long> knownRegions = new HashSet<>();
    private final List<TracedThread> threads = new ArrayList<>();
    private long[] times = new long[INITIAL_CAPACITY];
    private long[] pages = new long[INITIAL_CAPACITY];
    private int[] threadIndexes = new int[INITIAL_CAPACITY];
    private byte[] flags = new byte[INITIAL_CAPACITY];
    private int size;
    private long originNanos;
    private int instructionFetches;
    private int backwardTimes;
    private TracedThread lastThread;

    /** The thread with these ids, new if they have not been seen yet; {@code processId} may be NO_PROCESS_ID. */
    TracedThread thread(int processId, int threadId) {
        final TracedThread last = lastThread;
        if (last != null && last.threadId() == threadId && last.processId() == processId) {
            return last;
        }
        final long ids = (long) processId << 32 | threadId;
        TracedThread thread = threadOfIds.get(ids);
        if (thread == null) {
            thread = new TracedThread(threads.size(), processId, threadId, size);
            threads.add(thread);
            threadOfIds.put(ids, thread);
        }
        lastThread = thread;
        return thread;
    }

    /** Tells the thread what it touched; needed only where processes have to be inferred. */
    void touched(TracedThread thread, long address, long errorCode, boolean renamed) {
        thread.touched(address, renamed && (errorCode & ERROR_INSTRUCTION) != 0, knownRegions);
    }

    /**
     * Appends a fault.
     *
     * @param timeNanos by any clock; before the previous one's it is raised to that.
     * @param address   as recorded, with the offset in the page.
     * @param errorCode of the x86 page fault exception.
     */
    void add(TracedThread thread, long timeNanos, long address, long errorCode) {
        if (size == times.length) {
            resize(size + (size >> 1));
        }
        if (size == 0) {
            originNanos = timeNanos;
        }
        long relativeNanos = timeNanos - originNanos;
        if (size > 0 && relativeNanos < times[size - 1]) {
            relativeNanos = times[size - 1];
            backwardTimes++;
        }
        int bits = (errorCode & ERROR_WRITE) != 0 ? FaultTrace.WRITE : FaultTrace.READ;
        if ((errorCode & ERROR_INSTRUCTION) != 0) {
            bits |= INSTRUCTION_FETCH;
            instructionFetches++;
        }
        if ((errorCode & ERROR_PROTECTION) != 0) {
            bits |= PRESENT;
        }
        times[size] = relativeNanos;
        pages[size] = address & -FaultTrace.PAGE_BYTES;
        threadIndexes[size] = thread.index();
        flags[size] = (byte) bits;
        size++;
    }

    /** Gives the trace the builder's own arrays; the builder is not to be used afterwards. */
    FaultTrace build(String name, long skippedLines) {
        if (size < times.length) {
            resize(size);
        }
        return new FaultTrace(name, skippedLines, this);
    }

    private void resize(int capacity) {
        times = Arrays.copyOf(times, capacity);
        pages = Arrays.copyOf(pages, capacity);
        threadIndexes = Arrays.copyOf(threadIndexes, capacity);
        flags = Arrays.copyOf(flags, capacity);
    }

    int size() {
        return size;
    }

    int instructionFetches() {
        return instructionFetches;
    }

    /** Faults whose recorded time lies before that of the fault before them. */
    int backwardTimes() {
        return backwardTimes;
    }

    /** In the order of first appearance. */
    List<TracedThread> threads() {
        return threads;
    }

    long[] times() {
        return times;
    }

    long[] pages() {
        return pages;
    }

    /** For every fault the index of its thread in {@link #threads()}. */
    int[] threadIndexes() {
        return threadIndexes;
    }

    byte[] flags() {
        return flags;
    }
}
