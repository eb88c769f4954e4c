/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What a recording tells about one thread, collected while it is read. Not thread safe. */
final class TracedThread {
    /**
     * Names kept of one thread. Pools that rename their threads for every task would otherwise grow the set without
     * end, and the names are only the last resort of {@link ProcessInference}.
     */
    private static final int MAX_NAMES = 16;

    private final int index;
    private final int processId;
    private final int threadId;
    private final int firstFault;
    // Both stay empty in a recording with process ids.
    private Set<String> names = Set.of();
    private Set<Long> regions = Set.of();
    private Set<Long> regionsBeforeExec = Set.of();
    private byte[] lastName;
    private long lastRegion = ProcessInference.NO_REGION;

    TracedThread(int index, int processId, int threadId, int firstFault) {
        this.index = index;
        this.processId = processId;
        this.threadId = threadId;
        this.firstFault = firstFault;
    }

    /**
     * Notes the name that the thread has now.
     *
     * @param bytes hold it at {@code [from, to)}.
     * @return false if it is the one it had at its last fault.
     */
    boolean named(byte[] bytes, int from, int to) {
        if (lastName != null && Arrays.equals(bytes, from, to, lastName, 0, lastName.length)) {
            return false;
        }
        lastName = Arrays.copyOfRange(bytes, from, to);
        if (names.isEmpty()) {
            names = new HashSet<>();
        }
        if (names.size() < MAX_NAMES) {
            // Latin-1 keeps bytes that are no valid text apart.
            names.add(new String(lastName, ISO_8859_1));
        }
        return true;
    }

    /**
     * Notes that the thread touched an address, and recognises the start of a program: the kernel gives the thread a
     * new name and empty page tables, so the first fault is the fetch of the first instruction, at a place where nobody
     * has been before. A thread that only got a new name may look like that for a moment, but sooner or later goes back
     * to where it was.
     *
     * @param isFirstFetch the thread has just been renamed and this is an instruction fetch.
     * @param known        regions touched by any thread up to now; this one is added.
     */
    void touched(long address, boolean isFirstFetch, Set<Long> known) {
        final long region = ProcessInference.region(address);
        if (region == lastRegion || region == ProcessInference.NO_REGION) {
            return;
        }
        lastRegion = region;
        final boolean isNew = known.add(region);
        if (regionsBeforeExec.contains(region)) {
            regionsBeforeExec = Set.of();
        } else if (isFirstFetch && isNew) {
            regionsBeforeExec = Set.copyOf(regions);
        }
        if (regions.isEmpty()) {
            regions = new HashSet<>();
        }
        regions.add(region);
    }

    /** Place in the order of first appearance. */
    int index() {
        return index;
    }

    /** Process id, or {@link PerfLineParser#NO_PROCESS_ID}. */
    int processId() {
        return processId;
    }

    int threadId() {
        return threadId;
    }

    /** Index of the thread's first fault in the trace. */
    int firstFault() {
        return firstFault;
    }

    /** Names the thread had, up to a fixed number of them. */
    Set<String> names() {
        return names;
    }

    /** Regions that {@link ProcessInference} recognises an address space by. */
    Set<Long> regions() {
        return regions;
    }

    /** True if the thread replaced its program after it had touched some region. */
    boolean hasExecuted() {
        return !regionsBeforeExec.isEmpty();
    }
}
