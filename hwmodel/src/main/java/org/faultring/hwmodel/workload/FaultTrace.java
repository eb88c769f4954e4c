/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

/**
 * The page faults of a recorded program run, in the order of the recording.
 *
 * <p>Held in parallel arrays, 21 bytes per fault; the accessors read one array element or two and allocate nothing, so
 * they can stand in a measured loop. A fault is named by its index, 0..{@link #size()}-1; an accessor given any other
 * index throws {@link IndexOutOfBoundsException}.
 *
 * <p>The recorded times include the kernel's own service of every fault, and each thread has at most one fault
 * outstanding. They are the times at which a processor faulted, not those at which a device would.
 *
 * <p>Immutable; may be read by any number of threads. Made by {@link PerfScriptReader}.
 */
public final class FaultTrace {
    /** Access bit of a read. Also stands for an instruction fetch, see {@link #access}. */
    public static final int READ = 1;

    /** Access bit of a write. */
    public static final int WRITE = 2;

    /** Unit of {@link #pageAddress}, whatever size of page served the fault. */
    public static final int PAGE_BYTES = 4096;

    static final int PAGE_SHIFT = 12;

    private final String name;
    private final long[] times;
    private final long[] pages;
    private final int[] threadIndexes;
    private final byte[] flags;
    private final int[] threadIds;
    private final int[] processOfThread;
    private final int processCount;
    private final int distinctPages;
    private final int instructionFetches;
    private final int backwardTimes;
    private final long skippedLines;

    /** Takes over the builder's arrays, which are as long as the trace and hold at least one fault. */
    FaultTrace(String name, long skippedLines, FaultTraceBuilder builder) {
        this.name = name;
        this.skippedLines = skippedLines;
        times = builder.times();
        pages = builder.pages();
        threadIndexes = builder.threadIndexes();
        flags = builder.flags();
        instructionFetches = builder.instructionFetches();
        backwardTimes = builder.backwardTimes();
        threadIds = builder.threads().stream().mapToInt(TracedThread::threadId).toArray();
        final ProcessInference inference = new ProcessInference(builder);
        processOfThread = inference.processOfThread();
        processCount = inference.processCount();
        distinctPages = countDistinctPages();
    }

    private int countDistinctPages() {
        final PageTable table = new PageTable(pages, threadIndexes, processOfThread);
        for (int fault = 0; fault < pages.length; fault++) {
            table.firstFault(fault);
        }
        return table.size();
    }

    /**
     * What the trace is called in reports.
     *
     * @return file name without directories, or the name the reader was given.
     */
    public String name() {
        return name;
    }

    /**
     * Number of faults.
     *
     * @return at least 1.
     */
    public int size() {
        return times.length;
    }

    /**
     * When the fault was recorded, since the first fault.
     *
     * <p>Never decreases with the index. The order of a recording is kept even where its times run backwards, as they
     * may between processors with clocks not quite in step: such a time is raised to that of the fault before it.
     * {@link #backwardTimes()} counts them.
     *
     * @param fault index of the fault.
     * @return nanoseconds, 0 for the first fault.
     */
    public long timeNanos(int fault) {
        return times[fault];
    }

    /**
     * Start of the 4 KiB page that was touched.
     *
     * @param fault index of the fault.
     * @return virtual address, unsigned, with bits 11:0 clear. Bit 63 is set if a program touched a kernel address.
     */
    public long pageAddress(int fault) {
        return pages[fault];
    }

    /**
     * How the page was touched, as the access bits of a page request.
     *
     * <p>An instruction fetch becomes a read. Linux's driver for Intel VT-d (drivers/iommu/intel/prq.c) rejects a
     * request to execute and read, and takes one to execute without read or write, if it is the last of its group, for
     * a Stop Marker. A device that shares the address space would read the code anyway. {@link #instructionFetches()}
     * counts them.
     *
     * @param fault index of the fault.
     * @return {@link #WRITE} if the write bit of the error code was set, else {@link #READ}.
     */
    public int access(int fault) {
        return flags[fault] & (READ | WRITE);
    }

    /**
     * The address space the fault belongs to.
     *
     * <p>Exact if the recording has process ids, otherwise inferred; see the package description.
     *
     * @param fault index of the fault.
     * @return 0..{@link #processCount()}-1, in the order of first appearance.
     */
    public int processIndex(int fault) {
        return processOfThread[threadIndexes[fault]];
    }

    /**
     * The operating system's id of the thread that faulted.
     *
     * @param fault index of the fault.
     * @return 0..2^31-1. In recordings with process ids, different processes may have used the same one in turn.
     */
    public int threadId(int fault) {
        return threadIds[threadIndexes[fault]];
    }

    /**
     * Number of address spaces.
     *
     * @return 1..{@link #threadCount()}.
     */
    public int processCount() {
        return processCount;
    }

    /**
     * Number of threads that faulted at least once.
     *
     * @return 1..{@link #size()}.
     */
    public int threadCount() {
        return threadIds.length;
    }

    /**
     * Number of different pages, where the same address in two processes is two pages.
     *
     * @return 1..{@link #size()}.
     */
    public int distinctPages() {
        return distinctPages;
    }

    /**
     * Time from the first fault to the last.
     *
     * @return nanoseconds, 0 or more.
     */
    public long durationNanos() {
        return times[times.length - 1];
    }

    /**
     * Number of faults that were instruction fetches and are replayed as reads.
     *
     * @return 0..{@link #size()}.
     */
    public int instructionFetches() {
        return instructionFetches;
    }

    /**
     * Number of faults whose recorded time was raised, see {@link #timeNanos}. More than a few per thousand mean that
     * the text was put together from several recordings.
     *
     * @return 0..{@link #size()}-1.
     */
    public int backwardTimes() {
        return backwardTimes;
    }

    /**
     * Number of lines that were left out because they are neither faults nor comments.
     *
     * @return always 0 from a strict reader.
     */
    public long skippedLines() {
        return skippedLines;
    }

    /** The trace's own array, one thread index per fault, not to be written. */
    int[] threadIndexes() {
        return threadIndexes;
    }

    /** The trace's own array, not to be written. */
    long[] pages() {
        return pages;
    }

    /** The trace's own array, not to be written: access bits, and others above them. */
    byte[] flags() {
        return flags;
    }

    @Override
    public String toString() {
        return name + ": " + size() + " page faults, " + processCount + " processes, " + threadIds.length
                + " threads, " + distinctPages + " distinct pages";
    }
}
